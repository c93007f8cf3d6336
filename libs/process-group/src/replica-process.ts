import { join } from 'node:path';
import { ServiceProcess } from './service-process.js';
import type { Launch } from './service-process.js';

export interface ReplicaLaunch extends Launch {
  /** Another data directory than its own. */
  readonly data?: string;
}

/** One member of a group. */
export class ReplicaProcess extends ServiceProcess {
  constructor(
    name: string,
    logPath: string,
    program: string,
    prefix: readonly string[],
    settings: Readonly<Record<string, string>>,
    /** Where its data are unless a launch says otherwise. */
    readonly data: string,
  ) {
    super(name, logPath, program, prefix, settings);
  }

  override run({ data = this.data, environment, ...launch }: ReplicaLaunch = {}): void {
    super.run({ ...launch, environment: { SYNOD_DATA: data, ...environment } });
  }

  /** A second process with the same identity, which is a mistake: for seeing what it leads to. */
  twin(logPath: string): ReplicaProcess {
    return new ReplicaProcess(this.name, logPath, this.program, this.prefix, this.settings, this.data);
  }

  get journalDirectory(): string {
    return join(this.data, 'journal');
  }
}
