import { openEnvelope } from './envelope.js';
import { DecodeError } from './wire-reader.js';

/** How one kind of message stands in its protocol's Envelope. */
export interface Format<M> {
  /** Field number of the body. */
  readonly field: number;
  /** The body for generated code. */
  body(message: M): object;
  /** Copies what it keeps. Throws `DecodeError`. */
  decode(body: Uint8Array): M;
}

interface Kinded {
  readonly kind: string;
}

export type Formats<M extends Kinded> = {
  readonly [K in M['kind']]: Format<Extract<M, { readonly kind: K }>>;
};

const heartbeat = 'heartbeat';

/** Messages between replicas: each kind has its own subject and its own place in the Envelope. */
export class PeerMessages<M extends Kinded> {
  /** The subjects' last tokens. */
  readonly subjects: ReadonlySet<string>;
  private readonly subjectOf: ReadonlyMap<string, string>;
  private readonly kindOfSubject: ReadonlyMap<string, M['kind']>;

  /**
   * `proposal` is the kind that carries the log. Without batches it has a subject of its own, so that taps and counters tell
   * heartbeats from entries.
   */
  constructor(
    private readonly formats: Formats<M>,
    private readonly version: number,
    private readonly Envelope: { encode(envelope: object): { finish(): Uint8Array } },
    private readonly proposal: M['kind'],
  ) {
    const kinds = Object.keys(formats) as M['kind'][];
    this.subjectOf = new Map(
      kinds.map((kind) => [kind, kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
    );
    this.kindOfSubject = new Map([
      ...kinds.map((kind) => [this.subjectOf.get(kind)!, kind] as const),
      [heartbeat, proposal],
    ]);
    this.subjects = new Set(this.kindOfSubject.keys());
  }

  subject(message: M): string {
    return this.isHeartbeat(message) ? heartbeat : this.subjectOf.get(message.kind)!;
  }

  encode(message: M): Uint8Array {
    const body = this.formatOf(message.kind).body(message);
    return this.Envelope.encode({ version: this.version, [message.kind]: body }).finish();
  }

  /** Undefined when no replica's message has that subject. */
  decode(subject: string, payload: Uint8Array): M | undefined {
    const kind = this.kindOfSubject.get(subject);
    if (kind === undefined) return undefined;
    const { field, decode } = this.formatOf(kind);
    const message = decode(openEnvelope(payload, this.version, field, kind));
    if (this.subject(message) !== subject) throw new DecodeError(`${kind} whose subject says otherwise`);
    return message;
  }

  private isHeartbeat(message: M): boolean {
    return (
      message.kind === this.proposal && (message as unknown as { batches: readonly unknown[] }).batches.length === 0
    );
  }

  /** TypeScript does not see that a message's kind chooses the format for just that kind. */
  private formatOf(kind: M['kind']): Format<M> {
    return (this.formats as { [K in M['kind']]: unknown })[kind] as Format<M>;
  }
}
