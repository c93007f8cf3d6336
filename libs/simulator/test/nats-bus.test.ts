import { maxPayloadBytes } from '../src/index.js';
import { natsOffice, numbers } from './post-office.js';

describe('NATS as it is, simulated', () => {
  test('brings what one publisher sends in its order, and keeps no order between publishers', () => {
    const sequences = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { listeners, pass } = natsOffice(`order ${seed}`, ['a', 'b', 'c']);
      const [a, b, c] = listeners;
      for (const text of numbers(10)) {
        a!.say('c', text);
        b!.say('c', text);
        pass(0.2);
      }
      pass(50);
      for (const from of ['a', 'b']) expect(c!.heard.filter((it) => it.startsWith(from))).toEqual(numbers(10).map((it) => from + it)); // prettier-ignore
      sequences.add(c!.heard.join());
    }
    expect(sequences.size).toBeGreaterThan(15);
  });

  test('is decided by its seed', () => {
    const run = (seed: string): string[] => {
      const { listeners, pass, timeline } = natsOffice(seed, ['a', 'b', 'tap']);
      const times: string[] = [];
      for (const text of numbers(20)) {
        listeners[0]!.say('b', text);
        listeners[1]!.say('a', text);
        pass(0.3);
        times.push(`${timeline.now} ${listeners[2]!.heard.join()}`);
      }
      return times;
    };
    expect(run('same')).toEqual(run('same'));
    expect(run('same')).not.toEqual(run('other'));
  });

  test('lets subjects decide who hears: every subscriber, the publisher itself too, and nobody else', () => {
    const { listeners, pass } = natsOffice('subjects', ['a', 'b', 'tap']);
    const [a, b, tap] = listeners;
    a!.say('b', '1');
    a!.say('a', '2');
    a!.say('nobody', '3');
    pass(50);
    expect([a!.heard, b!.heard, tap!.heard]).toEqual([['a2'], ['a1'], ['a1', 'a2', 'a3']]);
  });

  test('a killed server loses what is in flight; all reconnect within their wait; what is said meanwhile is silently lost', () => {
    const { listeners, pass, bus, counters } = natsOffice('kill', ['a', 'b']);
    const [a, b] = listeners;
    a!.say('b', 'in flight');
    bus.servers[0]!.kill();
    pass(20);
    a!.say('b', 'while it is down');
    pass(500);
    expect([a!.connection.connected, b!.connection.connected]).toEqual([false, false]);
    bus.servers[0]!.start();
    pass(120);
    expect([a!.statuses, b!.statuses]).toEqual([['disconnect', 'reconnect'], ['disconnect', 'reconnect']]); // prettier-ignore
    a!.say('b', ' after');
    pass(20);
    expect(b!.heard).toEqual(['a after']);
    expect(counters.get('published while reconnecting')).toBe(1);
  });

  test('a cut way holds everything, and the heal brings it as a late burst in its order', () => {
    const { listeners, pass, bus } = natsOffice('burst', ['a', 'b']);
    const [a, b] = listeners;
    bus.links.separate([['a'], ['nats-1']]);
    bus.waysChanged();
    for (const text of numbers(5)) a!.say('b', text);
    for (const text of numbers(5)) b!.say('a', text);
    pass(1000);
    expect([a!.heard, b!.heard]).toEqual([[], []]);
    bus.heal();
    pass(10);
    expect(b!.heard).toEqual(numbers(5).map((it) => `a${it}`));
    expect(a!.heard).toEqual(numbers(5).map((it) => `b${it}`));
    expect(a!.statuses).toEqual([]);
  });

  test('cut in one direction, the other still carries until pings give the connection up', () => {
    const { listeners, pass, bus } = natsOffice('one way', ['a', 'b']);
    const [a, b] = listeners;
    bus.links.oneWay(['nats-1'], ['a']);
    bus.waysChanged();
    a!.say('b', '1');
    b!.say('a', '2');
    pass(1000);
    expect([a!.heard, b!.heard]).toEqual([[], ['a1']]);
    pass(1500);
    expect(a!.statuses).toEqual(['disconnect']);
    expect(b!.statuses).toEqual([]);
  });

  test('a dead connection is noticed by its pings, and its last words may come after those of the next one', () => {
    const heard = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { listeners, pass, bus } = natsOffice(`orphan ${seed}`, ['a', 'b']);
      const [a, b] = listeners;
      bus.links.separate([['a'], ['nats-1']]);
      bus.waysChanged();
      a!.say('b', ' old');
      pass(3000);
      expect(a!.connection.connected).toBe(false);
      bus.heal();
      pass(200);
      a!.say('b', ' new');
      pass(50);
      heard.add(b!.heard.join());
    }
    expect([...heard].sort()).toEqual(['a new', 'a old,a new']);
  });

  test('a frozen server is noticed as dead, and when it goes on it brings what its sockets held', () => {
    const { listeners, pass, bus } = natsOffice('freeze', ['a', 'b']);
    const [a, b] = listeners;
    bus.servers[0]!.freeze();
    bus.waysChanged();
    a!.say('b', '1');
    pass(1000);
    expect([b!.heard, a!.connection.connected]).toEqual([[], true]);
    bus.heal();
    pass(20);
    expect(b!.heard).toEqual(['a1']);
    bus.servers[0]!.freeze();
    bus.waysChanged();
    pass(2100);
    expect([a!.connection.connected, b!.connection.connected]).toEqual([false, false]);
  });

  test('a slow consumer is cut off: it hears the stale beginning, then sees the end; the rest is a gap', () => {
    const { listeners, pass, bus, counters } = natsOffice('slow', ['a', 'b']);
    const [a, b] = listeners;
    b!.paused = true;
    for (const text of numbers(30)) a!.say('b', text, 60);
    pass(100);
    b!.resume();
    pass(5);
    const { socketBytes } = bus.weather;
    expect(b!.heard).toEqual(numbers(Math.floor(socketBytes / (60 + 32 + 'to.b.a'.length))).map((it) => `a${it}`));
    pass(200);
    expect(b!.statuses).toEqual(['disconnect', 'reconnect']);
    const stale = b!.heard.length;
    a!.say('b', ' fresh');
    pass(10);
    expect(b!.heard.slice(stale)).toEqual(['a fresh']);
    expect(counters.get('slow consumers cut off')).toBe(1);
  });

  test('a short pause loses nothing: the queue is read when it ends', () => {
    const { listeners, pass } = natsOffice('pause', ['a', 'b']);
    const [a, b] = listeners;
    b!.paused = true;
    for (const text of numbers(5)) a!.say('b', text);
    pass(1000);
    expect(b!.heard).toEqual([]);
    b!.resume();
    pass(0);
    expect(b!.heard).toEqual(numbers(5).map((it) => `a${it}`));
  });

  test('one identity connected twice: both hear everything', () => {
    const { listeners, pass } = natsOffice('twice', ['a', 'b', 'b']);
    const [a, b, double] = listeners;
    a!.say('b', '1');
    pass(20);
    expect([b!.heard, double!.heard]).toEqual([['a1'], ['a1']]);
  });

  test('overlapping subscriptions of one connection bring everything twice', () => {
    const { listeners, pass, bus } = natsOffice('overlap', ['a', 'b']);
    const [a, b] = listeners;
    const end = bus.connectionsOf('b')[0]!.overlap(() => true);
    pass(20);
    a!.say('b', '1');
    pass(20);
    end();
    pass(20);
    a!.say('b', '2');
    pass(20);
    expect(b!.heard).toEqual(['a1', 'a1', 'a2']);
  });

  test('refuses at once what is above max_payload', () => {
    const { listeners } = natsOffice('large', ['a', 'b']);
    expect(() => listeners[0]!.say('b', '', maxPayloadBytes + 1)).toThrow("the server's max_payload is 262144");
    expect(() => listeners[0]!.say('b', '', maxPayloadBytes)).not.toThrow();
  });

  test('what a dead process left is half open for a while, and its next life hears alone', () => {
    const { listeners, pass, bus, counters } = natsOffice('half open', ['a', 'b']);
    const [a, b] = listeners;
    b!.connection.close();
    for (const text of numbers(3)) a!.say('b', text);
    pass(30_000);
    expect(b!.heard).toEqual([]);
    expect(bus.connectionsOf('b')).toEqual([]);
    expect(counters.get('sent into half-open connections')).toBeLessThanOrEqual(3);
  });

  test('takes back the bytes that it lends: a view that was kept is overwritten', () => {
    const { listeners, pass } = natsOffice('lent', ['a', 'b']);
    const kept: Uint8Array[] = [];
    listeners[1]!.connection.subscribe('kept', (_subject, payload) => kept.push(payload));
    pass(20);
    const sent = Buffer.from('words');
    listeners[0]!.connection.publish('kept', sent);
    sent.fill(0);
    pass(20);
    expect(Buffer.from(kept[0]!)).toEqual(Buffer.alloc(5, 0xee));
  });
});

describe('A cluster of three NATS servers, simulated', () => {
  const cut = (one: string, other: string) => {
    const office = natsOffice(`cut ${one} ${other}`, ['a', 'b', 'c'], 3);
    office.bus.links.separate([[one], [other]]);
    office.bus.waysChanged();
    return office;
  };

  test('carries between servers, and each replica stays at its own', () => {
    const { listeners, pass, bus } = natsOffice('cluster', ['a', 'b', 'c'], 3);
    const [a, b, c] = listeners;
    expect(listeners.map((it) => bus.connectionsOf(it.address)[0]!.server?.name)).toEqual([
      'nats-1',
      'nats-2',
      'nats-3',
    ]);
    a!.say('b', '1');
    a!.say('c', '2');
    pass(20);
    expect([b!.heard, c!.heard]).toEqual([['a1'], ['a2']]);
  });

  test('a cut route is a non-transitive partition: nothing is routed around it', () => {
    const { listeners, pass } = cut('nats-1', 'nats-2');
    const [a, b, c] = listeners;
    for (const from of listeners) for (const to of listeners) if (from !== to) from.say(to.address, '');
    pass(1000);
    expect([a!.heard, b!.heard, [...c!.heard].sort()]).toEqual([['c'], ['c'], ['a', 'b']]);
  });

  test('a killed server takes its own clients with it, and no others', () => {
    const { listeners, pass, bus } = natsOffice('one of three', ['a', 'b', 'c'], 3);
    const [a, b, c] = listeners;
    bus.servers[0]!.kill();
    pass(300);
    b!.say('c', '1');
    pass(20);
    expect(c!.heard).toEqual(['b1']);
    expect(listeners.map((it) => it.connection.connected)).toEqual([false, true, true]);
    expect([a!.statuses, b!.statuses, c!.statuses]).toEqual([['disconnect'], [], []]);
  });

  test('a client that is at home nowhere goes to another server', () => {
    const { pass, bus, timeline } = natsOffice('roaming', ['a', 'b', 'c'], 3);
    const roamer = { address: 'roamer', read: (take: () => void) => take(), later: (ms: number, run: () => void) => void timeline.after(ms, run) }; // prettier-ignore
    const roaming = bus.connect(roamer);
    expect(roaming.server).toBeDefined();
    bus.servers.find((server) => server === roaming.server)!.kill();
    pass(500);
    expect(roaming.server?.up).toBe(true);
  });
});
