import { none } from '@synod/actor';
import type { Address, Effect, Input } from '@synod/actor';
import { PbftReplica } from '@synod/pbft-core';
import type { Message, PbftVocabulary, Record, Signed, Statement } from '@synod/pbft-core';
import { honest } from '../group.js';
import type { MakeMembers } from '../group.js';
import type { PbftSwarm } from '../swarm.js';

export type E = Effect<PbftVocabulary>;
export type I = Input<PbftVocabulary>;
export type Pbft = PbftReplica['pbft'];
export type Slot = NonNullable<ReturnType<Pbft['log']['at']>>;

/** A member, or a client, with one deliberate mistake, which the evidence must notice. */
export interface Mutant {
  readonly mistake: string;
  /** The scenario whose claim the mistake breaks. Without one, only simulation finds it. */
  readonly scenario?: string;
  readonly make: MakeMembers;
  /** In place of what seeds draw: the traitors that make use of it. */
  readonly swarm?: Partial<PbftSwarm>;
}

export interface Mutants {
  readonly [name: string]: Mutant;
}

/** What is done to a replica from outside: to its inputs, its effects, its state between two steps. */
export interface Tampering {
  /** Nothing is worthless to it: the host drops nothing that the honest code would not look at. */
  readonly looksAtAll?: boolean;
  /** What the honest code gets to see; undefined: nothing. */
  before?(input: I, state: Pbft): I | undefined;
  after?(effects: readonly E[], input: I, state: Pbft): readonly E[];
}

/** The honest code has no switch for any of this. */
export class TamperedReplica extends PbftReplica {
  tampering: Tampering = {};

  override step(input: I): readonly E[] {
    const { tampering, pbft } = this;
    const seen = tampering.before === undefined ? input : tampering.before(input, pbft);
    const effects = seen === undefined ? [] : this.honestly(seen);
    return tampering.after?.(effects, seen ?? input, pbft) ?? effects;
  }

  override worth(from: Address, message: Message): boolean {
    return this.tampering.looksAtAll === true || super.worth(from, message);
  }

  honestly(input: I): readonly E[] {
    return super.step(input);
  }
}

export type Tamper = (member: TamperedReplica) => Tampering;

export function replica(
  mistake: string,
  scenario: string | undefined,
  tamper: Tamper,
  swarm?: Partial<PbftSwarm>,
): Mutant {
  // prettier-ignore
  const make: MakeMembers = {
    ...honest,
    replica: (configuration, service, cryptography) => {
      const member = new TamperedReplica(configuration, service, cryptography);
      member.tampering = tamper(member);
      return member;
    },
  };
  return { mistake, make, ...(scenario !== undefined && { scenario }), ...(swarm && { swarm }) };
}

/** Every step begins from a state that is changed like this. */
export function state(change: (state: Pbft, input: I) => void): Tampering {
  return {
    before: (input, of) => {
      change(of, input);
      return input;
    },
  };
}

/** What is heard, and from whom; undefined: nothing. */
export function received(change: (message: Message, from: Address, state: Pbft) => Message | undefined): Tampering {
  return {
    before: (input, of) => {
      if (input.kind !== 'receive') return input;
      const message = change(input.message, input.from, of);
      return message && { ...input, message };
    },
  };
}

/** What is said; undefined: nothing. */
export function eachMessage(change: (message: Message, state: Pbft, input: I) => Message | undefined): Tampering {
  return {
    after: (effects, input, of) =>
      effects.flatMap((effect): readonly E[] => {
        if (effect.kind !== 'send') return [effect];
        const message = change(effect.message, of, input);
        return message === undefined ? [] : [{ ...effect, message }];
      }),
  };
}

/** What is written; undefined: nothing, though whatever rests on it leaves. */
export function eachRecord(change: (record: Record, state: Pbft) => Record): Tampering {
  return {
    after: (effects, _input, of) =>
      effects.map((effect) => (effect.kind === 'persist' ? { ...effect, record: change(effect.record, of) } : effect)),
  };
}

/** Sends of this kind wait for no disk. */
export function atOnce(kind: Message['kind']): Tampering {
  return {
    after: (effects) =>
      effects.map((effect) =>
        effect.kind === 'send' && effect.message.kind === kind ? { ...effect, after: none } : effect,
      ),
  };
}

/** The effects without those. */
export function without(unwanted: (effect: E, state: Pbft, input: I) => boolean): Tampering {
  return { after: (effects, input, of) => effects.filter((effect) => !unwanted(effect, of, input)) };
}

/** While such a message is handled, a quorum is so many. */
export function quorumWhile(kind: Message['kind'], size: (state: Pbft) => number): Tampering {
  return sizeWhile(kind, 'quorum', size);
}

/** And so many are sure to have a correct one among them. */
export function weakWhile(kind: Message['kind'], size: (state: Pbft) => number): Tampering {
  return sizeWhile(kind, 'weak', size);
}

function sizeWhile(kind: Message['kind'], of: 'quorum' | 'weak', size: (state: Pbft) => number): Tampering {
  let before = 0;
  return {
    before: (input, state) => {
      before = state.group[of];
      if (isMessage(input, kind)) Object.assign(state.group, { [of]: size(state) });
      return input;
    },
    after: (effects, _input, { group }) => {
      Object.assign(group, { [of]: before });
      return effects;
    },
  };
}

export function setQuorum({ group }: Pbft, size: number): void {
  Object.assign(group, { quorum: size });
}

/** The same statement as if somebody else had signed it, or as if it said something else: for whoever does not look. */
export function altered<S extends Statement>(
  signed: Signed<S>,
  change: { signer?: Address; statement?: Partial<S> },
): Signed<S> {
  // prettier-ignore
  return { ...signed, signer: change.signer ?? signed.signer, statement: { ...signed.statement, ...change.statement } };
}

export function isMessage<K extends Message['kind']>(
  input: I,
  kind: K,
): input is I & { kind: 'receive'; message: Extract<Message, { kind: K }> } {
  return input.kind === 'receive' && input.message.kind === kind;
}
