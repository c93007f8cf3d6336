import { tap as listen } from '@synod/nats-transport';
import type { ConnectionStatus } from '@synod/nats-transport';
import { connectTo } from '../admin.js';
import { findCluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere } from '../options.js';
import { Chatter } from './chatter.js';
import { Dialects } from './dialects.js';
import { decode, jsonOf, lineOf } from './line.js';
import type { Heard } from './line.js';

export const tap: Command = {
  words: ['tap'],
  summary: 'everything that is said on the bus, decoded, a line per message',
  arguments: [],
  options: {
    group: { value: 'NAME', meaning: 'only this group (default: all)' },
    kind: { value: 'KIND', meaning: 'only this kind, such as append-entries, promised, request', many: true },
    all: { meaning: 'also heartbeats and answers that say nothing new, probes, and status questions', short: 'a' },
    values: { meaning: 'also the values that clients store and read, and what entries hold' },
    count: { value: 'N', meaning: 'stop after so many messages; otherwise Ctrl-C stops' },
    ...connection,
    ...everywhere,
  },
  details: [
    'A line is: time (UTC), sender → receiver, kind, size, and what it says; 7/2 is index 7 of term 2. Values are shown only' +
      ' with --values, keys always. Asks nothing and disturbs nothing: it listens as user observer, who can say nothing. What' +
      ' the output cannot take in time is left out and counted.',
  ],
  examples: ['tap', 'tap --kind request-vote --kind request-vote-reply', 'tap --all --json', 'tap --values --count 20'],
  run: runTap,
};

interface Counts {
  shown: number;
  hidden: number;
  lost: number;
}

async function runTap(call: Call): Promise<ExitCode> {
  const { values, output, signal } = call;
  const cluster = findCluster(call);
  const most = values.wholeNumber('count', Infinity, 1, Number.MAX_SAFE_INTEGER);
  const counts: Counts = { shown: 0, hidden: 0, lost: 0 };
  const wanted = filterOf(call);
  const dialects = new Dialects(cluster.stack?.groups);
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
  const bus = await connectTo(call, cluster, 'observer', (status) => follow(call, status, end));
  const listening = listen(bus, cluster.name, (message) => {
    if (counts.shown >= most) return;
    const heard = decode(message, new Date(), dialects, values.flag('values'));
    if (!wanted(heard)) return void counts.hidden++;
    if (output.isCongested) return void counts.lost++;
    if (output.json) output.document(jsonOf(heard));
    else output.line(lineOf(heard, output));
    if (++counts.shown >= most) end();
  });
  if (!output.json)
    output.remark(`listening to cluster ${cluster.name}${values.flag('all') ? '' : '; more with --all'}`);
  signal.addEventListener('abort', () => end());
  if (signal.aborted) end();
  try {
    await ended;
  } finally {
    listening.stop();
    await bus.close();
  }
  if (!output.json) output.remark(`${counts.shown} messages, ${counts.hidden} not asked for${lostText(counts)}`);
  return 'ok';
}

function filterOf({ values }: Call): (heard: Heard) => boolean {
  const group = values.text('group');
  const kinds = values.list('kind');
  const chatter = values.flag('all') ? undefined : new Chatter();
  return (heard) => {
    if (group !== undefined && heard.subject?.group !== group) return false;
    if (kinds.length > 0 && !kinds.includes(heard.subject?.kind ?? '')) return false;
    return chatter === undefined || !chatter.includes(heard);
  };
}

/** A gap in what was heard must not look like silence. */
function follow({ output }: Call, status: ConnectionStatus, end: (error: Error) => void): void {
  switch (status.kind) {
    case 'disconnected':
      return output.remark('the connection to NATS is lost; what is said meanwhile is missing here');
    case 'slowConsumer':
      return output.remark('the broker dropped messages, because they were not read in time');
    case 'permissionViolation': {
      const message = `this user may not listen to ${status.subject}; observer may`;
      return end(new CommandError('failed', message, 'unauthorized'));
    }
    default:
      return undefined;
  }
}

function lostText({ lost }: Counts): string {
  return lost === 0 ? '' : `, ${lost} left out because they were not read in time`;
}
