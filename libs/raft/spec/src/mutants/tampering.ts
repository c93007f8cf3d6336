import { none } from '@synod/actor';
import type { Address, Effect, Input } from '@synod/actor';
import { RaftReplica } from '@synod/raft-core';
import type { LogIndex } from '@synod/log';
import type { Message, RaftLimits, RaftVocabulary, Record } from '@synod/raft-core';
import type { DiskTampering } from '@synod/simulator';
import type { ReplicatedService } from '@synod/state-machine';
import type { MakeReplica } from '../group.js';
import type { RaftSwarm } from '../swarm.js';

export type E = Effect<RaftVocabulary>;
export type I = Input<RaftVocabulary>;
export type Raft = RaftReplica['raft'];
export type Leader = Extract<Raft['role'], { kind: 'leader' }>;
export type Persist = Extract<E, { kind: 'persist' }>;

/** A replica with one deliberate mistake, which the evidence must notice. */
export interface Mutant {
  readonly mistake: string;
  /** The scenario whose claim the mistake breaks. Without one, only simulation finds it. */
  readonly scenario?: string;
  readonly make: MakeReplica;
  /** The replica is honest, its store is not. */
  readonly tamper?: DiskTampering;
  /** In place of what seeds draw: where a mistake shows. */
  readonly swarm?: Partial<RaftSwarm>;
}

export interface Mutants {
  readonly [name: string]: Mutant;
}

/**
 * The honest replica, tampered with from outside: its inputs, its effects, its state between two steps. The honest code has
 * no switch for any of this.
 */
export class Tampered extends RaftReplica {
  /** What the honest code gets to see; undefined: nothing. */
  before: (input: I, raft: Raft) => I | undefined = (input) => input;
  after: (effects: readonly E[], input: I, raft: Raft) => readonly E[] = (effects) => effects;

  override step(input: I): readonly E[] {
    const seen = this.before(input, this.raft);
    return this.after(seen === undefined ? [] : this.honestly(seen), seen ?? input, this.raft);
  }

  honestly(input: I): readonly E[] {
    return super.step(input);
  }

  /** Lets the honest code apply what the tampering has declared committed. */
  commit(index: LogIndex, at: number): readonly E[] {
    this.raft.commitIndex = index;
    const { currentTerm: term, self } = this.raft;
    const committed: E = { kind: 'observe', event: { kind: 'committed', term, index, completedBy: self } };
    return [committed, ...this.honestly({ kind: 'timeout', timer: 'apply', at })];
  }
}

export interface Tampering {
  readonly before?: Tampered['before'];
  readonly after?: Tampered['after'];
}

export type Tamper = (replica: Tampered, service: ReplicatedService) => Tampering;

export function mutant(mistake: string, scenario: string | undefined, tamper: Tamper): Mutant {
  const make: MakeReplica = (configuration, service) => {
    const replica = new Tampered(configuration, service);
    return Object.assign(replica, tamper(replica, service));
  };
  return { mistake, ...(scenario !== undefined && { scenario }), make };
}

/** A bound is not kept. */
export function unlimited(mistake: string, scenario: string | undefined, ...names: (keyof RaftLimits)[]): Mutant {
  const none = Object.fromEntries(names.map((name) => [name, Number.MAX_SAFE_INTEGER]));
  const make: MakeReplica = (configuration, service) =>
    new RaftReplica({ ...configuration, limits: { ...configuration.limits, ...none } }, service);
  return { mistake, ...(scenario !== undefined && { scenario }), make };
}

/** Every step begins from a state that is changed like this. */
export function state(change: (raft: Raft, input: I) => void): Tampering {
  return {
    before: (input, raft) => {
      change(raft, input);
      return input;
    },
  };
}

export function leaderState(change: (role: Leader, raft: Raft, input: I) => void): Tampering {
  return state((raft, input) => {
    if (raft.role.kind === 'leader') change(raft.role, raft, input);
  });
}

/** What is written. */
export function eachRecord(change: (record: Record, raft: Raft) => Record): Tampering {
  return {
    after: (effects, _input, raft) =>
      effects.map((effect) =>
        effect.kind === 'persist' ? { ...effect, record: change(effect.record, raft) } : effect,
      ),
  };
}

/** What is said; undefined: nothing. */
export function eachMessage(change: (message: Message, raft: Raft, input: I) => Message | undefined): Tampering {
  return {
    after: (effects, input, raft) =>
      effects.flatMap((effect): readonly E[] => {
        if (effect.kind !== 'send') return [effect];
        const message = change(effect.message, raft, input);
        return message === undefined ? [] : [{ ...effect, message }];
      }),
  };
}

/** Sends of this kind wait for no disk. */
export function atOnce(sends: (message: Message) => boolean): Tampering {
  return {
    after: (effects) =>
      effects.map((effect) => (effect.kind === 'send' && sends(effect.message) ? { ...effect, after: none } : effect)),
  };
}

/** What is heard, and from whom; undefined: nothing. */
export function received(
  change: (message: Message, from: Address, raft: Raft) => { from?: Address; message?: Message } | undefined,
): Tampering {
  return {
    before: (input, raft) => {
      if (input.kind !== 'receive') return input;
      const changed = change(input.message, input.from, raft);
      return changed && { ...input, ...changed };
    },
  };
}

/** The effects without those. */
export function without(unwanted: (effect: E, raft: Raft, input: I) => boolean): Tampering {
  return { after: (effects, input, raft) => effects.filter((effect) => !unwanted(effect, raft, input)) };
}

export function isMessage<K extends Message['kind']>(
  input: I,
  kind: K,
): input is I & { kind: 'receive'; message: Extract<Message, { kind: K }> } {
  return input.kind === 'receive' && input.message.kind === kind;
}
