import { none } from '@synod/actor';
import type { Address, Effect, Input } from '@synod/actor';
import { PaxosAcceptor, PaxosProposer } from '@synod/paxos-core';
import type { AcceptorSet, Message, PaxosVocabulary, ProposerLimits, Record } from '@synod/paxos-core';
import type { DiskTampering } from '@synod/simulator';
import type { ReplicatedService } from '@synod/state-machine';
import { honest } from '../group.js';
import type { MakeMembers } from '../group.js';

export type E = Effect<PaxosVocabulary>;
export type I = Input<PaxosVocabulary>;
export type Proposer = PaxosProposer['proposer'];
export type Leader = Extract<Proposer['role'], { kind: 'leader' }>;
export type Acceptor = PaxosAcceptor['acceptor'];

/** A member with one deliberate mistake, which the evidence must notice. */
export interface Mutant {
  readonly mistake: string;
  /** The scenario whose claim the mistake breaks. Without one, only simulation finds it. */
  readonly scenario?: string;
  readonly make: MakeMembers;
  /** The members are honest, their store is not. */
  readonly tamper?: DiskTampering;
}

export interface Mutants {
  readonly [name: string]: Mutant;
}

/** What is done to a member from outside: to its inputs, its effects, its state between two steps. */
export interface Tampering<S> {
  /** What the honest code gets to see; undefined: nothing. */
  before?(input: I, state: S): I | undefined;
  after?(effects: readonly E[], input: I, state: S): readonly E[];
}

/** The honest code has no switch for any of this. */
export class TamperedProposer extends PaxosProposer {
  tampering: Tampering<Proposer> = {};

  get state(): Proposer {
    return this.proposer;
  }

  override step(input: I): readonly E[] {
    const { tampering, proposer } = this;
    const seen = tampering.before === undefined ? input : tampering.before(input, proposer);
    const effects = seen === undefined ? [] : this.honestly(seen);
    return tampering.after?.(effects, seen ?? input, proposer) ?? effects;
  }

  honestly(input: I): readonly E[] {
    return super.step(input);
  }
}

export class TamperedAcceptor extends PaxosAcceptor {
  tampering: Tampering<Acceptor> = {};

  override step(input: I): readonly E[] {
    const { tampering, acceptor } = this;
    const seen = tampering.before === undefined ? input : tampering.before(input, acceptor);
    const effects = seen === undefined ? [] : this.honestly(seen);
    return tampering.after?.(effects, seen ?? input, acceptor) ?? effects;
  }

  honestly(input: I): readonly E[] {
    return super.step(input);
  }
}

export type TamperProposer = (member: TamperedProposer, service: ReplicatedService) => Tampering<Proposer>;
export type TamperAcceptor = (member: TamperedAcceptor) => Tampering<Acceptor>;

function told(mistake: string, scenario: string | undefined, make: Partial<MakeMembers>): Mutant {
  return { mistake, ...(scenario !== undefined && { scenario }), make: { ...honest, ...make } };
}

function makeProposer(tamper: TamperProposer): MakeMembers['proposer'] {
  return (configuration, service) => {
    const member = new TamperedProposer(configuration, service);
    member.tampering = tamper(member, service);
    return member;
  };
}

function makeAcceptor(tamper: TamperAcceptor): MakeMembers['acceptor'] {
  return (configuration) => {
    const member = new TamperedAcceptor(configuration);
    member.tampering = tamper(member);
    return member;
  };
}

export function proposer(mistake: string, scenario: string | undefined, tamper: TamperProposer): Mutant {
  return told(mistake, scenario, { proposer: makeProposer(tamper) });
}

export function acceptor(mistake: string, scenario: string | undefined, tamper: TamperAcceptor): Mutant {
  return told(mistake, scenario, { acceptor: makeAcceptor(tamper) });
}

/** The same mistake on both sides. */
export function members(
  mistake: string,
  scenario: string | undefined,
  tamper: () => Tampering<Proposer | Acceptor>,
): Mutant {
  return told(mistake, scenario, { proposer: makeProposer(tamper), acceptor: makeAcceptor(tamper) });
}

/** A bound is not kept. */
export function unlimited(mistake: string, scenario: string | undefined, ...names: (keyof ProposerLimits)[]): Mutant {
  const none = Object.fromEntries(names.map((name) => [name, Number.MAX_SAFE_INTEGER]));
  return told(mistake, scenario, {
    proposer: (configuration, service) =>
      new PaxosProposer({ ...configuration, limits: { ...configuration.limits, ...none } }, service),
  });
}

/** Every step begins from a state that is changed like this. */
export function state<S>(change: (state: S, input: I) => void): Tampering<S> {
  return {
    before: (input, of) => {
      change(of, input);
      return input;
    },
  };
}

export function leaderState(change: (role: Leader, proposer: Proposer, input: I) => void): Tampering<Proposer> {
  return state((of, input) => {
    if (of.role.kind === 'leader') change(of.role, of, input);
  });
}

/** What is written. */
export function eachRecord<S>(change: (record: Record, state: S) => Record): Tampering<S> {
  return {
    after: (effects, _input, of) =>
      effects.map((effect) => (effect.kind === 'persist' ? { ...effect, record: change(effect.record, of) } : effect)),
  };
}

/** What is said; undefined: nothing. */
export function eachMessage<S>(change: (message: Message, state: S, input: I) => Message | undefined): Tampering<S> {
  return {
    after: (effects, input, of) =>
      effects.flatMap((effect): readonly E[] => {
        if (effect.kind !== 'send') return [effect];
        const message = change(effect.message, of, input);
        return message === undefined ? [] : [{ ...effect, message }];
      }),
  };
}

/** Sends of this kind wait for no disk. */
export function atOnce<S>(sends: (message: Message) => boolean): Tampering<S> {
  return {
    after: (effects) =>
      effects.map((effect) => (effect.kind === 'send' && sends(effect.message) ? { ...effect, after: none } : effect)),
  };
}

/** What is heard, and from whom; undefined: nothing. */
export function received<S>(
  change: (message: Message, from: Address, state: S) => { from?: Address; message?: Message } | undefined,
): Tampering<S> {
  return {
    before: (input, of) => {
      if (input.kind !== 'receive') return input;
      const changed = change(input.message, input.from, of);
      return changed && { ...input, ...changed };
    },
  };
}

/** The effects without those. */
export function without<S>(unwanted: (effect: E, state: S, input: I) => boolean): Tampering<S> {
  return { after: (effects, input, of) => effects.filter((effect) => !unwanted(effect, of, input)) };
}

export function isMessage<K extends Message['kind']>(
  input: I,
  kind: K,
): input is I & { kind: 'receive'; message: Extract<Message, { kind: K }> } {
  return input.kind === 'receive' && input.message.kind === kind;
}

/** What a proposer knows of who decides which slot, each time that it is made. */
export function eachSets(
  change: (sets: NonNullable<Proposer['sets']>, proposer: Proposer) => void,
): Tampering<Proposer> {
  const changed = new WeakSet<object>();
  return state((of) => {
    if (of.sets === undefined || changed.has(of.sets)) return;
    changed.add(of.sets);
    change(of.sets, of);
  });
}

/** The quorums that a proposer goes by, made smaller or larger; what it writes and proposes has those that there are. */
export function quorums(change: (set: AcceptorSet) => Partial<AcceptorSet>): Tampering<Proposer> {
  const changed = new WeakMap<AcceptorSet, AcceptorSet>();
  return eachSets((sets) => {
    const honest = sets.at.bind(sets);
    sets.at = (slot) => {
      const set = honest(slot);
      const other = changed.get(set) ?? { ...set, ...change(set) };
      changed.set(set, other);
      return other;
    };
  });
}

/** The disk that the acceptors in force have under this name. */
export function countedDisk({ sets, chosen }: Proposer, address: Address): number | undefined {
  return sets?.at(chosen.through + 1).acceptors.find((acceptor) => acceptor.address === address)?.disk;
}

/** To inputs of this kind it looks as if no snapshot were being installed. */
export function asIfNothingWereInstalled(kind: Message['kind']): Tampering<Proposer> {
  let installing: Proposer['installing'];
  return {
    before: (input, of) => {
      if (!isMessage(input, kind)) return input;
      ({ installing } = of);
      of.installing = undefined;
      return input;
    },
    after: (effects, input, of) => {
      if (isMessage(input, kind)) of.installing = installing;
      return effects;
    },
  };
}
