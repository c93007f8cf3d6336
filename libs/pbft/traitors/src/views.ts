import type { Address } from '@synod/actor';
import { nullBatch } from '@synod/pbft-core';
import type { Message, NewViewClaim, StableCheckpoint, View } from '@synod/pbft-core';
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
