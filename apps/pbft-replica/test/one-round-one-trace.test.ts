import { generateKeyPairSync } from 'node:crypto';
import { ActorHost } from '@synod/actor-host';
import { MemoryJournal, MemoryLoop, MemoryNetwork, MemorySnapshots } from '@synod/actor-host/memory';
import { encodeRequestBatch, keyValueCodec } from '@synod/api';
import { ed25519, sha256, verifyEd25519 } from '@synod/keys';
import type { PbftVocabulary } from '@synod/pbft-core';
import { pbft, pbftCryptography } from '@synod/pbft-wire';
import { KeyValueStore } from '@synod/state-machine';
import { PinoEventLog, ReplicaMetrics, ReplicaView, RoundObserver, createLogger } from '@synod/telemetry';
import { startTracing } from '@synod/telemetry';
import type { Tracing } from '@synod/telemetry';

// The real core, codecs, signatures, host and telemetry of four replicas over a broker and disks in memory: what one client's
// request leaves in the trace, and what a view change does.

const members = ['r1', 'r2', 'r3', 'r4'];
const domain = { cluster: 'local', group: 'pbft', epoch: 'e' };
const loop = new MemoryLoop();
const network = new MemoryNetwork(loop);
const spans: ExportedSpan[] = [];
const tracings: Tracing[] = [];
const closers: (() => void)[] = [];

interface ExportedSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes?: Readonly<Record<string, unknown>> }[];
  readonly links: readonly {
    readonly context: { readonly traceId: string };
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

const pairs = new Map([...members, 'gateway'].map((name) => [name, newPair()]));

function newPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  return { known: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)), secret };
}

const publicKeys = {
  replica: (name: string) => (members.includes(name) ? pairs.get(name)!.known : undefined),
  user: (name: string) => (name === 'gateway' ? pairs.get(name)!.known : undefined),
};

async function startReplica(self: string): Promise<void> {
  const exporter = {
    export: (batch: unknown, done: (result: { code: number }) => void): void => {
      spans.push(...(batch as ExportedSpan[]));
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const service = { service: `pbft-${self}`, app: 'pbft-replica', roots: 'replicas' } as const;
  const tracing = startTracing({ ...service, cluster: 'local', version: '0', environment: {}, exporter });
  const view = new ReplicaView(self);
  const metrics = new ReplicaMetrics({ protocol: 'pbft' }, 'pbft', view);
  const destination = { write: () => undefined };
  const logger = createLogger({ service: service.service, environment: {}, destination });
  const { make, bytes, rounds, everyone } = pbft(() => new KeyValueStore(keyValueCodec));
  const sign = ed25519(pairs.get(self)!.secret);
  const secrets = {
    ...{ domain, keys: publicKeys, sha256, sign },
    verify: (key: Uint8Array, signed: Uint8Array, signature: Uint8Array, done: (genuine: boolean) => void) =>
      done(verifyEd25519(key, signed, signature)),
  };
  const { messages, records, authenticator } = bytes(secrets);
  const { actor, service: state } = make({ self, members, snapshotMiB: 64, setAside: false }, secrets);
  const observer = new RoundObserver<PbftVocabulary>({
    identity: { cluster: 'local', group: 'pbft', self, members, votes: true },
    vocabulary: rounds,
    kindOf: (message) => messages.kindOf(message),
    tracer: tracing.tracer,
    metrics,
    view,
    log: new PinoEventLog(logger, rounds),
    now: () => loop.now(),
  });
  tracings.push(tracing);
  closers.push(() => metrics.close());
  network.group(everyone, members);
  const host = new ActorHost<PbftVocabulary>({
    ...{ actor, messages, records, authenticator, state, observer },
    members: new Set(members),
    transport: network.transport(self),
    journal: new MemoryJournal(loop),
    snapshots: new MemorySnapshots(loop),
    clock: loop,
    scheduler: loop,
    dice: { between: (min) => min },
    onFailed: (error) => {
      throw error;
    },
  });
  await host.start();
}

let opened = 0;

/** A client opens a session at all that still run: the smallest write. */
function write(to: readonly string[], traceparent: string): void {
  const sequence = ++opened;
  const batch = encodeRequestBatch({ client: 'c1', session: 0, sequence, acknowledgedThrough: 0, operations: [] });
  const sign = ed25519(pairs.get('gateway')!.secret);
  const held = { client: 'c1', session: 0, sequence, holds: 'operations', batch } as const;
  const signed = pbftCryptography(domain, 'gateway', sha256, sign).sign({ type: 'request', ...held });
  const { bytes } = pbft(() => new KeyValueStore(keyValueCodec));
  const nobody = { domain, keys: publicKeys, sha256, sign, verify: () => undefined };
  const payload = bytes(nobody).messages.encode({ kind: 'request', signed });
  for (const name of to) {
    network.post({ from: 'gateway', to: name, kind: 'request', payload, context: { traceparent } });
  }
}

async function traceOf(digit: string): Promise<readonly ExportedSpan[]> {
  await Promise.all(tracings.map((tracing) => tracing.flush()));
  return spans.filter((span) => span.spanContext().traceId === digit.repeat(32));
}

const parentOf = (digit: string) => `00-${digit.repeat(32)}-${'b'.repeat(16)}-01`;
const serviceOf = (span: ExportedSpan): unknown => span.resource.attributes['service.name'];
const template = 'synod.{cluster}.{group}.{from}.{to}';

beforeAll(async () => {
  loop.advance(1000);
  for (const self of members) await startReplica(self);
  loop.advance(2000);
});
afterAll(async () => {
  for (const close of closers) close();
  for (const tracing of tracings) await tracing.shutdown();
});

test('pre-prepare, prepare, commit, execute and reply of a sequence are one trace, with who completed each quorum', async () => {
  write(members, parentOf('a'));
  loop.advance(20);
  const trace = await traceOf('a');
  expect(new Set(trace.map(serviceOf))).toEqual(new Set(members.map((name) => `pbft-${name}`)));
  const round = trace.find(({ name }) => name === 'pbft.round')!;
  expect(serviceOf(round)).toBe('pbft-r1');
  expect(round.attributes).toMatchObject({ 'synod.view': 0, 'synod.batch.size': 1, 'synod.outcome': 'decided' });
  expect(members).toContain(round.attributes['synod.quorum.completed_by']);
  expect(quorumsOf(round)).toEqual(['prepared', undefined]);
  for (const name of ['r2', 'r3', 'r4']) {
    const part = trace.find(
      (span) => span.name === `process ${template}.pre-prepare` && serviceOf(span) === `pbft-${name}`,
    )!;
    const phases = part.events
      .filter((event) => event.name === 'phase')
      .map((event) => event.attributes!['synod.phase']);
    expect(phases).toEqual(['prepare', 'commit']);
    expect(quorumsOf(part)).toEqual(['prepared', 'decided']);
    expect(part.events.map((event) => event.name)).toContain('applied');
    const below = trace.filter((span) => serviceOf(span) === `pbft-${name}`).map((span) => span.name);
    expect(below).toEqual(expect.arrayContaining(['journal.sync', 'reply']));
  }
});

test('a view change is a trace that links to the request that waited in vain; others’ part in it is there', async () => {
  const others = ['r2', 'r3', 'r4'];
  await network.transport('r1').close(); // it hears nothing any more
  write(others, parentOf('c'));
  loop.advance(3000);
  await traceOf('c');
  const changes = spans.filter(({ name, attributes }) => name === 'pbft.view_change' && attributes['synod.view'] === 1);
  expect(new Set(changes.map(serviceOf))).toEqual(new Set(others.map((name) => `pbft-${name}`)));
  for (const { links, attributes } of changes) {
    expect(links.map(({ context, attributes: of }) => [of?.['synod.link'], context.traceId])).toEqual([['cause', 'c'.repeat(32)]]); // prettier-ignore
    expect(attributes['synod.cause']).toMatch(/^request(Timeout|sWait)$/);
  }
  const won = changes.find(({ attributes }) => attributes['synod.outcome'] === 'elected')!;
  expect(serviceOf(won)).toBe('pbft-r2');
  const handled = spans.filter(({ name }) => name === `process ${template}.view-change`);
  expect(handled.length).toBeGreaterThan(0);
  for (const { attributes } of handled) expect(['elected', 'newView']).toContain(attributes['synod.outcome']);
  expect(
    (await traceOf('c')).some(({ name, attributes }) => name === 'pbft.round' && attributes['synod.view'] === 1),
  ).toBe(true);
});

function quorumsOf({ events }: ExportedSpan): unknown[] {
  const quorums = events.filter(({ name }) => name === 'quorum');
  for (const { attributes } of quorums) expect(members).toContain(attributes!['synod.quorum.completed_by']);
  return quorums.map(({ attributes }) => attributes!['synod.phase']);
}
