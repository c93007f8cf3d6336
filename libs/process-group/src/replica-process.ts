import { join } from 'node:path';
import { searchPath } from './broker.js';
import { ManagedProcess } from './managed-process.js';

/** How a replica is run; what is not given stays as the group says. */
export interface Launch {
  /** A program to run it under, with its arguments, such as `strace -D …`; it must exec. */
  readonly under?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its data directory. */
  readonly data?: string;
}

/** One replica of a group. */
export class ReplicaProcess extends ManagedProcess {
  private startedAtCharacter = 0;

  constructor(
    name: string,
    logPath: string,
    /** The bundled main. */
    private readonly program: string,
    private readonly prefix: readonly string[],
    private readonly settings: Readonly<Record<string, string>>,
    /** Where its data are unless a launch says otherwise. */
    readonly data: string,
  ) {
    super(name, logPath);
  }

  run({ under = [], environment = {}, data = this.data }: Launch = {}): void {
    this.startedAtCharacter = this.log().length;
    this.start([...this.prefix, ...under, process.execPath, this.program], {
      PATH: searchPath(),
      ...this.settings,
      SYNOD_DATA: data,
      ...environment,
    });
  }

  /** A second process with the same identity, which is a mistake: for seeing what it leads to. */
  twin(logPath: string): ReplicaProcess {
    return new ReplicaProcess(this.name, logPath, this.program, this.prefix, this.settings, this.data);
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

  get journalDirectory(): string {
    return join(this.data, 'journal');
  }
}
