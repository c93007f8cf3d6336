import type { Address } from '@synod/actor';
import { batchCodec } from '@synod/api';
import { Batch, checkpointDigest, extendHistory, zeroDigest } from '@synod/pbft-core';
import type { Command, Cryptography, Digest, Event, Message, PbftService, Record, Sequence, Signed } from '@synod/pbft-core'; // prettier-ignore
import { signedBytes } from '@synod/pbft-wire';
import type { ReplyCertificate } from '@synod/pbft-wire';
import type { KeyRing } from '../keys.js';
import { fail } from './claims.js';
import { short } from './ordering.js';
import type { WatchedReplica } from './replica-view.js';

interface Decided {
  readonly digest: Digest;
  /** Who executed it first. */
  readonly by: Address;
  readonly state: string;
  readonly position: number;
  readonly history: Digest;
  /** When, in true time. */
  readonly at: number;
}

/** What correct replicas execute. An honest service of the checker's own executes it beside them. */
export class ExecutionOrder {
  /** From sequence 1 on. */
  private readonly decided: Decided[] = [];
  private readonly batches = new Map<Digest, Batch>();
  /** By who asked what, all that it was ever answered. */
  private readonly answers = new Map<string, Set<string>>();
  private position = 0;

  constructor(
    private readonly reference: PbftService,
    private readonly cryptography: Cryptography,
    private readonly ring: KeyRing,
  ) {}

  get through(): Sequence {
    return this.decided.length;
  }

  /** When somebody first had executed the request at that position, in true time. */
  executedAt(position: number): number | undefined {
    let at: number | undefined;
    for (let i = this.decided.length - 1; i >= 0 && this.decided[i]!.position >= position; i--)
      at = this.decided[i]!.at;
    return at;
  }

  /** Whatever is executed was on its way to a correct replica's disk before. */
  persisted(record: Record): void {
    if (record.kind !== 'accepted' && record.kind !== 'batch') return;
    const batch = new Batch(record.batch.requests);
    this.batches.set(batch.identity(this.cryptography).digest, batch);
  }

  observed(replica: WatchedReplica, event: Event): void {
    if (event.kind === 'checkpointStable') this.checkCheckpoint(replica, event.sequence, event.digest);
    else if (event.kind === 'executed') this.executed(replica, event);
  }

  private executed(replica: WatchedReplica, { sequence, digest }: Extract<Event, { kind: 'executed' }>): void {
    const { address } = replica;
    if (sequence !== replica.executed + 1) fail('order', `${address} executes ${sequence} after ${replica.executed}`);
    replica.executed = sequence;
    const known = this.decided[sequence - 1];
    if (known === undefined) this.decide(replica, sequence, digest);
    else if (known.digest !== digest)
      fail('agreement', `${address} executes ${short(digest)} at ${sequence}, where ${known.by} executed ${short(known.digest)}`); // prettier-ignore
  }

  private decide({ address: by, machine }: WatchedReplica, sequence: Sequence, digest: Digest): void {
    if (sequence !== this.through + 1) fail('order', `${by} executes ${sequence}; ${this.through} is the last that anybody did`); // prettier-ignore
    const batch = digest === emptyDigest ? new Batch([]) : this.batches.get(digest);
    if (batch === undefined) return fail('digest', `${by} executes ${short(digest)} at ${sequence}, which nobody has`);
    for (const signed of batch.requests) this.apply(by, sequence, signed);
    const before = this.decided.at(-1)?.history ?? zeroDigest;
    const history = extendHistory(this.cryptography, before, sequence, digest);
    this.decided.push({ digest, by, history, state: this.reference.hash(), position: this.position, at: machine.world.timeline.now }); // prettier-ignore
  }

  private apply(by: Address, sequence: Sequence, signed: Signed<Command>): void {
    const { signer, statement, bytes, signature } = signed;
    const key = this.ring.keys.user(signer);
    if (key === undefined || !this.ring.verify(key, signedBytes(bytes), signature))
      fail('signed', `${by} executes at ${sequence} what ${signer} did not sign`);
    const results =
      statement.holds === 'queries'
        ? this.reference.query(signer, statement.batch)
        : this.reference.apply(++this.position, signer, statement.batch);
    const name = nameOf(signer, signed);
    const known = this.answers.get(name) ?? new Set<string>();
    this.answers.set(name, known.add(textOf(results)));
  }

  private checkCheckpoint({ address }: WatchedReplica, sequence: Sequence, digest: Digest): void {
    const decided = this.decided[sequence - 1];
    if (decided === undefined) return fail('stable', `${sequence} is stable at ${address}; no correct replica has executed it`); // prettier-ignore
    const { position, history, state } = decided;
    if (checkpointDigest(this.cryptography, { sequence, position, history, state }) !== digest)
      fail('states', `${short(digest)} is stable at ${address} for ${sequence}; that is not the state there`);
  }

  stepped({ address, now, before }: WatchedReplica, hash: () => string): void {
    const moved = now.executed !== before.executed || (before.installing && !now.installing);
    if (!moved || now.executed === 0 || now.installing) return;
    const decided = this.decided[now.executed - 1];
    const state = hash();
    if (decided?.state !== state || decided.position !== now.position)
      fail('states', `${address} executed through ${now.executed} and has state ${state} at ${now.position}; what was executed makes ${decided?.state} at ${decided?.position}`); // prettier-ignore
  }

  /** What correct replicas tell clients. */
  left({ address }: WatchedReplica, to: Address, message: Message): void {
    if (message.kind !== 'reply' || message.answer.kind !== 'results') return;
    const { client, session, sequence, answer } = message;
    const { whole } = answer.signed.statement;
    if (!whole && session === 0) return;
    const known = this.answers.get(`${to} ${client} ${session} ${sequence}`);
    const said = textOf(answer.results);
    if (known?.has(said) !== true && (whole || said !== acknowledged))
      fail('answered', `${address} answers ${to} ${session}/${sequence} what was not the result`);
  }

  /** What was read in one round trip is in no order; histories judge it. */
  believed({ asked, results }: ReplyCertificate): void {
    if (asked.kind === 'read') return;
    const { signed } = asked;
    const known = this.answers.get(nameOf(signed.signer, signed));
    const said = textOf(results);
    if (known?.has(said) !== true && said !== acknowledged)
      fail('believed', `${signed.signer} believes an answer to ${signed.statement.session}/${signed.statement.sequence} that no correct replica gave`); // prettier-ignore
  }
}

/** What a batch is answered whose answer the client has let go. */
const acknowledged = textOf(batchCodec.encodeSessionError('alreadyAcknowledged'));

const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function nameOf(user: Address, { statement: { client, session, sequence } }: Signed<Command>): string {
  return `${user} ${client} ${session} ${sequence}`;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
