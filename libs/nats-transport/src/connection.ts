import { errors } from '@nats-io/transport-node';
import type { Msg, NatsConnection, Status, Subscription } from '@nats-io/transport-node';
import type { Address } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import type { ConnectOptions } from './connect.js';
import { emptyStatistics, isReported } from './connection-status.js';
import type { ConnectionStatistics, ConnectionStatus } from './connection-status.js';
import { interceptParser, socketOf } from './nats-internals.js';
import type { Redial } from './redial.js';
import { Sluice } from './sluice.js';
import { HEADER_ROOM, writeTrace } from './trace-headers.js';

const DEFAULT_MAX_PENDING_BYTES = 8_388_608;
/** The server is asked so often what it has taken. */
const CHECKPOINT_BYTES = 262_144;
/** What a message takes beside subject and payload: verb, sizes, line ends, our own records of it. */
const MESSAGE_OVERHEAD_BYTES = 32;
const DRAIN_TIMEOUT_MS = 1000;

/** A running subscription; it outlives reconnects, and the server's closing it. */
export interface Listening {
  stop(): void;
}

interface Listener {
  readonly pattern: string;
  readonly deliver: (message: Msg) => void;
  subscription: Subscription;
}

/**
 * A nats.js connection without its traps: a throwing handler does not deafen it, a dead socket is thrown away even when
 * it takes no more bytes, and what the network cannot take is dropped and counted, never gathered. Made by `connectAs`.
 */
export class Connection {
  readonly statistics: Readonly<ConnectionStatistics>;
  private readonly counts = emptyStatistics();
  private readonly listeners = new Set<Listener>();
  private readonly maxPendingBytes: number;
  private maxPayload: number;
  private up = true;
  private congested = false;
  /** Bytes ever given to nats.js; those of them that the server has taken; those it has been asked about. */
  private sent = 0;
  private taken = 0;
  private asked = 0;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly nats: NatsConnection,
    private readonly options: Pick<ConnectOptions, 'maxPendingBytes' | 'onStatus'>,
    private readonly redial: Redial,
  ) {
    this.statistics = this.counts;
    this.maxPendingBytes = options.maxPendingBytes ?? DEFAULT_MAX_PENDING_BYTES;
    this.maxPayload = nats.info?.max_payload ?? 0;
    void this.followStatus();
    this.report({ kind: 'connected', server: nats.getServer() });
  }

  get connected(): boolean {
    return this.up;
  }

  /** Bytes that are not known to be taken: the server is asked in steps, so at rest up to one of them stays. */
  get pendingBytes(): number {
    return this.sent - this.taken;
  }

  /**
   * Never throws and never blocks. False when the message was surely not sent; true promises nothing, as ever in core
   * NATS. `payload` must not change before the next turn of the event loop.
   */
  publish(subject: string, payload: Uint8Array, context?: TraceContext): boolean {
    if (!this.up) {
      this.counts.lostWhileDisconnected++;
      return false;
    }
    if (this.sent - this.taken > this.maxPendingBytes) return this.dropCongested();
    const headers = context && writeTrace(context);
    if (payload.length + (headers ? HEADER_ROOM : 0) > this.maxPayload) return this.refuseToSend();
    try {
      if (headers) this.nats.publish(subject, payload, { headers });
      else this.nats.publish(subject, payload);
    } catch {
      return this.refuseToSend();
    }
    this.counts.published++;
    this.counts.publishedBytes += payload.length;
    this.sent += payload.length + subject.length + MESSAGE_OVERHEAD_BYTES;
    if (this.sent - this.asked >= CHECKPOINT_BYTES) this.askWhatWasTaken();
    return true;
  }

  /** `deliver` gets nats.js's message; its data are valid only during the call. What it throws is counted and reported. */
  subscribe(pattern: string, deliver: (message: Msg) => void): Listening {
    const listener: Listener = { pattern, deliver, subscription: this.open(pattern, deliver) };
    this.listeners.add(listener);
    return {
      stop: () => {
        this.listeners.delete(listener);
        if (!this.nats.isClosed()) listener.subscription.unsubscribe();
      },
    };
  }

  /**
   * From now on the connection takes turns with others, and leaves out those of whom too much is refused. To be called before
   * the first subscription. `prefix` is what all subjects begin with, up to the group.
   */
  sluice(prefix: string, dropped: (from: Address, count: number) => void): Sluice {
    const sluice = new Sluice({
      prefix,
      now: () => performance.now(),
      usedMs: () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      },
      soon: (run) => void setImmediate(run),
      pause: () => socketOf(this.nats)?.pause(),
      resume: () => socketOf(this.nats)?.resume(),
      broken: (error) => this.parserFailed(error),
      dropped,
    });
    interceptParser(this.nats, (parse) => sluice.begin(parse));
    return sluice;
  }

  /** For the self-probe: what was heard is not what should be. */
  restart(sign: 'ping' | 'echo'): void {
    this.report({ kind: 'unresponsive', sign });
    this.destroySocket();
  }

  /** Sends what is under way, within a second, then closes. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    if (this.up) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, DRAIN_TIMEOUT_MS)));
      await Promise.race([this.nats.drain().catch(() => undefined), late]);
      clearTimeout(timer);
    }
    this.up = false;
    await this.nats.close();
    this.destroySocket();
  }

  private open(pattern: string, deliver: (message: Msg) => void): Subscription {
    return this.nats.subscribe(pattern, {
      callback: (error, message) => {
        // A refused subscription arrives as `error`, and in the status, where it is reported.
        if (error) return;
        this.counts.received++;
        this.counts.receivedBytes += message.data.length;
        // What is thrown here would end nats.js's read loop: connected, but deaf for good.
        try {
          deliver(message);
        } catch (thrown) {
          this.handlerFailed(thrown);
        }
      },
    });
  }

  private handlerFailed(error: unknown): void {
    const failures = ++this.counts.handlerFailures;
    if (isReported(failures)) this.report({ kind: 'handlerFailed', failures, error });
  }

  private parserFailed(error: unknown): void {
    this.report({ kind: 'serverError', message: error instanceof Error ? error.message : String(error) });
    this.destroySocket();
  }

  private dropCongested(): false {
    this.counts.droppedCongested++;
    if (!this.congested) {
      this.congested = true;
      this.report({ kind: 'congested', pendingBytes: this.sent - this.taken });
    }
    return false;
  }

  /** Counts what has no subject to be sent under. */
  refuseToSend(): false {
    this.counts.refusedToSend++;
    return false;
  }

  /** nats.js shows no back-pressure. The server's PONG comes after it has read all that was sent before the PING. */
  private askWhatWasTaken(): void {
    const mark = (this.asked = this.sent);
    this.nats.flush().then(
      () => this.took(mark),
      () => undefined,
    );
  }

  private took(mark: number): void {
    if (mark > this.taken) this.taken = mark;
    if (this.sent - this.taken <= this.maxPendingBytes) this.congested = false;
  }

  private async followStatus(): Promise<void> {
    for await (const status of this.nats.status()) this.onStatus(status);
  }

  private onStatus(status: Status): void {
    switch (status.type) {
      case 'disconnect':
        this.up = false;
        // nats.js has thrown away what it held.
        this.took((this.asked = this.sent));
        return this.report({ kind: 'disconnected', server: status.server });
      case 'reconnect':
        this.onReconnected();
        return this.report({ kind: 'connected', server: status.server });
      case 'staleConnection':
        // nats.js waits here until the socket has taken its last bytes, which a stopped server never lets happen.
        return this.restart('ping');
      case 'error':
        return this.onError(status.error);
      case 'close':
        return this.report({ kind: 'closed' });
      default:
        return;
    }
  }

  private onReconnected(): void {
    if (this.closing) return;
    this.up = true;
    this.redial.letIn();
    this.counts.reconnects++;
    this.maxPayload = this.nats.info?.max_payload ?? this.maxPayload;
    // One that the server refused is closed for good, as far as nats.js is concerned; the server may think better of it.
    for (const listener of this.listeners) {
      if (listener.subscription.isClosed()) listener.subscription = this.open(listener.pattern, listener.deliver);
    }
  }

  private onError(error: Error): void {
    if (error instanceof errors.PermissionViolationError) {
      this.counts.permissionViolations++;
      return this.report({ kind: 'permissionViolation', operation: error.operation, subject: error.subject });
    }
    if (/slow consumer/i.test(error.message)) return this.report({ kind: 'slowConsumer' });
    if (!this.up) return this.refused(error);
    this.report({ kind: 'serverError', message: error.message });
  }

  private refused({ message }: Error): void {
    const times = this.redial.refused();
    if (isReported(times)) this.report({ kind: 'refused', times, message });
  }

  private report(status: ConnectionStatus): void {
    try {
      this.options.onStatus?.(status);
    } catch {
      // Whoever listens to our troubles must not add to them.
    }
  }

  /** nats.js's own `reconnect` flushes first, and waits for ever if it cannot. */
  private destroySocket(): void {
    socketOf(this.nats)?.destroy();
  }
}
