import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { undoAtTheEnd } from './last-resort.js';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One program that can be started again after it ended; its output goes to one log file over all its lives. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private forget: () => void = () => undefined;

  constructor(
    readonly name: string,
    readonly logPath: string,
  ) {}

  /**
   * `command` is a program and its arguments. What a command is prefixed with must become the program (exec), as `nice`,
   * `ip netns exec` and `strace -D` do: signals are for the program.
   */
  start(command: readonly string[], environment: Readonly<Record<string, string>>): void {
    if (this.isAlive) throw new Error(`${this.name} runs already, as process ${this.pid}`);
    this.forget();
    const log = openSync(this.logPath, 'a', 0o600);
    // Its own process group: a terminal's Ctrl-C reaches only us, and we end it.
    const child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', log, log], env: environment, detached: true });
    closeSync(log);
    child.on('error', () => undefined);
    child.stdin?.on('error', () => undefined);
    this.child = child;
    this.forget = undoAtTheEnd(() => void child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get isAlive(): boolean {
    const { child } = this;
    return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Undefined while it runs. */
  get ending(): Ending | undefined {
    if (!this.child || this.isAlive) return undefined;
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }

  /** SIGTERM, SIGKILL when that takes longer than `withinMs`. */
  async stop(withinMs = 10_000): Promise<Ending | undefined> {
    if (!this.isAlive) return this.ending;
    const late = setTimeout(() => this.signal('SIGKILL'), withinMs);
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    await this.ended();
    clearTimeout(late);
    return this.ending;
  }

  /** Resolves when it does not run, at once when it never did. */
  async ended(): Promise<void> {
    if (this.child && this.isAlive) await once(this.child, 'exit');
    if (!this.isAlive) this.forget();
  }

  /** What it has written so far, or the part after `from` characters. */
  log(from = 0): string {
    try {
      return readFileSync(this.logPath, 'utf8').slice(from);
    } catch {
      return '';
    }
  }
}
