import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Recorder } from '@synod/linearizability';
import { Bundles, ManagedProcess, ProcessGroup, onLoopback, pause, poll } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import { isSigned, planGroup } from '@synod/topology';
import type { Protocol, RoleName } from '@synod/topology';
import { Disks } from './disks.js';
import type { Need } from './needs.js';
import { Network } from './network.js';
import type { Options } from './options.js';
import { Workload } from './workload.js';

/** While a majority is untouched nobody may wait longer than this. */
export const LONGEST_GAP_MS = 5_000;
/**
 * A leader that is cut off believes in itself for the longest of these, while the others wait for the shortest that one of them
 * drew. What it may tell nobody meanwhile shows only if that takes a while.
 */
const ELECTION_MS = '150-1000';
/** After the last fault is healed the group must serve within this time, and be whole within the next. */
export const SERVES_WITHIN_MS = 10_000;
export const WHOLE_WITHIN_MS = 45_000;

/** A user of its own, so that it is told from those whose requests count. */
export const flooder = { role: 'client', name: 'mallory' } as const;

/** As many as there are members of a role: each machine has one of each, and one machine may be away. */
const machinesOf = (protocol: Protocol): number => (isSigned(protocol) ? 4 : 3);
const FAULT_SECONDS = { short: 3, long: 30 };

/** A group on three machines, of PBFT on four, each with a nats-server of its own; their networks, the members' disks, and the clients at work. */
export class TestBed {
  private traces = 0;
  /** Programs beside the group's own. */
  readonly programs: Bundles;

  private constructor(
    readonly directory: string,
    readonly protocol: Protocol,
    readonly group: ProcessGroup,
    readonly workload: Workload,
    readonly random: Random,
    /** Where there are none, the faults that need them are skipped. */
    private readonly machine: { readonly network?: Network | undefined; readonly disks?: Disks | undefined },
    private readonly brief: boolean,
    /** Tells what is being done, for who watches. */
    readonly tell: (what: string) => void,
  ) {
    this.programs = new Bundles(directory);
  }

  /** `brief`: faults that last as long as one pleases last seconds. */
  static async create(
    directory: string,
    missing: ReadonlyMap<Need, string>,
    random: Random,
    { protocol, brief, program }: Options,
    tell: (what: string) => void,
  ): Promise<TestBed> {
    const made: Undoing[] = [];
    try {
      const machines = machinesOf(protocol);
      const network = missing.has('namespaces') ? undefined : keep(made, await Network.create(machines));
      const names = planGroup({ name: 'kv', protocol }).services.map(({ name }) => name);
      const disks = missing.has('images') ? undefined : keep(made, await Disks.create(join(directory, 'disks'), names));
      const started = await ProcessGroup.start({
        protocol,
        ...(program !== undefined && { program }),
        directory: madeDirectory(join(directory, 'group')),
        places: network?.places ?? Array.from({ length: machines }, () => onLoopback),
        environment: { SYNOD_SNAPSHOT_MIB: '1', UV_THREADPOOL_SIZE: '4', SYNOD_ELECTION_MS: ELECTION_MS },
        identities: [flooder],
        ...(disks && { dataOf: (name: string) => disks.dataOf(name) }),
      });
      const group = keep(made, started);
      const workload = await Workload.start(group, new Recorder(), random.fork('clients'));
      return new TestBed(directory, protocol, group, workload, random.fork('faults'), { network, disks }, brief, tell);
    } catch (error) {
      for (const one of made.reverse()) await one.close();
      throw error;
    }
  }

  get network(): Network {
    return this.machine.network ?? missingPart('network');
  }

  get machines(): number {
    return this.group.broker.servers.length;
  }

  get disks(): Disks {
    return this.machine.disks ?? missingPart('disks');
  }

  get replicas(): readonly ReplicaProcess[] {
    return this.group.replicas;
  }

  /** The leader as often as anybody. */
  async victim(): Promise<ReplicaProcess> {
    const leader = await this.group.leader();
    return this.random.chance(0.5) ? this.group.replica(leader) : this.random.pick(this.replicas);
  }

  /** Who may be gone at once without stopping the group: one of a role, and at times one of each other role as well. */
  async minority(): Promise<readonly ReplicaProcess[]> {
    const first = await this.victim();
    const others = this.group.roles.filter((role) => !this.group.namesOf(role).includes(first.name));
    const struck = others.filter(() => this.random.chance(0.5)).map((role) => this.anyOf(role));
    return [first, ...struck];
  }

  private anyOf(role: RoleName): ReplicaProcess {
    return this.group.replica(this.random.pick(this.group.namesOf(role)));
  }

  async follower(): Promise<ReplicaProcess> {
    const leader = await this.group.leader();
    return this.random.pick(this.replicas.filter(({ name }) => name !== leader));
  }

  /** Where a replica runs, and its NATS server. */
  machineOf(replica: ReplicaProcess): number {
    return this.replicas.indexOf(replica) % this.machines;
  }

  /** For a time between so many seconds; in a brief run three at most. */
  async wait(fromSeconds: number, toSeconds: number): Promise<void> {
    const most = this.brief ? FAULT_SECONDS.short : FAULT_SECONDS.long;
    const [from, to] = [Math.min(fromSeconds, most / 2), Math.min(toSeconds, most)];
    await pause(this.random.between(from, to) * 1000);
  }

  /** Resolves when the replica has ended by itself with code 1 and has said why; throws when it goes on. */
  async halts(replica: ReplicaProcess, why: RegExp, withinMs: number): Promise<string> {
    const complain = () => `${replica.name} still runs ${withinMs} ms after a fault that must stop it`;
    const { code, signal } = await poll(() => replica.ending, withinMs, complain);
    const said = why.exec(replica.lastLog)?.[0];
    if (code === 1 && said !== undefined) return said;
    const last = replica.lastLog.trim().split('\n').slice(-3).join('\n');
    throw new Error(`${replica.name} ended with ${code ?? signal} and did not say ${why}, but:\n${last}`);
  }

  /**
   * strace on the running replica until the returned function is called. `what` is strace's, such as `inject=…`; what it sees
   * goes to the file `seen`.
   */
  async trace(replica: ReplicaProcess, what: readonly string[], seen = '/dev/null'): Promise<() => Promise<void>> {
    const tracer = new ManagedProcess('strace', join(this.directory, `strace-${++this.traces}.log`));
    const expressions = what.flatMap((expression) => ['-e', expression]);
    const command = ['strace', '-f', '-q', '-y', '-o', seen, ...expressions, '-p', String(replica.pid)];
    tracer.start(command, { PATH: process.env['PATH'] ?? '' });
    await pause(200);
    if (!tracer.isAlive && replica.isAlive) throw new Error(`strace does not attach: ${tracer.log()}`);
    return async () => void (await tracer.stop());
  }

  /** As a supervisor does it. */
  restartEnded(): void {
    for (const replica of this.replicas) if (!replica.isAlive) replica.run();
  }

  /** Resolves when the replica is a full member again; one that ends on the way is started again. */
  async rejoins(replica: ReplicaProcess): Promise<void> {
    await this.group.until(
      `${replica.name} is active`,
      (states) => {
        this.restartEnded();
        return states.get(replica.name)?.standing === 'active' || undefined;
      },
      WHOLE_WITHIN_MS,
    );
  }

  /** The group serves again, and then is whole: all replicas full members with the same state. Pauses the clients. */
  async recover(): Promise<void> {
    this.restartEnded();
    await this.workload.advance(20, SERVES_WITHIN_MS);
    await this.workload.pause();
    await this.group.until(
      'all replicas are active and have the same state',
      (states) => {
        this.restartEnded();
        return this.group.commonState(states);
      },
      WHOLE_WITHIN_MS,
    );
    for (const { data } of this.replicas) removeDamaged(data);
  }

  async close(): Promise<void> {
    await this.workload.stop();
    await this.group.close();
    this.machine.network?.close();
    this.machine.disks?.close();
  }
}

/** What was set aside is an operator's to remove, once the replica has its state back. */
function removeDamaged(data: string): void {
  for (const name of readdirSync(data)) {
    if (name.startsWith('damaged-')) rmSync(join(data, name), { recursive: true });
  }
}

function madeDirectory(path: string): string {
  mkdirSync(path);
  return path;
}

/** What has been set up so far and must go again when the rest cannot be. */
interface Undoing {
  close(): void | Promise<void>;
}

function keep<T extends Undoing>(made: Undoing[], one: T): T {
  made.push(one);
  return one;
}

function missingPart(what: string): never {
  throw new Error(`this fault needs a ${what} of its own and does not say so`);
}
