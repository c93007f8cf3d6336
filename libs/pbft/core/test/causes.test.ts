import { roundOf } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import { batchOf, complaint, prePrepare, viewChange } from './saying.js';
import { Disk } from './server.js';
import type { Server } from './server.js';

// What a view is left for, and what is fetched for what reason: events say so, and rounds in words of their own.

const small = { checkpointInterval: 5, logSize: 10, inFlightSmall: 1, inFlight: 1 };

const causesOf = (server: Server): readonly (string | undefined)[] =>
  server.saw('viewChangeStarted').map((event) => {
    const fact = roundOf(event);
    return fact?.part === 'campaigned' ? fact.why : undefined;
  });

describe('A view is left', () => {
  test.each([
    ['a request that is not executed in time', 'requestTimeout', { slowMs: 100_000 }],
    ['requests that wait too long on average', 'requestsWait', {}],
  ])('for %s: the very message that was received is named', (_, why, timings) => {
    const group = new Group({ timings });
    group.put('before');
    group.crash('r1');
    const asked = group.ask('after');
    group.run(10_000);
    for (const name of ['r2', 'r3', 'r4']) {
      expect(causesOf(group.server(name))).toEqual([why]);
      expect(group.server(name).saw('viewChangeStarted')[0]!.request).toBe(asked);
    }
  });

  test('and the next one for it, too, when that view does not begin', () => {
    const group = new Group();
    group.crash('r1');
    group.network = (_from, _to, { kind }) => kind !== 'newView';
    const asked = group.ask('x');
    group.run(20_000);
    const [first, second] = group.server('r3').saw('viewChangeStarted');
    expect(causesOf(group.server('r3')).slice(0, 2)).toEqual(['requestsWait', 'newViewTimeout']);
    expect([first!.request, second!.request]).toEqual([asked, asked]);
  });

  test('by who waits for nothing, because f + 1 complain, or have left', () => {
    const lone = new Lone('r3');
    lone.hear(complaint('r2', 0), complaint('r4', 0));
    lone.hear(viewChange('r2', 5), viewChange('r4', 5));
    expect(causesOf(lone.server)).toEqual(['complaints', 'joined']);
    expect(lone.server.saw('viewChangeStarted').map(({ request }) => request)).toEqual([undefined, undefined]);
  });

  test('by who waits and is not the first to leave: for what it waits', () => {
    const lone = new Lone('r3');
    const asked = lone.group.ask('x', ['r3']);
    while (!lone.server.saw('complained').some(({ why }) => why === 'silent')) lone.group.run(100);
    lone.hear(viewChange('r2', 5), viewChange('r4', 5));
    expect(lone.server.saw('viewChangeStarted')).toMatchObject([
      { why: 'joined', grievance: 'silent', request: asked },
    ]);
    expect(causesOf(lone.server)).toEqual(['requestTimeout']);
  });

  test('because the primary signed two proposals for one place', () => {
    const lone = new Lone('r3');
    lone.hear(prePrepare(0, 1, batchOf('one')), prePrepare(0, 1, batchOf('other')));
    expect(causesOf(lone.server)).toEqual(['equivocation']);
  });

  test('because the primary stops, which it alone knows', () => {
    const group = new Group();
    group.put('a');
    group.server('r1').step({ kind: 'stopping' });
    group.run(1000);
    expect(causesOf(group.server('r1'))).toEqual(['primaryStopping']);
    for (const name of ['r2', 'r3', 'r4']) expect(causesOf(group.server(name))).toEqual(['abdication']);
  });

  test('because the primary lost its disk, as its status has told', () => {
    const group = new Group({ limits: small });
    group.put(...texts(12));
    group.run(500);
    group.restart('r1', new Disk());
    group.run(5000);
    for (const name of ['r2', 'r3', 'r4']) expect(causesOf(group.server(name))).toEqual(['primaryLostDisk']);
    expect(causesOf(group.server('r1'))).toEqual([]);
  });
});

describe('What is fetched', () => {
  const fetched = (server: Server): readonly unknown[] =>
    [...server.saw('transferBegan'), ...server.saw('snapshotFetching')].map(({ why }) => why);

  test('is behind a checkpoint, or was lost with the disk', () => {
    const group = new Group({ limits: { ...small, snapshotAfterBatches: 20, chunkBytes: 256 } });
    group.crash('r4');
    group.put(...texts(50));
    group.restart('r4');
    group.run(2000);
    expect(new Set(fetched(group.server('r4')))).toEqual(new Set(['checkpointAhead']));
    group.restart('r4', new Disk());
    group.run(3000);
    const again = group.server('r4');
    expect(again.saw('snapshotFetching')).toMatchObject([{ sequence: 40, from: 1, why: 'diskLost' }]);
    expect(new Set(fetched(again))).toEqual(new Set(['diskLost']));
    expect(again.saw('transferEnded').at(-1)!.executed).toBeGreaterThanOrEqual(50);
  });
});
