import type { Authenticator, HostLimits } from '@synod/actor-host';
import { defaultHostLimits, refusals } from '@synod/actor-host';
import { World } from './world.js';
import type { TestVocabulary } from './world.js';

const limits = (changes: Partial<HostLimits>): HostLimits => ({ ...defaultHostLimits, ...changes });
const MiB = 1024 * 1024;

/** Signatures that are verified when the test says so. */
class HandAuthenticator implements Authenticator<TestVocabulary> {
  readonly underWay: { readonly text: string; readonly from: string; readonly done: (genuine: boolean) => void }[] = [];

  urgency({ text }: TestVocabulary['message']): number | undefined {
    if (text.startsWith('plain')) return undefined;
    return text.startsWith('view change') ? 0 : text.startsWith('vote') ? 1 : 2;
  }

  verify(from: string, payload: Uint8Array, done: (genuine: boolean) => void): void {
    this.underWay.push({ text: Buffer.from(payload).toString(), from, done });
  }

  /** The oldest verification under way ends. */
  finish(genuine = true): string {
    const { text, done } = this.underWay.shift()!;
    done(genuine);
    return text;
  }
}

describe('Signatures are verified before the mailbox', () => {
  const withLanes = async (changes: Partial<HostLimits> = {}) => {
    const authenticator = new HandAuthenticator();
    const world = await World.started({
      authenticator,
      limits: limits({ verifications: 2, ...changes }),
      worth: (_from, message) => !message.text.includes('old'),
      isExcessive: (_from, message) => message.text.includes('very old'),
    });
    return { authenticator, world };
  };

  test('the actor sees only what is genuine, and what bears no signature', async () => {
    const { authenticator, world } = await withLanes();
    world.post('vote 1');
    world.post('vote 2', 'other');
    world.post('plain', 'client');
    world.loop.settle();
    expect(world.steps).toEqual(['receive plain']);
    authenticator.finish(true);
    authenticator.finish(false);
    world.loop.settle();
    expect(world.steps).toEqual(['receive plain', 'receive vote 1']);
    expect(world.log.of('refused')).toEqual([`other ${refusals.notGenuine}`]);
    expect(world.abused).toEqual(['other peer 6']);
  });

  test('and what bears no signature only if it is worth it: it costs its sender nothing', async () => {
    const { world } = await withLanes();
    world.post('plain old');
    world.post('plain new');
    world.loop.settle();
    expect(world.steps).toEqual(['receive plain new']);
    expect(world.log.of('refused')).toEqual([`peer ${refusals.worthless}`]);
    expect(world.abused).toEqual(['peer peer 9']);
  });

  test('of what bears one, the transport is told who says it in excess, if he is a member', async () => {
    const { world } = await withLanes();
    world.post('vote old');
    world.post('vote very old', 'other');
    world.post('vote very old', 'client');
    world.loop.settle();
    expect(world.steps).toEqual([]);
    expect(world.abused).toEqual(['other peer 13']);
  });

  test('a sender’s messages of one urgency stay in order; a slow one holds up nobody else', async () => {
    const { authenticator, world } = await withLanes();
    for (const text of ['vote 1', 'vote 2', 'vote 3']) world.post(text, 'peer');
    for (const text of ['vote 4', 'vote 5']) world.post(text, 'other');
    world.loop.settle();
    expect(authenticator.underWay.map(({ text }) => text)).toEqual(['vote 1', 'vote 4']);
    const [slow] = authenticator.underWay.splice(0, 1);
    while (authenticator.underWay.length > 0) authenticator.finish();
    world.loop.settle();
    expect(world.steps).toEqual(['receive vote 4', 'receive vote 5']);
    slow!.done(true);
    while (authenticator.underWay.length > 0) authenticator.finish();
    world.loop.settle();
    expect(world.steps.slice(2)).toEqual(['receive vote 1', 'receive vote 2', 'receive vote 3']);
  });

  test('the urgent overtake the rest, of all senders', async () => {
    const { authenticator, world } = await withLanes({ verifications: 1 });
    world.post('request 1');
    world.post('request 2');
    world.post('vote 1');
    world.post('vote 2', 'other');
    world.post('view change', 'other');
    world.loop.settle();
    const order: string[] = [];
    while (authenticator.underWay.length > 0) order.push(authenticator.finish());
    expect(order).toEqual(['request 1', 'view change', 'vote 2', 'vote 1', 'request 2']);
  });

  test('senders take turns', async () => {
    const { authenticator, world } = await withLanes({ verifications: 1 });
    for (let i = 0; i < 3; i++) world.post(`vote ${i}`, 'peer');
    for (let i = 3; i < 6; i++) world.post(`vote ${i}`, 'other');
    world.loop.settle();
    const order: string[] = [];
    while (authenticator.underWay.length > 0) {
      order.push(authenticator.underWay[0]!.from);
      authenticator.finish();
    }
    expect(order).toEqual(['peer', 'other', 'peer', 'other', 'peer', 'other']);
  });

  test('what can no longer matter is not verified; what waits counts in its sender’s quota', async () => {
    const { authenticator, world } = await withLanes({ peer: { count: 2, bytes: MiB } });
    world.post('vote old');
    for (let i = 0; i < 4; i++) world.post(`vote ${i}`);
    world.loop.settle();
    expect(world.log.of('refused')).toEqual([
      `peer ${refusals.worthless}`,
      `peer ${refusals.senderQuota}`,
      `peer ${refusals.senderQuota}`,
    ]);
    while (authenticator.underWay.length > 0) authenticator.finish(false);
    world.post('vote 9');
    world.loop.settle();
    expect(authenticator.underWay.map(({ text }) => text)).toEqual(['vote 9']);
  });

  test('what is known to be genuine is answered at once, however much of it waits behind one that is not', async () => {
    const many = { count: 20_000, bytes: 64 * MiB };
    const { authenticator, world } = await withLanes({ verifications: 1, peer: many, peers: many });
    world.post('vote 0');
    world.loop.settle();
    const posted = 10_000;
    authenticator.verify = (_from, _payload, done): void => done(true);
    for (let i = 0; i < posted; i++) world.post('vote again', i % 2 === 0 ? 'peer' : 'other');
    world.loop.settle();
    authenticator.finish();
    world.loop.settle();
    expect(world.failures).toEqual([]);
    expect(world.steps).toHaveLength(1 + posted);
  });

  test('the bytes to verify are not those of the receive buffer', async () => {
    const { authenticator, world } = await withLanes();
    world.post('vote 1');
    world.post('vote 2');
    world.loop.settle(); // the network overwrote its buffer after each delivery
    expect(authenticator.finish()).toBe('vote 1');
    expect(authenticator.finish()).toBe('vote 2');
  });

  test('a verification that ends after the host has stopped changes nothing', async () => {
    const { authenticator, world } = await withLanes();
    world.post('vote 1');
    world.post('vote 2', 'other');
    world.loop.settle();
    world.journal.fail(new Error('disk gone'));
    authenticator.finish();
    authenticator.finish(false);
    world.loop.settle();
    expect(world.steps).toEqual([]);
    expect(world.log.of('refused')).toEqual([]);
  });
});
