import type { Address, Vocabulary } from '@synod/actor';
import { Impossible, Misspelt } from './complaints.js';
import type { Selection } from './held-network.js';
import type { Options } from './protocol.js';
import type { Stage } from './stage.js';

type Verb = <V extends Vocabulary>(stage: Stage<V>, words: readonly string[]) => void;

const settleMax = 10_000;
const lineWidth = 110;

/** The commands of scenarios, learnt once for all protocols. */
export const verbs: { readonly [verb: string]: Verb } = {
  /** `deliver r2 r3 [from r1] [only requestVote] [skip 2] [first 1]`: to each in turn, what waits for it when its turn comes. */
  deliver: (stage, words) => {
    const selection = selectionOf(stage, words);
    for (const to of selection.to) stage.deliver(stage.network.select({ ...selection, to: [to] }));
  },
  drop: (stage, words) => stage.drop(stage.network.select(selectionOf(stage, words))),
  duplicate: (stage, words) => {
    const copies = stage.network.select(selectionOf(stage, words)).map((mail) => ({ ...mail }));
    stage.network.waiting.push(...copies);
  },
  /** Delivers everything, oldest first, until nothing is on its way; timers do not fire. */
  settle: (stage) => {
    for (let i = 0; stage.network.waiting.length > 0; i++) {
      if (i === settleMax) throw new Impossible(`${settleMax} messages were delivered and still some are on their way`);
      stage.deliver(stage.network.waiting.slice(0, 1));
    }
  },
  /** `partition r1 / r2 r3` cuts both ways, `partition r1 > r2` what r1 sends to r2. What is on its way arrives. */
  partition: (stage, words) => {
    const { links } = stage.network;
    const oneWay = words.indexOf('>');
    if (oneWay >= 0) return links.oneWay(words.slice(0, oneWay), words.slice(oneWay + 1));
    links.separate(words.join(' ').split('/').map((side) => side.trim().split(' '))); // prettier-ignore
  },
  heal: (stage) => stage.network.links.heal(),
  /** `crash r1`, or `crash r1 after 2`: when two more effects of its next steps are done. */
  crash: (stage, words) => {
    const [addresses, after] = split(words, 'after');
    for (const address of addresses) {
      const { life } = stage.machine(address);
      if (life === undefined) throw new Impossible(`${address} is down already`);
      if (after.length === 0) stage.machine(address).crash();
      else life.crashAfter = Number(after[0]);
    }
  },
  restart: (stage, addresses) => eachOf(addresses, (address) => stage.machine(address).start(), stage),
  /** The disk is lost and replaced by an empty one; then `restart`. */
  wipe: (stage, addresses) => eachOf(addresses, (address) => stage.machine(address).wipe(), stage),
  /** Syncs do not end before `unstall`. */
  stall: (stage, addresses) =>
    eachOf(addresses, (address) => stage.machine(address).stall(Number.POSITIVE_INFINITY), stage),
  unstall: (stage, addresses) => eachOf(addresses, (address) => stage.machine(address).disk.heal(), stage),
  /** A stalled disk ends the sync that is under way, with all that was asked for before it began, and stalls again. */
  sync: (stage, addresses) => eachOf(addresses, (address) => stage.machine(address).disk.syncOnce(), stage),
  stop: (stage, addresses) => eachOf(addresses, (address) => stage.machine(address).life?.stop(), stage),
  /** `timeout r1 election`: the timer fires when it is due, and time has come to that. */
  timeout: (stage, [address = '', timer = '']) => {
    const life = stage.machine(address).life;
    const due = life?.dueTime(timer);
    if (life === undefined || due === undefined)
      throw new Impossible(
        `${address} has no timer ${timer} running, only: ${life?.runningTimers.join(', ') || 'none'}`,
      );
    stage.world.timeline.skipTo(due);
    life.fire(timer);
    stage.run();
  },
  /** `wait 200`: milliseconds pass and no timer fires. */
  wait: (stage, [ms]) => stage.world.timeline.skipTo(stage.world.timeline.now + Number(ms)),
  /** `request r1 "x=1" [from c2]` and `read r1 "x" [stale]`. */
  request: (stage, words) => {
    const [[to = '', text = ''], [client = 'c1']] = split(words, 'from');
    stage.ask(client, to, (sequence) => stage.protocol.request(client, sequence, text));
  },
  read: (stage, words) => {
    const [[to = '', text = '', ...options], [client = 'c1']] = split(words, 'from');
    stage.ask(client, to, (sequence) => stage.protocol.read(client, sequence, text, optionsOf(options)));
  },
  /** `given r1 term=3 log=1,1,3`: r1 starts anew with this on its disk. */
  given: (stage, [address = '', ...options]) => stage.given(address, optionsOf(options)),
  state: (stage) => sayEach(stage, (address) => stage.protocol.state(stage.machine(address)), true),
  log: (stage) => sayEach(stage, (address) => stage.protocol.log(stage.machine(address)), false),
  /** What is on its way. */
  waiting: (stage) => {
    for (const { from, to, message } of stage.network.waiting)
      stage.say(`${from} ⋯ ${to}  ${stage.protocol.printer.message(message)}`);
  },
  /** What happens in this block is not written down; what `state`, `log` and `waiting` say is. */
  quiet: (stage) => void (stage.quiet = true),
};

export function optionsOf(words: readonly string[]): Options {
  return new Map(
    words.map((word) => [word.split('=')[0]!, word.includes('=') ? word.slice(word.indexOf('=') + 1) : '']),
  );
}

function selectionOf<V extends Vocabulary>(stage: Stage<V>, words: readonly string[]): Selection {
  const [beforeFirst, first] = split(words, 'first');
  const [beforeSkip, skip] = split(beforeFirst, 'skip');
  const [beforeOnly, only] = split(beforeSkip, 'only');
  const [to, from] = split(beforeOnly, 'from');
  for (const address of [...to, ...from])
    if (!stage.members.includes(address)) throw new Misspelt(`there is no replica ${address}`);
  const selection = {
    to,
    from: from.length > 0 ? from : undefined,
    only: only.length > 0 ? only : undefined,
    skip: Number(skip[0] ?? 0),
    first: first.length > 0 ? Number(first[0]) : undefined,
  };
  if (to.length === 1 && stage.network.select(selection).length === 0)
    throw new Impossible(`nothing of that kind waits for ${to[0]}`);
  return selection;
}

function split(words: readonly string[], at: string): [string[], string[]] {
  const index = words.indexOf(at);
  return index < 0 ? [[...words], []] : [words.slice(0, index), words.slice(index + 1)];
}

function eachOf<V extends Vocabulary>(
  addresses: readonly Address[],
  act: (address: Address) => void,
  stage: Stage<V>,
): void {
  for (const address of addresses) act(address);
  stage.run();
}

function sayEach<V extends Vocabulary>(stage: Stage<V>, told: (address: Address) => string, together: boolean): void {
  const lines = stage.members.map(
    (address) => `${address} ${stage.machine(address).life === undefined ? 'down' : told(address)}`,
  );
  const line = lines.join('    ');
  for (const text of together && line.length <= lineWidth ? [line] : lines) stage.say(text);
}
