import type { Deliver, Delivery, TraceContext, Transport } from '@synod/actor-host';
import { REPORT } from '@synod/nats-transport';

/** What the admin may ask a replica: one kind of message each, JSON in, JSON out. */
export interface AdminQuestions {
  status(): unknown;
  /** Throws an Error that says what is wrong with the question. */
  fault(question: unknown): unknown;
  /** Throws likewise. */
  evidence(question: unknown): unknown;
  /** Throws likewise. */
  'log-level'(question: unknown): unknown;
  /** Throws likewise. */
  registers(question: unknown): unknown;
}

type Asked = keyof AdminQuestions;
const asked: ReadonlySet<string> = new Set<Asked>(['status', 'fault', 'evidence', 'log-level', 'registers']);

const clientToken = /^[a-z0-9-]{1,32}$/;
/** An answer holds all that a replica knows of itself, and is made at once: nobody needs more of them in a second. */
export const answersMost = 100;
const withinMs = 1000;

/**
 * Answers the admin before the actor sees anything; everything else passes. The server lets nobody else ask but members,
 * which may send whatever they like as themselves: they have nothing to ask here.
 */
export class AdminDoor implements Transport {
  private since = -Infinity;
  /** In this second, by who asked. */
  private readonly answers = new Map<string, number>();

  constructor(
    private readonly inner: Transport,
    private readonly members: ReadonlySet<string>,
    private readonly questions: AdminQuestions,
    private readonly now: () => number = () => performance.now(),
  ) {}

  publish(to: string, kind: string, payload: Uint8Array, context?: TraceContext): void {
    this.inner.publish(to, kind, payload, context);
  }

  listen(deliver: Deliver): void {
    this.inner.listen((delivery) => {
      const { kind, from } = delivery;
      if (!asked.has(kind) || this.members.has(from)) return deliver(delivery);
      if (!this.mayAnswer(from)) return false;
      this.answer(delivery, kind as Asked);
      return true;
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private mayAnswer(from: string): boolean {
    const now = this.now();
    if (now - this.since >= withinMs) {
      this.since = now;
      this.answers.clear();
    }
    const count = (this.answers.get(from) ?? 0) + 1;
    this.answers.set(from, count);
    return count <= answersMost;
  }

  private answer({ from, payload }: Delivery, kind: Asked): void {
    const question = parse(payload);
    if (question === undefined || typeof question['client'] !== 'string' || !clientToken.test(question['client']))
      return;
    let answer: unknown;
    try {
      answer = this.questions[kind](question);
    } catch (error) {
      answer = { error: (error as Error).message };
    }
    this.inner.publish(from, `${REPORT}.${question['client']}`, Buffer.from(JSON.stringify(answer)));
  }
}

function parse(payload: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  if (payload.length > 4096) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
