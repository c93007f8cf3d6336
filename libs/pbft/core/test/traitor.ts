import { Batch, nullBatch } from '@synod/pbft-core';
import type { Command, Message, PreparedCertificate, Proposal, Signed, ViewChangeClaim, Vote } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import type { Dice } from './dice.js';
import type { Group } from './group.js';
import { beginning, complaint, cryptography, newView, primaryOf, viewChange } from './saying.js';

/**
 * A member that does whatever may hurt, with its own key only: it votes for two sides, proposes two batches for a place, conceals
 * what prepared, repeats what is old, tells of checkpoints that are none, and sometimes does what it should, so that others count
 * on it.
 */
export class Traitor {
  private readonly seen: Message[] = [];
  private readonly proposals = new Map<string, { readonly signed: Signed<Proposal>; readonly batch: Batch }>();
  private readonly prepares = new Map<string, Signed<Vote<'prepare'>>[]>();
  private readonly changes: Signed<ViewChangeClaim>[] = [];
  private readonly requests: Signed<Command>[] = [];
  private view = 0;
  acts = 0;

  constructor(
    private readonly name: string,
    private readonly group: Group,
    private readonly dice: Dice,
  ) {
    group.betray(name, (from, message) => this.hear(from, message));
  }

  hear(from: string, message: Message): void {
    this.remember(message);
    if (message.kind === 'hello' || message.kind === 'fetch' || message.kind === 'fetchChunk')
      this.answer(from, message);
    if (this.dice.chance(0.5)) this.playAlong(message);
    if (!this.dice.chance(0.15)) return;
    this.acts++;
    const acts = [this.replay, this.vote, this.propose, this.checkpoint, this.changeView, this.beginView, this.status];
    this.dice.of(acts).call(this);
  }

  private remember(message: Message): void {
    this.seen.push(message);
    if (this.seen.length > 300) this.seen.shift();
    if (message.kind === 'request') this.requests.push(message.signed);
    if (message.kind === 'status') this.view = Math.max(this.view, message.view);
    if (message.kind === 'viewChange') this.changes.push(message.signed);
    if (message.kind === 'prePrepare') {
      const { view, sequence } = message.signed.statement;
      this.proposals.set(`${view} ${sequence}`, message);
      this.requests.push(...message.batch.requests);
    }
    if (message.kind === 'prepare') {
      const { view, sequence, digest } = message.signed.statement;
      const key = `${view} ${sequence} ${digest}`;
      this.prepares.set(key, [...(this.prepares.get(key) ?? []), message.signed]);
    }
  }

  /** What a correct member would do. */
  private playAlong(message: Message): void {
    if (message.kind !== 'prePrepare') return;
    const { view, sequence, digest } = message.signed.statement;
    for (const type of ['prepare', 'commit'] as const) this.toAll(this.order(type, view, sequence, digest));
  }

  private replay(): void {
    const message = this.dice.of(this.seen);
    for (const to of this.group.names) if (this.dice.chance(0.5)) this.send(to, message);
  }

  private vote(): void {
    const known = [...this.proposals.values()];
    if (known.length === 0) return;
    const { view, sequence, digest } = this.dice.of(known.slice(-10)).signed.statement;
    const other = this.dice.of(known.slice(-10)).signed.statement.digest;
    const type = this.dice.of(['prepare', 'commit'] as const);
    const off = this.dice.of([0, 0, 0, 1, -1]);
    const truth = this.order(
      type,
      Math.max(0, view + off),
      Math.max(1, sequence + this.dice.of([0, 0, 1, -1])),
      digest,
    );
    const lie = this.order(type, view, sequence, other);
    for (const to of this.group.names) this.send(to, this.dice.chance(0.5) ? truth : lie);
  }

  /** Two batches for one place, each to some. */
  private propose(): void {
    const view = this.view;
    if (this.primaryOf(view) !== this.name) return;
    const sequence =
      1 +
      Math.max(0, ...[...this.proposals.values()].map(({ signed }) => signed.statement.sequence)) -
      this.dice.below(3);
    const batches = [this.batch(), this.dice.chance(0.7) ? this.batch() : nullBatch];
    const made = batches.map((batch): Message => {
      const { digest } = batch.identity(cryptography);
      const signed = cryptographyOf(this.name).sign({
        type: 'prePrepare',
        view,
        sequence: Math.max(1, sequence),
        digest,
      });
      return { kind: 'prePrepare', signed, batch };
    });
    for (const to of this.group.names) this.send(to, this.dice.of(made));
    for (const message of made) this.remember(message);
  }

  private batch(): Batch {
    const count = this.dice.below(3) + 1;
    return this.requests.length === 0
      ? nullBatch
      : new Batch(Array.from({ length: count }, () => this.dice.of(this.requests)));
  }

  private checkpoint(): void {
    const sequence = 5 * (1 + this.dice.below(20));
    const type = this.dice.of(['checkpoint', 'snapshot'] as const);
    for (const to of this.group.names) {
      const digest = cryptography.digest(Uint8Array.of(this.dice.below(2)));
      const signed = cryptographyOf(this.name).sign({ type, sequence, digest });
      this.send(to, { kind: type, signed } as Message);
    }
  }

  /** Asks for another view, and shows some of what prepared, or what did not. */
  private changeView(): void {
    const view = this.view + 1 + this.dice.below(3);
    const shown = [...this.proposals.values()].slice(-8).filter(() => this.dice.chance(0.5));
    const certificates = shown
      .map(({ signed }) => this.certificate(signed))
      .filter(({ proposal }) => proposal.statement.view < view);
    certificates.sort((a, b) => a.proposal.statement.sequence - b.proposal.statement.sequence);
    const stable = this.changes.at(-1)?.statement.stable ?? beginning;
    this.toAll(viewChange(this.name, view, certificates, this.dice.chance(0.5) ? stable : beginning));
  }

  private certificate(proposal: Signed<Proposal>): PreparedCertificate {
    const { view, sequence, digest } = proposal.statement;
    const known = this.prepares.get(`${view} ${sequence} ${digest}`) ?? [];
    const own = cryptographyOf(this.name).sign({ type: 'prepare', view, sequence, digest });
    const bySigner = new Map([...known, own].map((each) => [each.signer, each]));
    bySigner.delete(proposal.signer);
    return { proposal, prepares: [...bySigner.values()] };
  }

  private beginView(): void {
    const view = this.view + this.dice.below(2);
    if (view === 0 || this.primaryOf(view) !== this.name) return;
    const own = viewChange(this.name, view).signed;
    const bySigner = new Map(
      [...this.changes.filter(({ statement }) => statement.view === view), own].map((each) => [each.signer, each]),
    );
    const named = this.group.names.flatMap((name) => bySigner.get(name) ?? []);
    const proper = newView(view, named, undefined, this.name);
    const { proposals } = proper.signed.statement;
    const short = newView(view, named, proposals.slice(0, this.dice.below(proposals.length + 1)), this.name);
    for (const to of this.group.names) {
      this.send(to, { kind: 'viewChange', signed: own });
      this.send(to, this.dice.chance(0.5) ? proper : short);
    }
  }

  private status(): void {
    const { dice } = this;
    this.toAll({
      kind: 'status',
      view: Math.max(0, this.view + dice.of([0, 0, 1, -1, 1000])),
      active: dice.chance(0.7),
      stable: dice.below(60),
      executed: dice.of([0, dice.below(60), 2 ** 50]),
      snapshot: 0,
      floor: dice.of([0, 50]),
      open: [{ sequence: 1 + dice.below(50), hasProposal: false, prepares: [], commits: [] }],
      batches: [],
      viewChanges: [],
      heard: [],
      prepared: dice.of([0, dice.below(60), 2 ** 50]),
    });
    this.toAll(complaint(this.name, this.view, this.acts));
  }

  private answer(to: string, message: Message): void {
    if (message.kind === 'fetch' && this.dice.chance(0.7)) {
      const count = Math.min(3, message.through - message.from + 1);
      const digests = message.what === 'digests' ? Array.from({ length: count }, () => 'ab'.repeat(32)) : [];
      const batches = message.what === 'batches' ? [this.batch()] : [];
      this.send(to, { kind: 'history', first: message.from, digests, batches });
    }
    if (message.kind === 'hello') {
      const claim = {
        type: 'standing',
        to,
        nonce: message.signed.statement.nonce,
        incarnation: 1,
        standing: 'empty',
        founder: true,
      } as const;
      const signed = cryptographyOf(this.name).sign({ ...claim, view: 0, stable: 0 });
      this.send(to, { kind: 'helloReply', signed, stable: beginning });
    }
  }

  private primaryOf(view: number): string {
    return primaryOf(view, this.group.names.length);
  }

  private order(type: 'prepare' | 'commit', view: number, sequence: number, digest: string): Message {
    return { kind: type, signed: cryptographyOf(this.name).sign({ type, view, sequence, digest }) } as Message;
  }

  private toAll(message: Message): void {
    for (const to of this.group.names) this.send(to, message);
  }

  private send(to: string, message: Message): void {
    if (to !== this.name) this.group.post(this.name, to, message);
  }
}
