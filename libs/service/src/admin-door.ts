import type { Delivery, TraceContext, Transport } from '@synod/actor-host';
import { REPORT } from '@synod/nats-transport';

/** What the admin may ask a replica: one kind of message each, JSON in, JSON out. */
export interface AdminQuestions {
  status(): unknown;
  /** Throws an Error that says what is wrong with the question. */
  fault(question: unknown): unknown;
}

const clientToken = /^[a-z0-9-]{1,32}$/;

/**
 * Answers the admin before the actor sees anything; everything else passes. The server lets nobody else ask but members,
 * which may send whatever they like as themselves: they have nothing to ask here.
 */
export class AdminDoor implements Transport {
  constructor(
    private readonly inner: Transport,
    private readonly members: ReadonlySet<string>,
    private readonly questions: AdminQuestions,
  ) {}

  publish(to: string, kind: string, payload: Uint8Array, context?: TraceContext): void {
    this.inner.publish(to, kind, payload, context);
  }

  listen(deliver: (delivery: Delivery) => void): void {
    this.inner.listen((delivery) => {
      const { kind, from } = delivery;
      if ((kind === 'status' || kind === 'fault') && !this.members.has(from)) this.answer(delivery, kind);
      else deliver(delivery);
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private answer({ from, payload }: Delivery, kind: 'status' | 'fault'): void {
    const question = parse(payload);
    if (question === undefined || typeof question['client'] !== 'string' || !clientToken.test(question['client']))
      return;
    let answer: unknown;
    try {
      answer = kind === 'status' ? this.questions.status() : this.questions.fault(question);
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
