import { encodeOperation, encodeRequestBatch } from '@synod/api';
import { keyValueCodec } from '@synod/api';
import type { Effect } from '@synod/actor';
import type { Command, Message, PbftVocabulary, Signed } from '@synod/pbft-core';
import { KeyValueStore } from '@synod/state-machine';
import { Group } from '@synod/pbft-core';
import { encodeCertificate, pbft, verifyCertificate } from '@synod/pbft-wire';
import type { ProvenAnswer } from '@synod/pbft-wire';
import { domain, keys, members, replica, sha256, signOf, user, verify } from './keys.js';

/*
 * The whole protocol through real bytes and real signatures: what a replica sends is encoded, verified, decoded and stepped; what
 * it persists is encoded and, after a restart, decoded.
 */

const protocol = pbft(() => new KeyValueStore(keyValueCodec));

type Part = ReturnType<typeof protocol.make>;
type Frames = { type: number; payload: Uint8Array }[];

class World {
  readonly parts = new Map<string, Part>();
  readonly journals = new Map<string, Frames>();
  readonly replies: { readonly from: string; readonly reply: Extract<Message, { kind: 'reply' }> }[] = [];
  refused = 0;
  private readonly queue: (() => void)[] = [];
  private now = 0;

  constructor() {
    for (const name of members) this.start(name, [this.founding(name)]);
  }

  start(name: string, journal: Frames): void {
    const settings = { self: name, members, snapshotMiB: 1, setAside: false };
    const secrets = {
      ...{ domain, keys, sha256, sign: signOf(`replica ${name}`) },
      verify: (key: Uint8Array, bytes: Uint8Array, signature: Uint8Array, done: (genuine: boolean) => void) =>
        done(verify(key, bytes, signature)),
    };
    const part = protocol.make(settings, secrets);
    this.parts.set(name, part);
    this.journals.set(name, journal);
    for (const frame of [...journal]) this.step(name, { kind: 'recover', record: part.records.decode(frame) });
    this.step(name, { kind: 'recovered', tail: 'clean', empty: false, incarnation: 1 });
  }

  /** Bytes on their way from one to another. */
  carry(from: string, to: string, kind: string, payload: Uint8Array): void {
    this.queue.push(() => {
      const part = this.parts.get(to);
      if (part === undefined) return;
      const message = part.messages.decode(kind, payload);
      const pass = (): void => this.step(to, { kind: 'receive', from, message });
      if (part.authenticator.urgency(message) === undefined) return pass();
      part.authenticator.verify(from, payload, (genuine) => (genuine ? pass() : void this.refused++), message);
    });
  }

  settle(): void {
    for (let run = this.queue.shift(); run !== undefined; run = this.queue.shift()) run();
  }

  private founding(name: string): { type: number; payload: Uint8Array } {
    const { records } = protocol.make(
      { self: name, members, snapshotMiB: 1, setAside: false },
      { domain, keys, sha256, sign: signOf(`replica ${name}`), verify: (_k, _b, _s, done) => done(true) },
    );
    const frame = records.encode({ kind: 'standing', standing: 'active', floor: 0, firstView: 0, founders: [] });
    return { type: frame.type, payload: Uint8Array.from(Buffer.concat(frame.payload)) };
  }

  private step(name: string, input: object): void {
    const part = this.parts.get(name)!;
    for (const effect of part.actor.step({ at: ++this.now, ...input } as never)) this.run(name, part, effect);
  }

  /** Syncs at once: durability is the core's tests' business. */
  private run(name: string, part: Part, effect: Effect<PbftVocabulary>): void {
    if (effect.kind === 'persist') {
      const { type, payload } = part.records.encode(effect.record);
      this.journals.get(name)!.push({ type, payload: Uint8Array.from(Buffer.concat(payload)) });
      const { token } = effect;
      this.queue.push(() => this.parts.get(name) === part && this.step(name, { kind: 'persisted', token }));
    } else if (effect.kind === 'send') this.send(name, part, effect.to, effect.message);
    else if (effect.kind === 'startTimer' && effect.delay.minMs === 0) {
      this.queue.push(() => this.parts.get(name) === part && this.step(name, { kind: 'timeout', timer: effect.timer }));
    }
  }

  private send(name: string, part: Part, to: string, message: Message): void {
    const kind = part.messages.kindOf(message);
    const payload = Uint8Array.from(part.messages.encode(message));
    if (message.kind === 'reply') {
      const reply = part.messages.decode(kind, payload);
      if (reply.kind === 'reply') this.replies.push({ from: name, reply });
      return;
    }
    for (const receiver of to === protocol.everyone ? members : [to])
      if (receiver !== name) this.carry(name, receiver, kind, payload);
  }
}

function request(session: number, sequence: number, value: string): Signed<Command> {
  const put = encodeOperation({ kind: 'put', key: Buffer.from('k'), value: Buffer.from(value) });
  const operations = session === 0 ? [] : [put];
  const batch = Uint8Array.from(
    encodeRequestBatch({ client: 'c', session, sequence, acknowledgedThrough: 0, operations }),
  );
  return user('ann').sign({ type: 'request', client: 'c', session, sequence, holds: 'operations', batch });
}

function ask(world: World, signed: Signed<Command>): void {
  for (const [name, { messages }] of world.parts)
    world.carry('ann', name, 'request', messages.encode({ kind: 'request', signed }));
  world.settle();
}

const stateOf = (world: World, name: string) => world.parts.get(name)!.actor.inspect();

test('requests are ordered, executed and answered; the answers are a certificate', () => {
  const world = new World();
  ask(world, request(0, 1, ''));
  const signed = request(1, 1, 'v');
  world.replies.length = 0;
  ask(world, signed);
  const answers: ProvenAnswer[] = world.replies.flatMap(({ reply: { answer } }) =>
    answer.kind === 'results' ? [answer] : [],
  );
  expect(world.replies.map(({ from }) => from).sort()).toEqual(members);
  const [first] = world.replies;
  if (first?.reply.answer.kind !== 'results') throw new Error('no results');
  const { results } = first.reply.answer;
  const bytes = encodeCertificate({
    kind: 'reply',
    asked: { kind: 'request', signed },
    results,
    answers: answers.slice(0, 2),
  });
  const parts = { domain, group: new Group(members), logSize: 100, keys, sha256, verify };
  expect(verifyCertificate(parts, bytes)).toMatchObject({ holds: true });
  expect(world.refused).toBe(0);
  expect(new Set(members.map((name) => stateOf(world, name).history)).size).toBe(1);
});

test('a request that its user did not sign reaches nobody, alone or in a proposal', () => {
  const world = new World();
  const forged = replica('ann').sign(request(0, 1, '').statement);
  ask(world, forged);
  expect(world.refused).toBe(4);
  expect(stateOf(world, 'r1').lastProposed).toBe(0);
});

test('replicas come back from the bytes in their journals', () => {
  const world = new World();
  ask(world, request(0, 1, ''));
  for (let sequence = 1; sequence <= 60; sequence++)
    ask(world, request(1, sequence <= 32 ? sequence : 32, `v${sequence}`));
  const before = members.map((name) => stateOf(world, name));
  for (const name of members) world.start(name, world.journals.get(name)!);
  world.settle();
  for (const [place, name] of members.entries()) {
    const { view, lowWaterMark } = before[place]!;
    expect(stateOf(world, name)).toMatchObject({ view, lowWaterMark, standing: 'active' });
  }
  ask(world, request(1, 31, 'v31'));
  expect(new Set(members.map((name) => stateOf(world, name).history)).size).toBe(1);
});
