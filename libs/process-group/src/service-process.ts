import { readFileSync } from 'node:fs';
import { searchPath } from './broker.js';
import { ManagedProcess } from './managed-process.js';

/** How a service is run; what is not given stays as its settings say. */
export interface Launch {
  /** A program to run it under, with its arguments, such as `strace -D …`; it must exec. */
  readonly under?: readonly string[];
  /** Options of Node. */
  readonly node?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Another bundled main than its own. */
  readonly program?: string;
}

/** One service as a process: a member of a group, or the gateway in front of it. */
export class ServiceProcess extends ManagedProcess {
  private startedAtCharacter = 0;

  constructor(
    name: string,
    logPath: string,
    /** The bundled main. */
    protected readonly program: string,
    protected readonly prefix: readonly string[],
    protected readonly settings: Readonly<Record<string, string>>,
  ) {
    super(name, logPath);
  }

  run({ under = [], node = [], environment = {}, program = this.program }: Launch = {}): void {
    this.startedAtCharacter = this.log().length;
    const settings = { PATH: searchPath(), ...this.settings, ...environment };
    this.start([...this.prefix, ...under, process.execPath, ...node, program], settings);
  }

  /** What it has written since it was last started. */
  get lastLog(): string {
    return this.log(this.startedAtCharacter);
  }

  /** Where it serves /livez, /readyz and /metrics; undefined while it does not. */
  get httpPort(): number | undefined {
    const [, port] = /"http":(\d+)/.exec(this.lastLog) ?? [];
    return port === undefined ? undefined : Number(port);
  }

  /** The values of one of its metrics, by the text of their labels. */
  async metric(name: string): Promise<ReadonlyMap<string, number>> {
    const answer = await fetch(`http://127.0.0.1:${this.httpPort}/metrics`);
    const lines = (await answer.text()).split('\n').filter((line) => line.startsWith(`${name}{`));
    const values = lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(name.length, space), Number(line.slice(space))] as const;
    });
    return new Map(values);
  }

  /** Resident memory, as the kernel counts it. */
  get rssMiB(): number {
    const [, kiB] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return Number(kiB) / 1024;
  }
}
