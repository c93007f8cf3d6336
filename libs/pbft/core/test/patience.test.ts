import type { Command, Signed } from '@synod/pbft-core';
import { Batch, defaultTimings } from '@synod/pbft-core';
import { afterFailures, spread } from '../src/delays.js';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import { batchOf, commit, digestOf, newView, nullBatch, prePrepare, prepare, viewChange } from './saying.js';

const viewsOf = (group: Group): readonly number[] => group.live.map(({ state }) => state.view);

describe('Timers', () => {
  test('a replica joins f + 1 others at once, in the smallest view of the highest f + 1', () => {
    const lone = new Lone('r3');
    lone.hear(viewChange('r1', 7));
    expect(lone.server.state.view).toBe(0);
    lone.hear(viewChange('r2', 9));
    expect(lone.server.state).toMatchObject({ view: 7, active: false });
    lone.hear(viewChange('r4', 9));
    expect(lone.server.state.view).toBe(9);
    expect(lone.server.saw('viewChangeStarted').map(({ why }) => why)).toEqual(['joined', 'joined']);
  });

  test('each view without progress doubles the wait, up to the longest', () => {
    const lone = new Lone('r7', { n: 7, timings: { viewChangeMs: 1000, longestMs: 8000 } });
    const waited: number[] = [];
    for (let view = 1; view <= 5; view++) {
      for (const name of ['r1', 'r2', 'r3', 'r4']) lone.hear(viewChange(name, view));
      const since = lone.group.now();
      while (lone.server.state.view === view) lone.group.run(100);
      waited.push(Math.round((lone.group.now() - since) / 1000));
    }
    expect(waited).toEqual([1, 2, 4, 8, 8]);
    expect(lone.server.saw('viewChangeStarted').map(({ why }) => why)).toEqual(['joined', ...Array(5).fill('timeout')]);
  });

  test('and so it doubles the wait for the oldest request', () => {
    const lone = new Lone('r3');
    const waited = (view: number): number => {
      const since = lone.group.now();
      lone.group.ask(`in view ${view}`, ['r3']);
      const isSilent = (): boolean =>
        lone.server.saw('complained').some((each) => each.view === view && each.why === 'silent');
      while (!isSilent()) lone.group.run(100);
      return Math.floor((lone.group.now() - since) / 2000);
    };
    expect(waited(0)).toBe(1);
    const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1));
    const named = changes.map(({ signed }) => signed);
    lone.hear(...changes, newView(1, named));
    expect(lone.server.state).toMatchObject({ view: 1, active: true, failedViews: 1 });
    expect(waited(1)).toBe(2);
  });

  test('is not shortened by requests that nobody waits for here', () => {
    const lone = new Lone('r3');
    const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1));
    lone.hear(
      ...changes,
      newView(
        1,
        changes.map(({ signed }) => signed),
      ),
    );
    expect(lone.server.state).toMatchObject({ view: 1, active: true, failedViews: 1 });
    const execute = (sequence: number, batch: Batch) => {
      const votes = ['r1', 'r2', 'r4'].map((name) => commit(name, 1, sequence, digestOf(batch)));
      const prepares = ['r1', 'r4'].map((name) => prepare(name, 1, sequence, digestOf(batch)));
      lone.hear(prePrepare(1, sequence, batch), ...prepares, ...votes);
    };
    execute(1, batchOf('of long ago'));
    execute(2, nullBatch);
    expect(lone.server.state).toMatchObject({ lastExecuted: 2, failedViews: 1 });
    const asked = batchOf('asked for');
    lone.server.hear('ann', { kind: 'request', signed: asked.requests[0]! });
    execute(3, asked);
    expect(lone.server.state).toMatchObject({ lastExecuted: 3, failedViews: 0 });
  });

  test('no number of failed views makes a wait that a timer would not take', () => {
    for (let failed = 0; failed < 3000; failed++) {
      const ms = afterFailures(2000, failed, defaultTimings);
      expect(ms).toBe(Math.min(60_000, 2000 * 2 ** Math.min(failed, 10)));
      expect(spread(ms).maxMs).toBeLessThan(2 ** 31);
    }
  });

  test('nobody goes on to the next view before a quorum asks for this one', () => {
    const lone = new Lone('r4');
    lone.hear(viewChange('r1', 1), viewChange('r2', 1));
    lone.group.crash();
    expect(lone.server.state.view).toBe(1);
    const other = new Lone('r4', { n: 7 });
    other.hear(viewChange('r1', 1), viewChange('r2', 1), viewChange('r3', 1));
    other.group.run(100_000);
    expect(other.server.state.view).toBe(1);
    other.hear(viewChange('r5', 1));
    other.group.run(10_000);
    expect(other.server.state.view).toBe(2);
  });

  test('who has gone on to a later view counts for the time: he will not come back', () => {
    const lone = new Lone('r4');
    lone.hear(viewChange('r1', 1), viewChange('r2', 2));
    expect(lone.server.state).toMatchObject({ view: 1, active: false });
    lone.group.run(7000);
    expect(lone.server.state.view).toBe(2);
    expect(lone.server.saw('viewChangeStarted').map(({ why }) => why)).toEqual(['joined', 'timeout']);
  });

  test('replicas that drifted apart meet again', () => {
    const group = new Group();
    group.put('a');
    const alone = new Set<string>();
    group.network = (from, to) => !alone.has(from) && !alone.has(to);
    group.crash('r1');
    // r2 and r3 give up view after view without being heard by r4, and then the other way round.
    for (const name of ['r4', 'r3', 'r2', 'r4']) {
      alone.clear();
      alone.add(name);
      group.ask('b');
      group.run(30_000);
    }
    alone.clear();
    group.put('c');
    expect(new Set(viewsOf(group)).size).toBe(1);
    expect(group.history()).toContain('b');
  });

  test('a storm ends: when the network heals, few view changes are needed', () => {
    const group = new Group();
    group.network = () => false;
    group.ask('a');
    group.run(5 * 60_000);
    group.network = () => true;
    const before = Math.max(...viewsOf(group));
    group.put('b');
    expect(Math.max(...viewsOf(group)) - before).toBeLessThanOrEqual(2);
    expect(Math.max(...viewsOf(group))).toBeLessThanOrEqual(3);
  });

  test('progress makes the wait short again', () => {
    const group = new Group();
    group.crash('r1', 'r2');
    const disk = group.server('r2').disk;
    group.ask('a');
    group.run(60_000);
    group.restart('r2', disk);
    group.put('b');
    expect(group.live.every(({ state }) => state.failedViews === 0)).toBe(true);
  });
});

describe('Under constant load', () => {
  test('a healthy primary stays: the timer is about one request, not about an empty queue', () => {
    const group = new Group({ timings: { requestMs: 200, slowMs: 100 } });
    for (let i = 0; i < 400; i++) {
      group.ask(`t${i}`);
      group.run(5);
    }
    expect(viewsOf(group)).toEqual([0, 0, 0, 0]);
    group.run(100);
    expect(group.history()).toHaveLength(400);
  });

  test('a primary that passes over one request is replaced, though all others are executed', () => {
    const group = new Group();
    group.network = (_from, to, message) => {
      const text =
        message.kind === 'request' || message.kind === 'relay'
          ? Buffer.from(message.signed.statement.batch).toString()
          : '';
      return to !== 'r1' || text !== 'censored';
    };
    group.ask('censored');
    for (let i = 0; i < 400; i++) {
      group.ask(`t${i}`);
      group.run(10);
    }
    expect(viewsOf(group)).toEqual([1, 1, 1, 1]);
    expect(group.history()).toContain('censored');
  });

  test('a primary that lets everything wait just below the timer is replaced', () => {
    const group = new Group();
    let delayed = 0;
    group.network = (from, to, message) => {
      if (from !== 'r1' || message.kind !== 'prePrepare') return true;
      delayed++;
      group.later(1500, () => void (group.server(to).alive && group.server(to).hear(from, message)));
      return false;
    };
    for (let i = 0; i < 100; i++) {
      group.ask(`t${i}`);
      group.run(100);
    }
    expect(delayed).toBeGreaterThan(0);
    expect(viewsOf(group)).toEqual([1, 1, 1, 1]);
    expect(group.server('r2').saw('complained')).toMatchObject([{ view: 0, why: 'slow' }]);
    group.run(1000);
    expect(group.history()).toHaveLength(100);
  });

  test('nor does it look faster when it proposes old requests again between those that wait', () => {
    const group = new Group();
    const old = texts(60, 'old').map((text) => group.ask(text).signed);
    group.run(2000);
    let sequence = group.server('r1').state.lastExecuted;
    const held = new Map<Signed<Command>, number>();
    group.betray('r1', (_from, message) => {
      if (message.kind === 'request' && !held.has(message.signed)) held.set(message.signed, group.now());
    });
    const turn = (): void => {
      const due = [...held].filter(([, since]) => since > 0 && group.now() - since >= 1500).map(([signed]) => signed);
      for (const signed of due) held.set(signed, 0);
      group.publish('r1', 'everyone', prePrepare(0, ++sequence, new Batch([...due, ...old])));
      group.later(100, turn);
    };
    turn();
    for (const text of texts(50)) {
      group.ask(text);
      group.run(100);
    }
    expect(viewsOf(group)).toEqual([1, 1, 1]);
    expect(group.server('r2').saw('complained')).toMatchObject([{ view: 0, why: 'slow' }]);
    group.run(1000);
    expect(group.history()).toHaveLength(110);
  });

  test('where everything is slow no primary is better than the last: the group settles', () => {
    const group = new Group();
    group.network = (from, to, message) => {
      if (message.kind !== 'prePrepare') return true;
      group.later(600, () => void (group.server(to).alive && group.server(to).hear(from, message)));
      return false;
    };
    for (let i = 0; i < 600; i++) {
      group.ask(`t${i}`);
      group.run(100);
    }
    expect(Math.max(...viewsOf(group))).toBeLessThanOrEqual(3);
    group.run(3000);
    expect(group.history()).toHaveLength(600);
  });
});

test('what was relayed before the client said it here hangs together with what it said', () => {
  const group = new Group();
  group.betray('r2');
  const request = group.ask('late', []);
  group.post('r2', 'r1', { kind: 'relay', signed: request.signed });
  group.post('ann', 'r1', request);
  group.run(100);
  expect(group.server('r1').saw('proposed')).toMatchObject([{ requests: [{ from: 'ann', request }] }]);
});

test('a backup relays what waits long, in case the primary never got it', () => {
  const group = new Group();
  group.ask('lost', ['r2', 'r3', 'r4']);
  group.run(3000);
  expect(group.history()).toEqual(['lost']);
  expect(viewsOf(group)).toEqual([0, 0, 0, 0]);
});
