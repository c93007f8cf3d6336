import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess, undoAtTheEnd } from '@synod/process-group';

export interface Member {
  readonly name: string;
  readonly command: readonly string[];
}

/** Processes of a peer in a temporary directory of their own. */
export class Cluster {
  readonly directory: string;
  private readonly remove: () => void;
  private readonly members = new Map<
    string,
    { readonly process: ManagedProcess; readonly command: readonly string[] }
  >();

  constructor(system: string) {
    const directory = (this.directory = mkdtempSync(join(tmpdir(), `synod-bench-${system}-`)));
    this.remove = undoAtTheEnd(() => rmSync(directory, { recursive: true, force: true }));
  }

  run({ name, command }: Member): void {
    this.members.set(name, { process: new ManagedProcess(name, join(this.directory, `${name}.log`)), command });
    this.start(name);
  }

  /** Again, after it was killed. */
  start(name: string): void {
    const { process: member, command } = this.members.get(name)!;
    member.start(command, { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` });
  }

  get names(): readonly string[] {
    return [...this.members.keys()];
  }

  process(name: string): ManagedProcess {
    return this.members.get(name)!.process;
  }

  /** Throws, with the end of its log, when one has ended by itself. */
  requireAlive(): void {
    for (const { process: member } of this.members.values()) {
      if (member.isAlive) continue;
      throw new Error(`${member.name} has ended:\n${member.log().slice(-1500)}`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.members.values()].map(({ process: member }) => member.kill()));
    this.remove();
  }
}
