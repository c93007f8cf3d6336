import type { Random } from '@synod/simulator';
import type { Condition, Operation, Step } from '../src/index.js';
import { NaiveStore } from './naive-store.js';

export interface Shape {
  readonly operations: number;
  readonly keys: number;
  readonly clients: number;
  /** Part of the operations whose answer gets lost. */
  readonly unknown: number;
  /** Part of the operations that touch several keys. */
  readonly several?: number;
  /** Answers tell only values, as those of a plain register. */
  readonly bare?: boolean;
}

interface Draft {
  client: string;
  invokedAt: number;
  effectAt: number;
  returnedAt: number | undefined;
}

/** A history of clients over one store that executes each operation at one moment between its call and its answer. */
export function generate(random: Random, shape: Shape): Operation[] {
  const drafts: Draft[] = [];
  const clocks = Array.from({ length: shape.clients }, () => random.next());
  for (let i = 0; i < shape.operations; i++) {
    const client = i % shape.clients;
    const invokedAt = clocks[client]! + random.next() * 0.2;
    const isLost = random.chance(shape.unknown);
    const effectAt = invokedAt + (isLost && random.chance(0.3) ? 50 * random.next() : random.next());
    const returnedAt = isLost ? undefined : effectAt + random.next();
    clocks[client] = returnedAt ?? invokedAt + 2;
    drafts.push({ client: `c${client}`, invokedAt, effectAt, returnedAt });
  }
  drafts.sort((a, b) => a.effectAt - b.effectAt);
  const store = new NaiveStore();
  const history = drafts.map((draft, i) => executed(draft, i, store, random, shape));
  return history.sort((a, b) => a.invokedAt - b.invokedAt);
}

function executed(draft: Draft, number: number, store: NaiveStore, random: Random, shape: Shape): Operation {
  const { effectAt: _, returnedAt, ...times } = draft;
  const call = { ...times, ...drawCall(number, store, random, shape) } as Operation;
  if (returnedAt === undefined) {
    if (random.chance(0.6)) store.execute(call);
    return { ...call, outcome: 'unknown' } as Operation;
  }
  const result = store.execute(call);
  const answer = { outcome: 'answered', returnedAt };
  if (shape.bare) return { ...call, ...answer, result: stripped(result) } as Operation;
  return { ...call, ...answer, result, index: store.index } as Operation;
}

function drawCall(number: number, store: NaiveStore, random: Random, shape: Shape): object {
  const key = () => `k${random.below(shape.keys)}`;
  const value = String(number);
  if (shape.several && random.chance(shape.several)) return several(number, store, random, key);
  const draw = random.below(shape.bare ? 7 : 10);
  if (draw < 4) return { kind: 'get', key: key() };
  if (draw < 6) return { kind: 'put', key: key(), value };
  if (draw < 7) return { kind: 'delete', key: key() };
  const name = key();
  const present = store.entries.get(name)?.revision ?? 0;
  const expectedRevision = random.chance(0.6) ? present : random.below(store.index + 1);
  return { kind: 'compareAndSet', key: name, expectedRevision, ...(random.chance(0.8) && { value }) };
}

function several(number: number, store: NaiveStore, random: Random, key: () => string): object {
  if (random.chance(0.3)) {
    const prefix = random.chance(0.5) ? 'k' : key();
    return {
      kind: 'range',
      prefix,
      ...(random.chance(0.3) && { startAfter: key() }),
      ...(random.chance(0.5) && { limit: 1 + random.below(3) }),
    };
  }
  const relation = () => random.pick(['equal', 'notEqual', 'greater', 'less'] as const);
  const condition = (): Condition => {
    const name = key();
    const entry = store.entries.get(name);
    if (random.chance(0.5)) return { key: name, is: relation(), revision: entry?.revision ?? 0 };
    return { key: name, is: relation(), value: entry?.value ?? String(random.below(number + 1)) };
  };
  const step = (): Step => {
    const kind = random.pick(['put', 'delete', 'get'] as const);
    return { kind, key: key(), ...(kind === 'put' && { value: `${number}.${random.below(100)}` }) };
  };
  const some = <T>(make: () => T) => Array.from({ length: random.below(3) }, make);
  return { kind: 'transaction', conditions: some(condition), success: some(step), failure: some(step) };
}

function stripped(result: object): object {
  const { entry } = result as { entry?: { value: string } };
  return entry === undefined ? {} : { entry: { value: entry.value } };
}
