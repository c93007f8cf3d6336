import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram, undoAtTheEnd } from '@synod/process-group';
import { flood, flooder } from './floods.js';
import type { FloodKind } from './floods.js';
import { LoadProcess } from './load-process.js';
import { SpanSink } from './span-sink.js';
import { Etcd } from './systems/etcd.js';
import { JetStream } from './systems/jetstream.js';
import { findEtcd, findNatsServer, findStrace, findSyncingNatsServer } from './systems/programs.js';
import type { Program } from './systems/programs.js';
import { Synod } from './systems/synod.js';
import type { SynodOptions } from './systems/synod.js';
import type { System } from './systems/system.js';

/** One row of a table: a store and a way of talking to it. */
export interface Contender {
  readonly name: string;
  readonly system: System;
  readonly load: LoadProcess;
}

/** How a system is started; the environment is that of replicas and of the load alike. */
interface Recipe {
  /** Contenders of one system share its processes. */
  readonly system: string;
  readonly start: (environment: Readonly<Record<string, string>>) => Promise<System>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Why it cannot be started here, and what to do. */
  readonly missing?: string;
}

/** Starts contenders when they are first asked for and keeps them until they are not wanted any more. */
export class Contenders {
  private readonly systems = new Map<string, System>();
  private readonly running = new Map<string, Contender>();
  private readonly recipes: ReadonlyMap<string, Recipe>;
  private readonly program: string;
  private readonly floodProgram: string;
  private readonly remove: () => void;
  private prefixes = 0;

  private constructor(
    private readonly sink: SpanSink,
    profile: string | undefined,
  ) {
    this.recipes = new Map(Object.entries({ ...synodRecipes(profile), ...peerRecipes() }));
    const directory = mkdtempSync(join(tmpdir(), 'synod-bench-'));
    this.remove = undoAtTheEnd(() => rmSync(directory, { recursive: true, force: true }));
    this.program = join(directory, 'load.mjs');
    bundleProgram('tools/bench/src/load/main.ts', this.program);
    this.floodProgram = join(directory, 'flood.mjs');
    bundleProgram('tools/bench/src/load/flood.ts', this.floodProgram);
  }

  /** `profile`: a folder for CPU profiles of our replicas. */
  static async prepare(profile?: string): Promise<Contenders> {
    return new Contenders(await SpanSink.start(), profile);
  }

  /** Why a contender cannot be had here; undefined when it can. */
  missing(name: string): string | undefined {
    return this.recipe(name).missing;
  }

  /** Exactly these run afterwards. */
  async only(names: readonly string[]): Promise<readonly Contender[]> {
    const wanted = new Set(names.map((name) => this.recipe(name).system));
    for (const [name, { load }] of this.running) {
      if (names.includes(name)) continue;
      this.running.delete(name);
      await load.stop();
    }
    for (const [name, system] of this.systems) {
      if (wanted.has(name)) continue;
      this.systems.delete(name);
      await system.stop();
    }
    const contenders: Contender[] = [];
    for (const name of names) contenders.push(this.running.get(name) ?? (await this.start(name)));
    return contenders;
  }

  /** One that runs. */
  get(name: string): Contender {
    const contender = this.running.get(name);
    if (!contender) throw new Error(`${name} does not run`);
    return contender;
  }

  /** After a failed run nobody knows what is still under way: another process, with keys of its own. */
  async restartLoad(name: string): Promise<void> {
    const { load } = this.get(name);
    this.running.delete(name);
    await load.stop();
    await this.start(name);
  }

  /** Somebody floods it while `run` runs. */
  async flooded<T>({ system }: Contender, kind: FloodKind, run: () => Promise<T>): Promise<T> {
    const end = await flood(system, kind, this.floodProgram);
    const done = run();
    await done.catch(() => undefined);
    await end();
    return done;
  }

  async close(): Promise<void> {
    await this.only([]);
    this.sink.close();
    this.remove();
  }

  private async start(name: string): Promise<Contender> {
    const recipe = this.recipe(name);
    const environment = { ...this.sink.environment, ...recipe.environment };
    let system = this.systems.get(recipe.system);
    if (system === undefined) this.systems.set(recipe.system, (system = await recipe.start(environment)));
    const prefix = `k${String(++this.prefixes).padStart(2, '0')}`;
    const load = await LoadProcess.start(name, this.program, { target: system.target(name), prefix }, environment);
    const contender = { name, system, load };
    this.running.set(name, contender);
    return contender;
  }

  private recipe(name: string): Recipe {
    const recipe = this.recipes.get(name);
    if (!recipe) throw new Error(`there is no contender ${name}; there are ${[...this.recipes.keys()].join(', ')}`);
    return recipe;
  }
}

function synodRecipes(profile: string | undefined): Record<string, Recipe> {
  const strace = findStrace();
  const delayed = (ms: number): Recipe => ({
    system: `synod sync +${ms} ms`,
    start: (environment) => Synod.start({ environment, under: delayedSyncs(ms) }),
    ...('missing' in strace && strace),
  });
  const group = (system: string, options: SynodOptions = {}): Recipe => ({
    system,
    start: (environment) =>
      Synod.start({ ...options, environment, ...(profile !== undefined && { profile: join(profile, system) }) }),
  });
  const traced = (recipe: Recipe, sampler: string): Recipe => ({
    ...recipe,
    environment: { OTEL_TRACES_SAMPLER: sampler },
  });
  const paxos = { protocol: 'paxos' } as const;
  return {
    synod: group('synod'),
    foreign: group('synod'),
    'synod paxos': group('synod paxos', paxos),
    'synod pbft': group('synod pbft', { protocol: 'pbft' }),
    'synod flooded': group('synod flooded', { identities: [flooder] }),
    'pbft flooded': group('pbft flooded', { protocol: 'pbft', identities: [flooder] }),
    'pbft singly': group('synod pbft', { protocol: 'pbft' }),
    'synod 5': group('synod 5', { counts: { replica: 5 } }),
    'synod sync +0 ms': delayed(0),
    'synod sync +1 ms': delayed(1),
    'synod sync +5 ms': delayed(5),
    'synod untraced': traced(group('synod untraced'), 'always_off'),
    'synod traced': traced(group('synod traced'), 'always_on'),
    'paxos untraced': traced(group('paxos untraced', paxos), 'always_off'),
    'paxos traced': traced(group('paxos traced', paxos), 'always_on'),
  };
}

function peerRecipes(): Record<string, Recipe> {
  const etcd = recipeFor('etcd', findEtcd(), ({ path, version }) => Etcd.start(path, version));
  const jetStream = (syncAlways: boolean) => (found: Found) => JetStream.start(found.path, found.version, syncAlways);
  return {
    etcd,
    'etcd txn': etcd,
    jetstream: recipeFor('jetstream', findNatsServer(), jetStream(false)),
    'jetstream sync': recipeFor('jetstream sync', findSyncingNatsServer(), jetStream(true)),
  };
}

type Found = Exclude<Program, { readonly missing: string }>;

function recipeFor(system: string, program: Program, start: (found: Found) => Promise<System>): Recipe {
  if (!('missing' in program)) return { system, start: () => start(program) };
  return { system, start: () => Promise.reject(new Error(program.missing)), missing: program.missing };
}

/**
 * Each fdatasync takes so much longer, by the kernel's own tracing of that one system call: the product knows nothing of it. With 0 it
 * shows what the tracing itself costs. `-D` makes strace the replica's child, so that the replica keeps its pid.
 */
function delayedSyncs(ms: number): readonly string[] {
  const inject = `inject=fdatasync:delay_enter=${ms * 1000}`;
  return [
    'strace',
    '-D',
    '-f',
    '--seccomp-bpf',
    '-o',
    '/dev/null',
    '-e',
    'trace=fdatasync',
    ...(ms > 0 ? ['-e', inject] : []),
  ];
}
