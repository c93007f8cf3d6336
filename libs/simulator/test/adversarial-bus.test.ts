import { Subscriptions, calm } from '../src/index.js';
import { adversarialOffice, numbers } from './post-office.js';

describe('the adversarial network', () => {
  test('delivers, doubles and loses as its weather says, each recipient by itself', () => {
    const weather = { ...calm, loss: 0.3, duplication: 0.3 };
    const { listeners, pass } = adversarialOffice('weather', ['a', 'b', 'tap'], weather);
    const [a, b, tap] = listeners;
    for (const text of numbers(1000)) a!.say('b', text);
    pass(100);
    for (const { heard } of [b!, tap!]) {
      const distinct = new Set(heard).size;
      expect(distinct).toBeGreaterThan(650);
      expect(distinct).toBeLessThan(750);
      expect(heard.length / distinct).toBeGreaterThan(1.25);
      expect(heard.length / distinct).toBeLessThan(1.35);
    }
    expect(new Set(b!.heard)).not.toEqual(new Set(tap!.heard));
  });

  test('says whose messages it doubled, and when', () => {
    const { listeners, pass, bus, timeline } = adversarialOffice('doubles', ['a', 'b', 'c'], {
      ...calm,
      duplication: 1,
    });
    const at = timeline.now;
    listeners[0]!.say('b', '1');
    pass(10);
    listeners[0]!.say('nobody', '2');
    for (const address of ['a', 'b']) {
      expect([bus.doubled(address, 0, at - 1), bus.doubled(address, at, at), bus.doubled(address, at + 1, at + 20)]).toEqual([false, true, false]); // prettier-ignore
    }
    expect(bus.doubled('c', 0, at + 20)).toBe(false);
  });

  test('lets slow messages be overtaken, by minutes if need be', () => {
    const { listeners, pass } = adversarialOffice('slow', ['a', 'b'], { ...calm, slow: 0.5, slowMs: 180_000 });
    for (const text of numbers(100)) listeners[0]!.say('b', text);
    pass(10);
    const early = listeners[1]!.heard.length;
    expect(early).toBeGreaterThan(30);
    expect(early).toBeLessThan(70);
    pass(180_000);
    expect(listeners[1]!.heard).toHaveLength(100);
    expect(listeners[1]!.heard).not.toEqual(numbers(100).map((it) => `a${it}`));
  });

  test('has a weather of its own for a kind of message, or for a link', () => {
    const { listeners, pass, bus } = adversarialOffice('local', ['a', 'b', 'c']);
    const [a, b, c] = listeners;
    for (const it of listeners) it.connection.subscribe(`s.x.g.*.${it.address}.>`, (subject) => it.heard.push(subject.split('.')[5]!)); // prettier-ignore
    const send = (kind: string) => {
      for (const to of ['b', 'c']) a!.connection.publish(`s.x.g.a.${to}.${kind}`, new Uint8Array());
      pass(10);
    };
    bus.local = [{ ...calm, kind: 'heartbeat', loss: 1 }];
    send('heartbeat');
    send('vote');
    expect([b!.heard, c!.heard]).toEqual([['vote'], ['vote']]);
    bus.local = [{ ...calm, from: 'a', to: 'c', loss: 1 }];
    send('heartbeat');
    expect([b!.heard, c!.heard]).toEqual([['vote', 'heartbeat'], ['vote']]);
    bus.heal();
    send('heartbeat');
    expect(c!.heard).toEqual(['vote', 'heartbeat']);
  });

  test('cuts links one by one: what is said over a cut one is gone, over a held one late', () => {
    const { listeners, pass, bus } = adversarialOffice('links', ['a', 'b', 'c']);
    const [a, b, c] = listeners;
    bus.links.block('a', 'b');
    bus.links.hold('a', 'c');
    for (const to of ['b', 'c']) a!.say(to, '1');
    b!.say('a', '2');
    pass(100);
    expect([a!.heard, b!.heard, c!.heard]).toEqual([['b2'], [], []]);
    bus.heal();
    pass(10);
    expect([b!.heard, c!.heard]).toEqual([[], ['a1']]);
  });

  test('says nothing to who is gone, and waits for who is stopped', () => {
    const { listeners, pass } = adversarialOffice('gone', ['a', 'b', 'c']);
    const [a, b, c] = listeners;
    a!.say('b', '1');
    b!.connection.close();
    c!.paused = true;
    a!.say('c', '1');
    pass(100);
    expect([b!.heard, c!.heard]).toEqual([[], []]);
    c!.resume();
    expect(c!.heard).toEqual(['a1']);
  });
});

describe('subscriptions', () => {
  test('match as in NATS', () => {
    const subscriptions = new Subscriptions<string>();
    for (const pattern of ['a.b', 'a.*', 'a.>', '*.b', '>', 'a.b.c', 'a.*.c']) subscriptions.add(pattern, pattern);
    expect(subscriptions.of('a.b')).toEqual(['a.b', 'a.*', 'a.>', '*.b', '>']);
    expect(subscriptions.of('a.b.c')).toEqual(['a.>', '>', 'a.b.c', 'a.*.c']);
    expect(subscriptions.of('a')).toEqual(['>']);
  });

  test('come and go, and one added twice is found twice', () => {
    const subscriptions = new Subscriptions<number>();
    const end = subscriptions.add('a.*', 1);
    subscriptions.add('a.>', 1);
    expect(subscriptions.of('a.b')).toEqual([1, 1]);
    end();
    expect(subscriptions.of('a.b')).toEqual([1]);
  });
});
