import { SynodError } from '@synod/client';
import type { KeyValueGroup, Trust } from '@synod/client';
import type { Bus } from '../bus/bus.js';
import type { Counters } from '../counters.js';
import type { Random } from '../random.js';
import type { Faults } from '../strike.js';
import { numberIn } from '../strike.js';
import type { Timeline } from '../timeline.js';
import { Violation } from '../violation.js';
import { ClientLife } from './client-life.js';
import type { Recorder } from './operations.js';

export interface WorkloadOptions {
  readonly bus: Bus;
  readonly timeline: Timeline;
  readonly counters: Counters;
  readonly random: Random;
  /** In which all that clients called and were answered is to stand. */
  readonly recorder: Recorder;
  readonly cluster: string;
  readonly group: string;
  /** What a user knows of a group whose replicas are believed by their signatures. */
  readonly trust?: (user: string) => Trust;
  /** Of each process, before it asks anything: for those who watch what clients believe. */
  readonly overhear?: (group: KeyValueGroup) => void;
  /** Processes, and NATS users of this name. */
  readonly clients: readonly string[];
  /** Operations that each process has under way at the same time, beside its session's. */
  readonly workers: number;
  readonly keys: readonly string[];
  /** Also transactions and ranges over several keys. Their history is judged as a whole, not key by key. */
  readonly multiKey: boolean;
  /** How long an operation is waited for: one of these. */
  readonly timeoutsMs: readonly number[];
  /** Between two operations of a worker, at most. */
  readonly thinkMs: number;
  /** So many operations are to be answered within that time, at a steady pace: who is behind does not think for long. */
  readonly pace: { readonly operations: number; readonly withinMs: number };
}

/** What all clients share. */
export interface Ground extends WorkloadOptions {
  /** An operation was answered. */
  answered(): void;
  isBehind(): boolean;
  /** A client threw what no fault explains. */
  failed(error: unknown): void;
}

/**
 * Clients of the key-value store, in processes of their own that come and go: the production client, its sessions and its
 * retries, against whatever group answers.
 */
export class Workload {
  private readonly ground: Ground;
  private readonly lives: ClientLife[] = [];
  /** Operations that were answered. */
  operations = 0;
  private begun = 0;
  private stopped = false;

  constructor(options: WorkloadOptions) {
    this.ground = {
      ...options,
      answered: () => {
        this.operations++;
        options.counters.count('client operations');
      },
      isBehind: () => !this.isOnPace,
      failed: (error) => options.timeline.fail(complaintOf(error)),
    };
  }

  /** How many operations of each client were answered in its present life. */
  get answered(): readonly number[] {
    return this.lives.map(({ answered }) => answered);
  }

  /** As many operations were answered as are due by now. */
  get isOnPace(): boolean {
    const { timeline, pace } = this.ground;
    return this.operations >= Math.min(1, timeline.now / pace.withinMs) * pace.operations;
  }

  get waiting(): boolean {
    return this.lives.some(({ pending }) => pending > 0);
  }

  start(): void {
    this.ground.clients.forEach((_, slot) => this.begin(slot));
  }

  /** Begins no more operations; those under way come to their end. */
  stop(): void {
    this.stopped = true;
    for (const life of this.lives) life.stop();
  }

  /** Once all is at rest: every key is read once more, into the history. */
  readEverything(): void {
    this.lives[0]!.readEverything();
  }

  /** Processes that end without a word, and others that take their place: with a new session, not knowing what became of the old. */
  get faults(): Faults {
    const { length } = this.ground.clients;
    return {
      kinds: {
        clientRestart: {
          counted: 'clients restarted',
          everyone: true,
          draw: (random) => ({ client: random.below(length) }),
          strike: (_target, detail) => {
            if (this.stopped) return undefined;
            const slot = numberIn(detail, 'client') % length;
            this.lives[slot]?.kill();
            this.begin(slot);
            return this.ground.clients[slot];
          },
        },
      },
      heal: () => undefined,
    };
  }

  private begin(slot: number): void {
    const user = this.ground.clients[slot]!;
    const name = `${user}.${++this.begun}`;
    const life = new ClientLife(this.ground, user, name, this.ground.random.fork(name));
    this.lives[slot] = life;
    life.start();
  }
}

/** What no fault explains is the group's mistake when the group said so, and ours otherwise. */
function complaintOf(error: unknown): Error {
  if (error instanceof SynodError)
    return new Violation('Only Faults Fail a Call', 'libs/api/src/errors.ts', `a client is told ${error.code}: ${error.message}`); // prettier-ignore
  return error instanceof Error ? error : new Error(String(error));
}
