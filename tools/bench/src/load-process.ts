import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { undoAtTheEnd } from '@synod/process-group';
import type { FromLoad, Order, Outage, Outcome, ToLoad } from './load/orders.js';
import type { LoadSettings } from './load/target.js';

const lateAfterMs = 120_000;

export interface Phases {
  /** The warm-up is over. Called within a fraction of a millisecond of it. */
  measuring(): void;
  /** All operations that are measured are answered. */
  measured(operations: number): void;
}

/** The other side of `load/main.ts`. */
export class LoadProcess {
  private readonly forget: () => void;
  private listener: (message: FromLoad) => void = () => undefined;
  private problem: string | undefined;
  private fail: (error: Error) => void = () => undefined;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    this.forget = undoAtTheEnd(() => void child.kill('SIGKILL'));
    child.on('message', (message: FromLoad) => this.take(message));
    child.on('exit', (code, signal) => {
      this.problem ??= `the load process of ${name} ended (${signal ?? code})`;
      this.fail(new Error(this.problem));
    });
  }

  /** Resolves when its client is connected. `program` is the bundled `load/main.ts`. */
  static async start(
    name: string,
    program: string,
    settings: LoadSettings,
    environment: Readonly<Record<string, string>>,
  ): Promise<LoadProcess> {
    const child = fork(program, [JSON.stringify(settings)], { env: environment, execArgv: [], stdio: 'inherit' });
    const load = new LoadProcess(name, child);
    await load.expect('ready', () => undefined);
    return load;
  }

  get pid(): number {
    return this.child.pid!;
  }

  async run(order: Order, phases: Phases): Promise<Outcome> {
    const done = this.expect('done', (message) => {
      if (message.kind === 'measuring') phases.measuring();
      if (message.kind === 'measured') phases.measured(message.operations);
    });
    this.send({ kind: 'run', order });
    return (await done).outcome;
  }

  async probe(writers: number, valueBytes: number): Promise<void> {
    const probing = this.expect('probing', () => undefined);
    this.send({ kind: 'probe', writers, valueBytes });
    await probing;
  }

  /** Resolves with the milliseconds from the kill to the next write acknowledged. */
  async outage(outage: Outage): Promise<number> {
    const recovered = this.expect('recovered', () => undefined);
    this.send({ kind: 'outage', outage });
    return (await recovered).afterMs;
  }

  async stop(): Promise<void> {
    if (this.problem === undefined) {
      const stopped = this.expect('stopped', () => undefined, 5000).catch(() => undefined);
      this.send({ kind: 'stop' });
      await stopped;
    }
    this.child.kill('SIGKILL');
    this.forget();
  }

  private send(message: ToLoad): void {
    this.child.send(message);
  }

  private take(message: FromLoad): void {
    if (message.kind === 'failed') this.fail(new Error(`${this.name}: ${message.message}`));
    else this.listener(message);
  }

  private expect<K extends FromLoad['kind']>(
    kind: K,
    other: (message: FromLoad) => void,
    withinMs = lateAfterMs,
  ): Promise<Extract<FromLoad, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${this.name}: still not ${kind} after ${withinMs / 1000} s`)),
        withinMs,
      );
      const settle = (settled: () => void) => {
        clearTimeout(late);
        this.fail = () => undefined;
        this.listener = () => undefined;
        settled();
      };
      this.fail = (error) => settle(() => reject(error));
      if (this.problem !== undefined) return this.fail(new Error(this.problem));
      this.listener = (message) => {
        if (message.kind === kind) settle(() => resolve(message as Extract<FromLoad, { kind: K }>));
        else other(message);
      };
    });
  }
}
