import type { Address } from '@synod/actor';
import type { Message, RaftVocabulary, Read, Reply, Request } from '@synod/raft-core';
import type { Random, Scheduled, World } from '@synod/simulator';
import type { Operation } from './history.js';
import { RegisterService } from './register-service.js';

/** What the clients of a run share. */
export interface ClientGround {
  readonly world: World<RaftVocabulary>;
  readonly members: readonly Address[];
  readonly keys: readonly string[];
  readonly history: Operation[];
}

/**
 * One operation at a time: a write is repeated with the same bytes until it is answered, to whoever may lead now; a read
 * is asked anew. Between two operations it thinks.
 */
export class RegisterClient {
  completed = 0;
  private sequence = 0;
  private current: Operation | undefined;
  private message: Request | Read | undefined;
  private target: Address;
  private retry: Scheduled | undefined;
  private stopped = false;

  constructor(
    readonly address: Address,
    private readonly ground: ClientGround,
    private readonly random: Random,
    private readonly thinkMs: number,
  ) {
    this.target = random.pick(ground.members);
    ground.world.connect(address, (from, message) => this.onMessage(from, message));
  }

  /** Whether the present operation still waits for its answer. */
  get waiting(): boolean {
    return this.current !== undefined;
  }

  start(): void {
    this.ground.world.timeline.after(this.random.between(0, this.thinkMs), () => this.begin());
  }

  /** Begins no further operation. */
  stop(): void {
    this.stopped = true;
  }

  private begin(): void {
    if (this.stopped) return;
    const { random, ground } = this;
    const sequence = ++this.sequence;
    const key = random.pick(ground.keys);
    const kind = random.chance(0.5) ? 'write' : random.chance(0.9) ? 'read' : 'staleRead';
    const value = kind === 'write' ? `${this.address}-${sequence}` : undefined;
    const { now } = ground.world.timeline;
    this.current = { client: this.address, kind, key, value, startedAt: now, endedAt: undefined, version: undefined };
    ground.history.push(this.current);
    const client = this.address;
    if (value === undefined) {
      const level = kind === 'staleRead' ? 'stale' : 'linearizable';
      this.message = { kind: 'read', client, sequence, level, maxAgeMs: 0, queries: RegisterService.query(key) };
    } else {
      this.message = {
        kind: 'request',
        client,
        session: 1,
        sequence,
        bytes: RegisterService.write({ sequence, key, value }),
      };
    }
    this.send();
  }

  private send(): void {
    if (this.message === undefined) return;
    this.ground.world.say(this.address, this.target, this.message);
    // At times before the answer can be there: then the same request is under way twice.
    this.retryAfter(
      this.random.chance(0.05) ? 1 : this.random.between(300, 600),
      this.random.pick(this.ground.members),
    );
  }

  private retryAfter(delayMs: number, target: Address): void {
    if (this.retry !== undefined) this.retry.cancelled = true;
    this.retry = this.ground.world.timeline.after(delayMs, () => {
      this.target = target;
      this.ground.world.counters.count('client retries');
      // A read's late answer must not be taken for the answer to a later one.
      if (this.message?.kind === 'read') this.message = { ...this.message, sequence: ++this.sequence };
      this.send();
    });
  }

  private onMessage(_from: Address, message: Message): void {
    if (message.kind !== 'reply' || this.message === undefined || message.sequence !== this.message.sequence) return;
    const { answer } = message;
    if (answer.kind === 'refused') {
      this.ground.world.counters.count(`refused: ${answer.reason}`);
      return this.retryAfter(this.random.between(5, 50), answer.leader ?? this.random.pick(this.ground.members));
    }
    if (answer.kind === 'results') this.complete(answer);
  }

  private complete({ results }: Extract<Reply['answer'], { kind: 'results' }>): void {
    const operation = this.current!;
    const { world } = this.ground;
    operation.endedAt = world.timeline.now;
    if (operation.kind === 'write') operation.version = RegisterService.version(results);
    else {
      const content = RegisterService.content(results);
      operation.value = content?.value;
      operation.version = content?.version ?? 0;
    }
    if (this.retry !== undefined) this.retry.cancelled = true;
    this.current = undefined;
    this.message = undefined;
    this.completed++;
    world.counters.count('client operations');
    world.timeline.after(this.random.between(0, this.thinkMs), () => this.begin());
  }
}
