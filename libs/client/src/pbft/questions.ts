import { Answers, encodeCertificate, pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import type { Asked, Domain, Result } from '@synod/pbft-wire';
import type { Envelope } from '../exchange.js';
import type { Question } from './consultation.js';
import type { Trust } from './trust.js';

/** Puts questions to a group in the form that it believes, and checks what its members answer. */
export class Questions {
  readonly answers: Answers;
  readonly messages: ReturnType<typeof pbftMessages>;
  private readonly cryptography;

  constructor(
    user: string,
    private readonly client: string,
    { keys, sha256, verify, sign }: Trust,
  ) {
    const { cluster, group, epoch, members } = keys;
    const domain: Domain = { cluster, group, epoch };
    this.messages = pbftMessages(domain);
    this.cryptography = pbftCryptography(domain, user, sha256, sign);
    this.answers = new Answers({ members, keys, sha256, verify });
  }

  /** Signed once: every copy of it is the same bytes. */
  order({ kind, session, sequence, bytes, count }: Envelope): Question {
    const { client } = this;
    const holds = kind === 'request' ? 'operations' : 'queries';
    const signed = this.cryptography.sign({ type: 'request', client, session, sequence, holds, batch: bytes } as const);
    const asked: Asked = { kind: 'request', signed };
    return this.question(asked, {
      payload: this.messages.encode({ kind: 'request', signed }),
      needed: this.answers.group.weak,
      isPlaced: holds === 'queries' || (session === 0 && count === 0),
    });
  }

  /** A linearizable read in one round trip takes a quorum; of one that may be stale, some correct member must have seen it. */
  read({ bytes, asks }: Envelope): Question {
    const { quorum, weak } = this.answers.group;
    const needed = asks === 'anybody' ? weak : quorum;
    return this.question({ kind: 'read', queries: bytes }, { payload: bytes, needed, isPlaced: false });
  }

  certificate({ asked }: Question, agreed: readonly Result[]): Uint8Array {
    return encodeCertificate({ kind: 'reply', asked, results: agreed[0]!.results, answers: agreed });
  }

  private question(asked: Asked, how: Pick<Question, 'payload' | 'needed' | 'isPlaced'>): Question {
    return { asked, digest: this.answers.digestOf(asked), ...how, answers: new Map() };
  }
}
