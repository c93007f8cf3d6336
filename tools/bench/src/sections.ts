import type { FloodKind } from './floods.js';

/** One load, put on each contender of its section. */
export interface Cell {
  readonly name: string;
  readonly writers: number;
  readonly readers: number;
  readonly valueBytes: number;
  /** Also part of a quick run of its section. */
  readonly quick: boolean;
  /** Contenders that this load says nothing about. */
  readonly without?: readonly string[];
  /** Somebody else floods the group meanwhile. */
  readonly flood?: FloodKind;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly string[];
  readonly cells: readonly Cell[];
  /** What the other contenders' figures are ratios to. */
  readonly base: string;
}

const valueBytes = 128;
const everyone = ['synod', 'synod paxos', 'foreign', 'etcd', 'etcd txn', 'jetstream', 'jetstream sync'];

const put = (writers: number, quick: boolean): Cell => ({
  name: `put ×${writers}`,
  writers,
  readers: 0,
  valueBytes,
  quick,
});
const get = (readers: number, quick: boolean): Cell => ({
  name: `get ×${readers}`,
  writers: 0,
  readers,
  valueBytes,
  quick,
});
const mixed = (writers: number, readers: number, quick: boolean): Cell => ({
  name: `put ×${writers}, get ×${readers}`,
  writers,
  readers,
  valueBytes,
  quick,
});
const sized = (bytes: number, name: string, quick: boolean): Cell => ({
  name: `put ×64, ${name}`,
  writers: 64,
  readers: 0,
  valueBytes: bytes,
  quick,
});

const under = (flood: FloodKind, quick: boolean): Cell => ({ ...put(64, quick), name: flood, flood });

export const sections: readonly Section[] = [
  {
    name: 'writes',
    title: 'Writes of 128 bytes, three replicas',
    contenders: everyone,
    base: 'synod',
    // One put packs like none.
    cells: [{ ...put(1, true), without: ['etcd txn'] }, put(64, false), put(500, true)],
  },
  {
    name: 'reads',
    title: 'Linearizable reads of 128 bytes (JetStream: direct gets, which may be stale)',
    contenders: ['synod', 'synod paxos', 'foreign', 'etcd', 'jetstream'],
    base: 'synod',
    cells: [get(1, false), get(64, false), get(500, true)],
  },
  {
    name: 'mixed',
    title: 'Reads and writes at once',
    contenders: ['synod', 'synod paxos', 'foreign', 'etcd', 'jetstream'],
    base: 'synod',
    cells: [mixed(32, 32, false), mixed(250, 250, true)],
  },
  {
    name: 'values',
    title: 'Values of other sizes',
    contenders: ['synod', 'synod paxos', 'etcd', 'etcd txn', 'jetstream'],
    base: 'synod',
    cells: [
      sized(16, '16 B', false),
      sized(128, '128 B', false),
      sized(1024, '1 KiB', false),
      sized(16_384, '16 KiB', true),
      sized(65_536, '64 KiB', false),
    ],
  },
  {
    name: 'byzantine',
    title:
      'PBFT, four replicas of which one may lie, beside Raft and Multi-Paxos; one signature for each coalesced client batch, or (singly) for each request',
    contenders: ['synod pbft', 'pbft singly', 'synod', 'synod paxos'],
    base: 'synod',
    // One put shares its request with none, and reads in one round trip are not signed.
    cells: [
      { ...put(1, false), without: ['pbft singly'] },
      put(64, false),
      put(500, true),
      { ...get(500, false), without: ['pbft singly'] },
    ],
  },
  {
    name: 'floods',
    title: 'Writes of 64 honest writers beside one user who floods the leader',
    contenders: ['synod flooded', 'pbft flooded'],
    base: 'synod flooded',
    cells: [
      { ...put(64, true), name: 'no flood' },
      under('junk proposals by a member', false),
      under('junk chunks by a member', true),
      under('requests of 100 bytes by a client', true),
      under('requests of 130 kB by a client', true),
      under('the same to nobody', false),
    ],
  },
  {
    name: 'replicas',
    title: 'Three and five replicas',
    contenders: ['synod', 'synod 5'],
    base: 'synod',
    cells: [put(1, false), put(64, false), put(500, true), get(500, false)],
  },
  {
    name: 'tracing',
    title: 'Tracing: off, by default, every operation',
    contenders: ['synod', 'synod untraced', 'synod traced'],
    base: 'synod untraced',
    cells: [put(1, false), put(64, false), put(500, true)],
  },
  {
    name: 'paxos-tracing',
    title: 'Tracing of Multi-Paxos: off, by default, every operation',
    contenders: ['synod paxos', 'paxos untraced', 'paxos traced'],
    base: 'paxos untraced',
    cells: [put(1, false), put(64, false), put(500, false)],
  },
  {
    name: 'disk',
    title: 'Slower syncs, injected by strace; +0 ms is what that itself costs',
    contenders: ['synod', 'synod sync +0 ms', 'synod sync +1 ms', 'synod sync +5 ms'],
    base: 'synod',
    cells: [put(1, false), put(64, false), put(500, false)],
  },
];

/** Those of a section whose names contain `cell`; of a quick run fewer. */
export function wantedCells(
  { cells }: Section,
  wanted: { readonly quick: boolean; readonly cell: string },
): readonly Cell[] {
  return cells.filter(({ quick, name }) => (quick || !wanted.quick) && name.includes(wanted.cell));
}
