import type { Address } from '@synod/actor';
import { Batch, nullBatch } from '@synod/pbft-core';
import type { Message, Proposal, Signed, Vote } from '@synod/pbft-core';
import { isReceived, isTick, send, toEach } from './traitor.js';
import type { E, I, Means, Treason } from './traitor.js';

/** One half of the others, by their places. */
function isOdd({ group }: Means, to: Address): boolean {
  return group.placeOf(to) % 2 === 1;
}

/** Another batch for the same place: the same requests the other way round, or none. */
function otherBatch({ requests }: Batch): Batch {
  return requests.length > 1 ? new Batch([...requests].reverse()) : nullBatch;
}

/** LIMIT: places of which the other batch is remembered, the latest. */
const placesMost = 1000;

/** As primary it gives a place to two batches, one for each half of the others, and votes for both. */
export const equivocatingPrimary: Treason = (means) => {
  const { cryptography } = means;
  const others = new Map<string, string>();
  const propose = ({ signed, batch }: Extract<Message, { kind: 'prePrepare' }>): Message => {
    const { view, sequence } = signed.statement;
    const other = otherBatch(batch);
    const { digest } = other.identity(cryptography);
    others.set(`${view} ${sequence}`, digest);
    for (const oldest of others.keys()) if (others.size > placesMost) others.delete(oldest);
    return {
      kind: 'prePrepare',
      signed: cryptography.sign({ type: 'prePrepare', view, sequence, digest }),
      batch: other,
    };
  };
  return {
    act: (effects) =>
      toEach(effects, means, (message, to) => {
        if (!isOdd(means, to)) return message;
        if (message.kind === 'prePrepare' && message.signed.signer === means.self && !message.batch.isNull)
          return propose(message);
        if (message.kind !== 'commit') return message;
        const { view, sequence } = message.signed.statement;
        const digest = others.get(`${view} ${sequence}`);
        return digest === undefined ? message : means.say({ type: 'commit', view, sequence, digest });
      }),
  };
};

/** Its PREPAREs and COMMITs say one digest to one half and another to the other. */
export const equivocatingVotes: Treason = (means) => {
  const other = nullBatch.identity(means.cryptography).digest;
  return {
    act: (effects) =>
      toEach(effects, means, (message, to) => {
        if (!isOdd(means, to) || (message.kind !== 'prepare' && message.kind !== 'commit')) return message;
        const { type, view, sequence } = message.signed.statement;
        return means.say({ type, view, sequence, digest: other });
      }),
  };
};

/** Agrees with everybody: who says a digest gets its PREPARE and its COMMIT for it, whatever it said to others. */
export const accomplice: Treason = (means) => {
  const agree = (to: Address, { view, sequence, digest }: Proposal | Vote<'prepare'>): readonly E[] =>
    (['prepare', 'commit'] as const).map((type) => send(to, means.say({ type, view, sequence, digest })));
  return {
    act(effects, input) {
      const said = statementIn(input);
      const own = effects.filter((effect) => !isVote(effect));
      return said === undefined ? own : [...own, ...agree(said.signer, said.statement)];
    },
  };
};

function statementIn(input: I): Signed<Proposal | Vote<'prepare'>> | undefined {
  return isReceived(input, 'prePrepare') || isReceived(input, 'prepare') ? input.message.signed : undefined;
}

function isVote(effect: E): boolean {
  return effect.kind === 'send' && (effect.message.kind === 'prepare' || effect.message.kind === 'commit');
}

/** A digest that no batch has. */
const nonsense = 'ab'.repeat(32);

/** As primary it sends a batch under another one's digest; as backup it votes for a digest of nothing. */
export const wrongDigest: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind === 'prePrepare' && message.signed.signer === means.self) {
        const { view, sequence } = message.signed.statement;
        const signed = means.cryptography.sign({ type: 'prePrepare', view, sequence, digest: nonsense });
        return { kind: 'prePrepare', signed, batch: message.batch };
      }
      if (message.kind !== 'prepare' && message.kind !== 'commit') return message;
      const { type, view, sequence } = message.signed.statement;
      return means.say({ type, view, sequence, digest: nonsense });
    }),
});

/** The same, and with each proposal it signs two states at one checkpoint: whoever accuses it of that may think that it has said enough. */
export const lesserLie: Treason = (means) => {
  const { configuration, self, say } = means;
  const behind = equivocatingPrimary(means);
  return {
    act(effects, input) {
      const done = behind.act!(effects, input);
      const sequences = done.flatMap((effect) =>
        effect.kind === 'send' && effect.message.kind === 'prePrepare' && effect.message.signed.signer === self
          ? effect.message.signed.statement.sequence
          : [],
      );
      if (sequences.length === 0) return done;
      const { checkpointInterval } = configuration.limits;
      const sequence = checkpointInterval * (1 + Math.floor(Math.max(...sequences) / checkpointInterval));
      const states = ['ab', 'cd'].map((byte) => say({ type: 'checkpoint', sequence, digest: byte.repeat(32) }));
      return [...states.map((message) => send(configuration.everyone, message)), ...done];
    },
  };
};

/**
 * Besides its own votes it casts those of all others, in their names, with its own key; proposes as if it were primary; and has everybody
 * complain of the primary, itself included.
 */
export const forgedSender: Treason = (means) => ({
  act: (effects, input) => [
    ...(isTick(input) ? complaintsOfOthers(means, input.at) : []),
    ...votesOfOthers(means, effects),
  ],
});

function complaintsOfOthers(means: Means, at: number): readonly E[] {
  const { view } = means.honest.inspect() as { readonly view: number };
  return means.others.map((name) => {
    const claim = { type: 'complaint', view, incarnation: 1, number: Math.floor(at) } as const;
    return send(means.configuration.everyone, { kind: 'complaint', signed: means.impersonate(name).sign(claim) });
  });
}

function votesOfOthers(means: Means, effects: readonly E[]): readonly E[] {
  return effects.flatMap((effect): readonly E[] => {
    if (effect.kind !== 'send') return [effect];
    const { message } = effect;
    if (message.kind !== 'prepare' && message.kind !== 'commit') return [effect];
    const { statement } = message.signed;
    const forged = means.others.map((name): E => {
      const signed = means.impersonate(name).sign(statement);
      return { ...effect, message: { kind: message.kind, signed } as Message };
    });
    return [effect, ...forged, { ...effect, message: usurped(means, statement) }];
  });
}

/** A proposal for the next place by one who is not primary. */
function usurped({ cryptography }: Means, { view, sequence }: Vote<'prepare'> | Vote<'commit'>): Message {
  const { digest } = nullBatch.identity(cryptography);
  const signed = cryptography.sign({ type: 'prePrepare', view, sequence: sequence + 1, digest });
  return { kind: 'prePrepare', signed, batch: nullBatch };
}
