import { MemoryJournal } from '@synod/actor-host/memory';
import { World, persist, saw, send, start, stopTimer } from './world.js';
import type { TestEffect, TestInput } from './world.js';

const onReceive = (reactions: Record<string, readonly TestEffect[]>) => (input: TestInput) =>
  input.kind === 'receive' ? (reactions[input.message.text] ?? []) : [];

describe('A turn', () => {
  test('what arrived together is stepped together, then zero-delay timers, then one flush', async () => {
    const world = await World.started({
      react: (input) => {
        if (input.kind === 'receive') return [start('batch', 0)];
        return input.kind === 'timeout' ? [persist(1), send('entries')] : [];
      },
    });
    for (const text of ['a', 'b', 'c']) world.post(text, 'client');
    world.loop.round();
    expect(world.steps).toEqual(['receive a', 'receive b', 'receive c', 'timeout batch']);
    world.loop.settle();
    expect(world.journal.statistics.syncs).toBe(1);
  });

  test('no turn of the loop is lost: a message is stepped and answered in the round in which it was polled', async () => {
    const world = await World.started({ react: onReceive({ a: [send('answer')] }) });
    world.post('a');
    world.loop.round();
    expect(world.told).toEqual(['answer']);
  });

  test('our own inputs go before the messages of others, which keep their order', async () => {
    const journal = new MemoryJournal();
    const world = await World.started({ journal, react: onReceive({ a: [persist(1)] }) });
    world.post('a');
    world.loop.settle();
    world.post('b');
    world.post('c', 'other');
    world.loop.poll(() => journal.completeSync());
    world.loop.settle();
    expect(world.steps).toEqual(['receive a', 'persisted 1', 'receive b', 'receive c']);
  });

  test('zero-delay timers that start each other let the sockets have their turn', async () => {
    const world = await World.started({ react: (input) => (input.kind === 'recovered' ? [] : [start('batch', 0)]) });
    world.post('a');
    world.loop.round();
    const firings = world.steps.length - 1;
    expect(firings).toBeGreaterThan(1);
    expect(firings).toBeLessThan(20);
    world.post('b');
    world.loop.round();
    expect(world.steps.slice(firings + 1)[0]).toBe('receive b');
  });

  test('a long turn goes on after the sockets, even though its zero-delay timers have more work', async () => {
    const world = await World.started();
    world.react = () => {
      world.loop.stall(4);
      return [start('batch', 0)];
    };
    world.post('a');
    world.loop.round();
    expect(world.steps).toEqual(['receive a', 'timeout batch']);
    world.post('b');
    world.loop.round();
    expect(world.steps.slice(2, 4)).toEqual(['receive b', 'timeout batch']);
  });

  test('every input is stamped when it is taken, not when it arrived', async () => {
    const world = await World.started();
    world.post('a');
    world.loop.poll(() => world.journal.onDurable(1, 0, 0));
    world.loop.stall(30);
    world.loop.round();
    expect(world.inputs.map(({ kind, at }) => `${kind} at ${at}`)).toEqual(['persisted at 30', 'receive at 30']);
  });
});

describe('Timers', () => {
  test('fire once, at their time', async () => {
    const world = await World.started({ react: onReceive({ a: [start('election', 100), start('heartbeat', 40)] }) });
    world.post('a');
    world.loop.advance(39);
    expect(world.steps).toEqual(['receive a']);
    world.loop.advance(1);
    expect(world.steps).toEqual(['receive a', 'timeout heartbeat']);
    world.loop.advance(1000);
    expect(world.steps).toEqual(['receive a', 'timeout heartbeat', 'timeout election']);
  });

  test('a restart moves the time, later or earlier; a stop ends it', async () => {
    const world = await World.started({
      react: onReceive({
        later: [start('election', 100)],
        earlier: [start('election', 10)],
        stop: [stopTimer('election')],
      }),
    });
    world.post('later');
    world.loop.advance(90);
    world.post('later');
    world.loop.advance(99);
    expect(world.steps).toEqual(['receive later', 'receive later']);
    world.post('earlier');
    world.loop.advance(10);
    expect(world.steps.at(-1)).toBe('timeout election');
    world.post('later');
    world.loop.settle();
    world.post('earlier');
    world.loop.advance(10);
    expect(world.steps.slice(-2)).toEqual(['receive earlier', 'timeout election']);
    world.post('later');
    world.post('stop');
    world.loop.advance(1000);
    expect(world.steps.at(-1)).toBe('receive stop');
  });

  test('a leader’s messages restart an election timer thousands of times and the clock is asked a few times', async () => {
    const world = await World.started({ react: onReceive({ append: [start('election', 150)] }) });
    let asked = 0;
    const schedule = world.loop.schedule.bind(world.loop);
    world.loop.schedule = (delay, fire) => {
      asked++;
      return schedule(delay, fire);
    };
    for (let i = 0; i < 3000; i++) {
      world.post('append');
      world.loop.advance(0.5);
    }
    expect(asked).toBeLessThan(15);
    expect(world.steps).not.toContain('timeout election');
    world.loop.advance(150);
    expect(world.steps.at(-1)).toBe('timeout election');
  });

  test('those that came due together fire in the order of their times; one may stop another', async () => {
    const world = await World.started({
      react(input) {
        if (input.kind === 'receive') return [start('election', 30), start('heartbeat', 20), start('batch', 25)];
        return input.kind === 'timeout' && input.timer === 'batch' ? [stopTimer('election')] : [];
      },
    });
    world.post('a');
    world.loop.settle();
    world.loop.stall(40);
    world.loop.settle();
    expect(world.steps).toEqual(['receive a', 'timeout heartbeat', 'timeout batch']);
  });

  test('a zero-delay timer that is started twice fires once; one that is stopped in its turn does not', async () => {
    const world = await World.started({
      react: onReceive({ a: [start('batch', 0), start('batch', 0)], stop: [start('batch', 0), stopTimer('batch')] }),
    });
    world.post('a');
    world.loop.settle();
    world.post('stop');
    world.loop.settle();
    expect(world.steps).toEqual(['receive a', 'timeout batch', 'receive stop']);
  });

  test('random delays are drawn by the host', async () => {
    const world = await World.started({
      react: onReceive({ a: [{ kind: 'startTimer', timer: 'election', delay: { minMs: 150, maxMs: 300 } }] }),
    });
    world.post('a');
    world.loop.advance(151); // these dice give the lower end
    expect(world.steps.at(-1)).toBe('timeout election');
  });
});

describe('After a stall the mailbox is drained before a timer fires', () => {
  const follower = onReceive({ heartbeat: [start('election', 150)] });

  test('what the socket already held restarts the timer that came due meanwhile', async () => {
    const world = await World.started({ react: follower });
    world.post('heartbeat');
    world.loop.settle();
    world.post('heartbeat'); // lies in the socket while the process stands still
    world.loop.stall(400);
    world.loop.settle();
    expect(world.steps).toEqual(['receive heartbeat', 'receive heartbeat']);
    world.loop.advance(151);
    expect(world.steps.at(-1)).toBe('timeout election');
  });

  test('also when the socket gives what it holds piece by piece', async () => {
    const world = await World.started({ react: follower });
    world.post('heartbeat');
    world.loop.settle();
    const trickle = (left: number): void => {
      world.post(left === 0 ? 'heartbeat' : `old ${left}`);
      if (left > 0) world.loop.poll(() => trickle(left - 1));
    };
    trickle(5);
    world.loop.stall(400);
    world.loop.settle();
    expect(world.steps.at(-1)).toBe('receive heartbeat');
    expect(world.steps).not.toContain('timeout election');
  });

  test('a timer does not wait for ever for a flood to end', async () => {
    const world = await World.started({ react: onReceive({ start: [start('heartbeat', 50)] }) });
    world.post('start');
    world.loop.settle();
    world.loop.stall(400);
    for (let turn = 0; turn < 12 && !world.steps.includes('timeout heartbeat'); turn++) {
      world.post('flood');
      world.loop.round();
      world.loop.stall(10);
    }
    expect(world.steps).toContain('timeout heartbeat');
  });

  test('with nothing in the socket a late timer fires at once', async () => {
    const world = await World.started({ react: onReceive({ start: [start('election', 50)] }) });
    world.post('start');
    world.loop.settle();
    world.loop.stall(400);
    world.loop.round();
    expect(world.steps.at(-1)).toBe('timeout election');
  });
});

describe('Own inputs are never dropped', () => {
  test('however full the mailbox is', async () => {
    const none = { count: 0, bytes: 0 };
    const one = { count: 1, bytes: 1024 };
    const world = await World.started({
      limits: {
        ...{ peer: none, peers: none, client: one, clients: one },
        ...{ waitingSends: 10, roundsPerTurn: 8, turnMs: 5, verifications: 1 },
      },
      react: (input) => {
        if (input.kind === 'receive') return [persist(1), start('heartbeat', 5), start('batch', 0)];
        return input.kind === 'persisted' ? [saw('durable')] : [];
      },
    });
    world.post('a', 'client');
    world.post('b', 'client');
    world.post('c', 'peer');
    world.loop.advance(5);
    expect(world.steps).toEqual(['receive a', 'timeout batch', 'persisted 1', 'timeout heartbeat']);
    expect(world.log.of('refused')).toEqual(['client sender-quota', 'peer sender-quota']);
  });
});
