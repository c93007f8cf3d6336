import type { Address, Vocabulary } from '@synod/actor';
import type { AcceptorSet, Message, PaxosVocabulary } from '@synod/paxos-core';
import { paxosMessages } from '@synod/paxos-wire';
import type { Bus, Connection, Detail, FaultKind, Faults, World } from '@synod/simulator';
import type { Place } from '@synod/simulation';
import { isAcceptor } from './group.js';
import type { ProposerInspection } from './group.js';
import { addressesOf } from './swarm.js';
import type { PaxosSwarm, Shape } from './swarm.js';

type V = PaxosVocabulary;
type Kind = 'member' | 'decide';

const keys = ['k1', 'k2', 'k3'];

/** What nobody asks in the usual load: an admin wants other acceptors, clients want registers. Comes as strikes do. */
export function asking(world: World<V>, bus: Bus, { cluster, group }: Place, { shape }: PaxosSwarm): Faults {
  const proposers = [...world.machines.keys()].filter((address) => !isAcceptor(address));
  const connections = new Map<Address, Connection>();
  let asked = 0;
  const ask = (from: Address, to: Address, kind: Kind, message: Message): void => {
    const connection = connections.get(from) ?? bus.connect(processOf(world, from));
    connections.set(from, connection);
    connection.publish(`synod.${cluster}.${group}.${from}.${to}.${kind}`, paxosMessages.encode(message));
  };
  const change = (pick: number): string | undefined => {
    const known = newestKnown(world, proposers);
    const wanted = known && changeOf(known, shape, pick);
    if (wanted === undefined) return undefined;
    const message = { kind: 'reconfigure', client: 'admin', sequence: ++asked, ...wanted } as const;
    for (const to of proposers) ask('admin', to, 'member', message);
    return `${wanted.add.join(' ')} for ${wanted.remove.join(' ')}`;
  };
  const wish: Wish = (from, to, key, value) =>
    ask(from, to, 'decide', { kind: 'decide', client: from, sequence: ++asked, key, value });
  /** There is something in registers by the time at which they move, a few heartbeats from now. */
  const fill = (pick: number): void =>
    keys.forEach((key, i) => wish('c9', proposers[i % proposers.length]!, key, new TextEncoder().encode(`m${pick}`)));
  return {
    kinds: {
      memberChange: {
        counted: 'changes of the acceptors asked for',
        everyone: true,
        draw: (random) => ({ pick: random.next() }),
        strike: (_target, { pick }) => {
          const changed = change(Number(pick));
          if (changed !== undefined) fill(Number(pick));
          return changed;
        },
      },
      wishes: wishing(world, proposers, wish),
      rivals: rivalling(world, proposers, change, wish),
    },
    heal: () => undefined,
  };
}

/** So often a register that nobody wanted before is wanted by two while the acceptors change, which takes a few heartbeats. */
const rivalries = 12;
const rivalEveryMs = 40;
const askedAfterMs = [4, 10, 20, 3000];

/** The acceptors change, and all the while two clients want registers of two proposers: rounds begin before, in and after the move. */
function rivalling(
  world: World<V>,
  proposers: readonly Address[],
  change: (pick: number) => string | undefined,
  wish: Wish,
): FaultKind {
  return {
    counted: 'rivals for registers while the acceptors change',
    everyone: true,
    draw: (random): Detail => ({
      pick: random.next(),
      first: random.below(proposers.length),
      name: random.below(1_000_000),
    }),
    strike: (_target, { pick, first, name }) => {
      const changed = change(Number(pick));
      if (changed === undefined) return undefined;
      const to = (after: number): Address => proposers[(Number(first) + after) % proposers.length]!;
      for (let i = 0; i < rivalries; i++) {
        world.timeline.after(i * rivalEveryMs, () => {
          wish('c8', to(i), `r${String(name)}/${i}`, new TextEncoder().encode('one'));
          wish('c9', to(i + 1), `r${String(name)}/${i}`, new TextEncoder().encode('other'));
        });
        // While both are under way, and when all is over, somebody only asks.
        for (const afterMs of askedAfterMs)
          world.timeline.after(i * rivalEveryMs + afterMs, () => {
            proposers.forEach((proposer) => wish('c7', proposer, `r${String(name)}/${i}`, undefined));
          });
      }
      return `${changed}; r${String(name)}`;
    },
  };
}

type Wish = (from: Address, to: Address, key: string, value: Uint8Array | undefined) => void;

/** LIMIT: milliseconds from a wish on in which lives of proposers that begin are asked. */
const earlyMs = 4000;

/** Whoever of them is started in the next seconds is asked for a register before it has been told anything, and a little later. */
function askEarly(world: World<V>, proposers: readonly Address[], ask: (to: Address) => void): void {
  const lives = new Map(proposers.map((address) => [address, world.machine(address).lives]));
  const look = (leftMs: number): void => {
    for (const address of proposers) {
      const { lives: now, life } = world.machine(address);
      if (now === lives.get(address) || life === undefined) continue;
      lives.set(address, now);
      for (let ms = 0; ms < 12; ms += 2) world.timeline.after(ms, () => ask(address));
    }
    if (leftMs > 0) world.timeline.after(5, () => look(leftMs - 5));
  };
  look(earlyMs);
}

/** Two clients want the same register at the same time, of two proposers if there are; one of them may only ask. */
function wishing(world: World<V>, proposers: readonly Address[], wish: Wish): FaultKind {
  return {
    counted: 'wishes for registers',
    everyone: true,
    draw: (random): Detail => ({
      key: random.pick(keys),
      to: Array.from({ length: 2 }, () => random.pick(proposers)),
      value: random.below(1_000_000),
      asks: random.chance(0.3) ? 1 : 0,
    }),
    strike: (_target, { key, to, value, asks }) => {
      const [one = '', other = ''] = to as readonly Address[];
      wish('c8', one, String(key), new TextEncoder().encode(`v${String(value)}`));
      wish('c9', other, String(key), asks === 1 ? undefined : new TextEncoder().encode(`w${String(value)}`));
      askEarly(world, proposers, (to) => wish('c7', to, `e${String(value)}`, new TextEncoder().encode(to)));
      return String(key);
    },
  };
}

function processOf(world: World<Vocabulary> | World<V>, address: Address) {
  return {
    address,
    read: (take: () => void) => take(),
    later: (delayMs: number, run: () => void) => void world.timeline.after(delayMs, run),
  };
}

/** What some proposer knows, as status shows it. */
function newestKnown(world: World<V>, proposers: readonly Address[]): AcceptorSet | undefined {
  let newest: AcceptorSet | undefined;
  for (const address of proposers) {
    const state = world.machine(address).life?.actor.inspect() as ProposerInspection | undefined;
    const known = state?.nextAcceptors ?? state?.acceptors;
    if (known !== undefined && known.version > (newest?.version ?? 0)) newest = known;
  }
  return newest;
}

/** Another acceptor in place of one, one more, one less; flexible quorums with another one, or the other way round. */
function changeOf({ version, acceptors, phase1, phase2 }: AcceptorSet, shape: Shape, pick: number) {
  const { founders, spares } = addressesOf(shape);
  const names = acceptors.map(({ address }) => address);
  const outside = [...founders, ...spares].filter((address) => !names.includes(address));
  const one = names[Math.floor(pick * names.length)]!;
  if (phase1 !== phase2) {
    if (outside.length === 0 || pick < 0.4) return { version, add: [], remove: [], phase1: phase2, phase2: phase1 };
    const other = names[Math.floor(((pick * 10) % 1) * names.length)]!;
    return { version, add: outside.slice(0, 1), remove: [other], phase1, phase2 };
  }
  if (names.length > founders.length) return { version, add: [], remove: [one] };
  if (outside.length === 0) return undefined;
  return { version, add: outside.slice(0, 1), remove: pick < 0.3 ? [] : [one] };
}
