import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** One process of the stack. */
export interface Program {
  readonly name: string;
  /** What it is one of. */
  readonly app: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly log: string;
}

const RESTART_AFTER_MS = 1500;
const STOP_WITHIN_MS = 12_000;

/**
 * Keeps programs running. Each holds one end of a pipe as its stdin and stops when the other end closes, so none outlives
 * the launcher, however that ends. A program that ends by itself is started again.
 */
export class Supervisor {
  private readonly children = new Map<string, ChildProcess>();
  private stopping = false;
  /** Programs that are not started again for now, and those of them that have ended. */
  private readonly held = new Map<string, Program | undefined>();

  /** `changed` is told whenever a program has another pid. */
  constructor(
    private readonly tell: (line: string) => void,
    private readonly changed: () => void,
  ) {}

  pidOf(name: string): number | undefined {
    return this.children.get(name)?.pid;
  }

  /** When it ends, it stays away until it is released. */
  hold(name: string): void {
    this.held.set(name, undefined);
  }

  release(name: string): void {
    const program = this.held.get(name);
    this.held.delete(name);
    if (program !== undefined && !this.stopping) this.start(program);
  }

  start(program: Program): void {
    const log = openSync(program.log, 'a', 0o600);
    const child = spawn(program.command, [...program.args], {
      stdio: ['pipe', log, log],
      env: { ...process.env, ...program.environment },
      detached: true, // a terminal's Ctrl-C reaches the launcher only, which stops all in order
    });
    closeSync(log);
    child.stdin?.on('error', () => undefined);
    this.children.set(program.name, child);
    this.changed();
    child.once('error', (error) => this.tell(`${program.name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => this.ended(program, child, code, signal));
  }

  private ended(program: Program, child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.children.get(program.name) === child) this.children.delete(program.name);
    if (this.stopping) return;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (code === 2) return this.tell(`${program.name} is wrongly configured; see ${program.log}`);
    if (this.held.has(program.name)) {
      this.held.set(program.name, program);
      return this.tell(`${program.name} ${how} (log: ${program.log})`);
    }
    this.tell(`${program.name} ${how}; it starts again (log: ${program.log})`);
    setTimeout(() => {
      if (!this.stopping) this.start(program);
    }, RESTART_AFTER_MS);
  }

  /** Stops the named ones together, in the order of the groups. */
  async stop(...groups: readonly (readonly string[])[]): Promise<void> {
    this.stopping = true;
    for (const names of groups) await Promise.all(names.map((name) => this.stopOne(name)));
  }

  private stopOne(name: string): Promise<void> {
    const child = this.children.get(name);
    if (!child || child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      child.once('exit', () => {
        clearTimeout(late);
        resolve();
      });
      child.kill('SIGCONT'); // it may have been paused by hand
      child.kill('SIGTERM');
    });
  }
}
