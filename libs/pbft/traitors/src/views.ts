import type { Address } from '@synod/actor';
import { checkpointDigest, nullBatch } from '@synod/pbft-core';
import type { Message, NewViewClaim, Sequence, StableCheckpoint, View } from '@synod/pbft-core';
import { isReceived, isTick, send, toEach } from './traitor.js';
import type { Means, Treason } from './traitor.js';

/** Asks for another view without a reason, now for the next one and now for a far one, and always complains. */
export const unjustifiedViewChange: Treason = (means) => {
  const { cryptography, configuration } = means;
  let stable: StableCheckpoint | undefined;
  let view: View = 0;
  let ticks = 0;
  let complaints = 0;
  const ask = (to: View): Message => ({
    kind: 'viewChange',
    signed: cryptography.sign({ type: 'viewChange', view: to, stable: stable!, prepared: [] }),
  });
  const complaint = (): Message => ({
    kind: 'complaint',
    signed: cryptography.sign({ type: 'complaint', view, incarnation: 1, number: ++complaints }),
  });
  return {
    hear(input) {
      if (isReceived(input, 'status')) view = Math.max(view, input.message.view);
      return input;
    },
    act(effects, input) {
      for (const effect of effects) {
        if (effect.kind === 'persist' && effect.record.kind === 'stable') stable = effect.record.stable;
        if (effect.kind === 'send' && effect.message.kind === 'helloReply') stable ??= effect.message.stable;
      }
      if (!isTick(input)) return effects;
      const said = [...effects, send(configuration.everyone, complaint())];
      if (stable === undefined || ++ticks % 5 !== 0) return said;
      return [...said, send(configuration.everyone, ask(ticks % 2 === 0 ? view + 1 : view + 1000))];
    },
  };
};

/** What it says of itself. */
interface Standing {
  readonly view: View;
  readonly role: string;
  readonly lastExecuted: Sequence;
  readonly lastProposed: Sequence;
  readonly highWaterMark: Sequence;
}

/** LIMIT: null requests of one life: more than a message can tell of, and not so many that nothing else is seen of a group. */
const nullsMost = 1500;

/** As primary it fills the log with null requests, as fast as the others let it. */
export const nulls: Treason = ({ honest, propose }) => {
  let left = nullsMost;
  return {
    act(effects, input) {
      const { role, lastProposed, highWaterMark } = honest.inspect() as unknown as Standing;
      if (!isTick(input) || role !== 'primary') return effects;
      const all = [...effects];
      for (let room = highWaterMark - lastProposed; room > 0 && left > 0; room--, left--)
        all.push(...propose(nullBatch, input.at));
      return all;
    },
  };
};

/** LIMIT: turns of the timer between two of its checkpoints. */
const turnsBetween = 5;

/** Asks for far views with a checkpoint that nobody has, and whose votes it signed itself, in the names of the others. */
export const forgedCheckpoint: Treason = ({ cryptography, configuration, honest, others, group, impersonate }) => {
  let ticks = 0;
  return {
    act(effects, input) {
      if (!isTick(input) || ++ticks % turnsBetween !== 0) return effects;
      const { view, lastExecuted } = honest.inspect() as unknown as Standing;
      const sequence = lastExecuted + configuration.limits.checkpointInterval;
      const state = { sequence, position: sequence, history: 'ef'.repeat(32), state: 'forged' };
      const digest = checkpointDigest(cryptography, state);
      const votes = others
        .slice(0, group.quorum)
        .map((name) => impersonate(name).sign({ type: 'checkpoint', sequence, digest } as const));
      const claim = { type: 'viewChange', view: view + ticks, stable: { state, votes }, prepared: [] } as const;
      return [...effects, send(configuration.everyone, { kind: 'viewChange', signed: cryptography.sign(claim) })];
    },
  };
};

function changeNewView(change: (claim: NewViewClaim, to: Address, means: Means) => NewViewClaim): Treason {
  return (means) => ({
    act: (effects) =>
      toEach(effects, means, (message, to) => {
        if (message.kind !== 'newView' || message.signed.signer !== means.self) return message;
        return { kind: 'newView', signed: means.cryptography.sign(change(message.signed.statement, to, means)) };
      }),
  });
}

/** Its new views propose nothing of what prepared, but null requests, or one place more than is due. */
export const fabricatedNewView: Treason = changeNewView((claim, to, { cryptography, group }) => {
  const { view } = claim;
  const { digest } = nullBatch.identity(cryptography);
  const propose = (sequence: number) => cryptography.sign({ type: 'prePrepare', view, sequence, digest } as const);
  const nothing = claim.proposals.map(({ statement }) => propose(statement.sequence));
  if (nothing.length > 0 && group.placeOf(to) % 2 === 0) return { ...claim, proposals: nothing };
  const last = claim.proposals.at(-1)?.statement.sequence;
  return last === undefined ? { ...claim, proposals: [propose(1)] } : { ...claim, proposals: [...claim.proposals, propose(last + 1)] }; // prettier-ignore
});

/** Its new views name one view change less than a quorum, or leave out what prepared last. */
export const shortNewView: Treason = changeNewView((claim, to, { group }) => {
  const { viewChanges, proposals } = claim;
  if (group.placeOf(to) % 2 === 0) return { ...claim, viewChanges: viewChanges.slice(1) };
  return { ...claim, proposals: proposals.slice(0, -1) };
});

/** Its new views propose what is due, under signatures that are worth nothing: whoever takes them in has certificates that convince nobody. */
export const worthlessNewView: Treason = changeNewView((claim) => {
  const proposals = claim.proposals.map((each) => ({ ...each, signature: each.signature.map((byte) => byte ^ 1) }));
  return { ...claim, proposals };
});

/** A view change that shows nothing of what prepared, though it voted to commit it; and a restart after which it knows of no vote. */
export const amnesia: Treason = (means) => ({
  hear: (input) => (input.kind === 'recover' && isVoteRecord(input.record.kind) ? undefined : input),
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind !== 'viewChange' || message.signed.signer !== means.self) return message;
      const signed = means.cryptography.sign({ ...message.signed.statement, prepared: [] });
      return { kind: 'viewChange', signed };
    }),
});

function isVoteRecord(kind: string): boolean {
  return kind === 'accepted' || kind === 'certificate' || kind === 'batch' || kind === 'vote' || kind === 'viewChange';
}
