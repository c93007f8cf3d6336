import { setTimeout as delay } from 'node:timers/promises';
import { attributes, inWords, renderSpaceTime, renderTrace } from '@synod/telemetry';
import { requireStack } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError, usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, onlyGroup, traces } from '../options.js';
import { table } from '../table.js';
import type { Cell } from '../table.js';
import { rivalsOf } from './rivals.js';
import { TraceSource, endOf, startOf } from './source.js';
import type { Trace } from './source.js';

/** Services send their spans twice a second: a younger trace may not be complete. */
const settledMs = 1200;
const searched = 1000;
/** Of an id in a list: enough to ask for it. */
const digitsShown = 12;

export const trace: Command = {
  words: ['trace'],
  summary: 'a consensus round as a tree of services and times, and as a table of who said what to whom',
  arguments: [
    {
      name: 'WHICH',
      meaning: 'last (the default), list, or a trace id; its first four digits or more will do',
      optional: true,
    },
  ],
  options: {
    slow: { meaning: 'the slowest of the rounds that are kept; with list: the slowest first' },
    limit: { value: 'N', meaning: 'with list: how many (default 20)' },
    ...traces,
    ...onlyGroup,
    ...everywhere,
  },
  details: [
    'First the tree: each line is a span: its service, name, start since the beginning of the trace, and duration, in milliseconds; ◆ is a' +
      ' moment, such as that in which the quorum was complete. With --json the trace comes as Jaeger has it: saved in a file,' +
      ' it can be uploaded to its pages.',
    'Then the table: a column for each service, downwards in time; ┌ and └ are begin and end, ✓ is an answer that counts.',
    'Elections, phase 1, view changes and state transfers say in the first line, and in the list, what caused them, and which traces tell more of that, or which round was the last before.',
    'Who stood for leader and was preempted says by whom, and the traces of those who stood at the same time are shown with it.',
  ],
  examples: [
    'trace last --group paxos',
    'trace list --limit 5',
    'trace --slow --group raft',
    'trace 4bf92f35',
    'trace last --traces http://127.0.0.1:16686',
  ],
  run: runTrace,
};

async function runTrace(call: Call): Promise<ExitCode> {
  const slow = call.values.flag('slow');
  const [which = slow ? 'slow' : 'last'] = call.arguments;
  const url = urlOf(call);
  const source = new TraceSource(url, call.values.text('group'));
  if (which === 'list') {
    const limit = call.values.wholeNumber('limit', 20, 1, 1000);
    return showList(call, slow ? (await slowest(source)).slice(0, limit) : await source.latest(limit));
  }
  if (slow && which !== 'slow') throw usageError('--slow names the trace itself: leave WHICH out, or say list');
  const found = await (which === 'last' ? lastOf(source) : slow ? slowestOf(source) : byId(source, which));
  if (found === undefined) {
    const what = which === 'last' ? 'there are no traces' : slow ? 'there are no rounds' : `there is no trace ${which}`;
    const whose = source.group === undefined ? '' : ` of group ${source.group}`;
    throw new CommandError('notMet', `${what}${whose} at ${url}; it may not have been sampled, or be too old`);
  }
  const whole = await settled(source, found);
  showTrace(call, [whole, ...(await rivalsOf(source, whole))]);
  return 'ok';
}

function urlOf(call: Call): string {
  const url = call.values.text('traces') ?? requireStack(call).traces;
  if (url === undefined) throw usageError('the local stack has no trace store; name one with --traces URL');
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw usageError(`--traces ${JSON.stringify(url)} is not a URL such as http://127.0.0.1:16686`);
}

async function lastOf(source: TraceSource): Promise<Trace | undefined> {
  return (await source.latest(1))[0];
}

async function slowestOf(source: TraceSource): Promise<Trace | undefined> {
  return (await slowest(source))[0];
}

/** What somebody waited for, or the group itself: an election's trace has no round of requests, and tells it otherwise. */
async function slowest(source: TraceSource): Promise<readonly Trace[]> {
  const rounds = (await source.latest(searched)).filter(({ spans }) =>
    spans.some((span) => Number(span.attributes[attributes.batchSize] ?? 0) > 0),
  );
  return rounds.sort((a, b) => durationOf(b) - durationOf(a));
}

/** Of its root: a laggard's part may end long after the answer. */
function durationOf({ spans }: Trace): number {
  return rootOf(spans).durationUs;
}

function rootOf(spans: Trace['spans']): Trace['spans'][number] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  return spans.find(({ parentId }) => parentId === undefined || !known.has(parentId)) ?? spans[0]!;
}

async function byId(source: TraceSource, text: string): Promise<Trace | undefined> {
  const id = text.toLowerCase();
  if (!/^[0-9a-f]{4,32}$/.test(id)) {
    throw usageError(`WHICH is last, list, or 4 to 32 hexadecimal digits of a trace id, not ${JSON.stringify(text)}`);
  }
  const look = async () =>
    id.length === 32 ? source.find(id) : (await source.latest(searched)).find((trace) => trace.id.startsWith(id));
  const found = await look();
  if (found !== undefined) return found;
  // It may be on its way.
  await delay(settledMs);
  return look();
}

async function settled(source: TraceSource, trace: Trace): Promise<Trace> {
  const ageMs = Date.now() - endOf(trace) / 1000;
  if (ageMs < 0 || ageMs > settledMs) return trace;
  await delay(settledMs - ageMs);
  return (await source.find(trace.id)) ?? trace;
}

function showTrace({ output }: Call, traces: readonly Trace[]): void {
  if (output.json) return output.document({ data: traces.map(({ jaeger }) => jaeger) });
  const spans = traces.flatMap((trace) => trace.spans);
  const { columns, hasColours: colour } = output;
  output.lines(renderTrace(spans, { colour, ...(columns !== undefined && { width: columns }) }));
  output.lines(['', ...renderSpaceTime(spans, columns)]);
}

function showList({ output }: Call, traces: readonly Trace[]): ExitCode {
  const summaries = traces.map(summaryOf);
  if (output.json) {
    for (const summary of summaries) output.document(summary);
    return 'ok';
  }
  if (summaries.length === 0) output.remark('there are no traces yet');
  const columns = [
    { title: 'STARTED' },
    { title: 'MS', right: true },
    { title: 'SPANS', right: true },
    { title: 'TRACE' },
    { title: 'ROOT' },
    { title: 'SERVICES' },
  ];
  const rows = summaries.map(({ startedAt, durationMs, spans, traceId, root, cause, services }): Cell[] => [
    startedAt.slice(11, 23),
    durationMs.toFixed(2),
    `${spans}`,
    traceId.slice(0, digitsShown),
    cause === undefined ? root : `${root} (${inWords(cause)})`,
    services.join(' '),
  ]);
  if (summaries.length > 0) output.lines(table(columns, rows, output));
  return 'ok';
}

function summaryOf(trace: Trace) {
  const { id, spans } = trace;
  const root = rootOf(spans);
  const cause = root.attributes[attributes.cause];
  return {
    traceId: id,
    startedAt: new Date(startOf(trace) / 1000).toISOString(),
    durationMs: Number((root.durationUs / 1000).toFixed(3)),
    spans: spans.length,
    root: root.name,
    cause: cause === undefined ? undefined : String(cause),
    services: [...new Set(spans.map(({ service }) => service))].sort(),
  };
}
