import type { Message } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Group, texts } from './group.js';
import { helloOf, status } from './saying.js';
import { Disk } from './server.js';

const small = { checkpointInterval: 5, logSize: 10 };

describe('A group is founded', () => {
  test('when all members are empty, and not before', () => {
    const group = new Group({ founded: false });
    group.crash('r4');
    group.run(1000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['empty', 'empty', 'empty']);
    group.restart('r4', new Disk());
    group.run(500);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['active', 'active', 'active', 'active']);
    group.put('a');
    expect(group.history()).toEqual(['a']);
  });

  test('without one that does not answer, after a while', () => {
    const group = new Group({ founded: false });
    group.network = (from, _to, { kind }) => from !== 'r4' || kind === 'hello';
    group.run(100);
    group.crash('r4');
    group.run(6000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['active', 'active', 'active']);
    group.put('a');
    group.network = () => true;
    // It had said hello: what comes then, with another disk, is a second life, and behaves as one that lost its disk.
    const late = group.restart('r4', new Disk());
    group.run(1000);
    expect(late.state.standing).toBe('recovering');
  });

  test('and one that was never heard of takes part when it comes, however late', () => {
    const group = new Group({ founded: false });
    group.network = (from) => from !== 'r4';
    group.run(6000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['active', 'active', 'active', 'empty']);
    group.put(...texts(5));
    group.network = () => true;
    group.run(1000);
    const late = group.server('r4');
    expect(late.state).toMatchObject({ standing: 'active', floor: 0, firstView: 0 });
    // Beside a traitor it is needed at once.
    group.betray('r2');
    group.put('needs r4');
    expect(late.service.applied).toEqual([...texts(5), 'needs r4']);
    expect(group.audit.contradictions).toEqual([]);
  });

  test('by a member that restarted while it was empty: it is the same life', () => {
    const group = new Group({ founded: false });
    let cut = true;
    group.network = (_from, to, message) => !cut || to !== 'r4' || message.kind !== 'helloReply';
    group.run(2000);
    expect(group.server('r1').state.standing).toBe('active');
    group.restart('r4');
    cut = false;
    group.run(1000);
    expect(group.server('r4').state).toMatchObject({ standing: 'active', floor: 0 });
  });

  test('and vouches for one life of a member only, on its disk before it says so', () => {
    const group = new Group({ founded: false });
    group.crash('r2', 'r3', 'r4');
    const { disk } = group.server('r1');
    const said = () =>
      group
        .server('r1')
        .sent.flatMap(({ to, message }) =>
          to === 'r4' && message.kind === 'helloReply' ? message.signed.statement.founder : [],
        );
    const hello = (nonce: number) => {
      group.server('r1').hear('r4', helloOf('r4', nonce));
      group.run(200);
    };
    group.server('r1').syncMs = 100;
    group.server('r1').hear('r4', helloOf('r4', 7));
    group.run(50);
    expect(said()).toEqual([]);
    group.run(100);
    expect(said()).toEqual([true]);
    hello(8);
    hello(7);
    expect(said()).toEqual([true, false, true]);
    group.restart('r1', disk);
    hello(8);
    hello(7);
    expect(said()).toEqual([false, true]);
  });

  test('never by less than a quorum', () => {
    const group = new Group({ founded: false });
    group.crash('r3', 'r4');
    group.run(60_000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['empty', 'empty']);
    group.ask('a');
    group.run(1000);
    expect(group.history()).toEqual([]);
  });

  test('also by a member that was alive and empty when the others became active', () => {
    const group = new Group({ founded: false });
    // r4 answers, and hears no answer until the others are active.
    let cut = true;
    group.network = (_from, to, message) => !cut || to !== 'r4' || message.kind !== 'helloReply';
    group.run(2000);
    expect(group.server('r1').state.standing).toBe('active');
    expect(group.server('r4').state.standing).toBe('empty');
    cut = false;
    group.run(1000);
    expect(group.server('r4').state).toMatchObject({ standing: 'active', floor: 0 });
  });

  test('not by one that lost its data, whatever the others say', () => {
    const group = new Group({ founded: false });
    group.restart('r4', new Disk(), true);
    group.run(4000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['empty', 'empty', 'empty', 'lost']);
    group.run(3000);
    expect(group.live.map(({ state }) => state.standing)).toEqual(['active', 'active', 'active', 'recovering']);
  });

  test('not by one that lost its data before anybody heard of it', () => {
    const group = new Group({ founded: false });
    group.network = (from) => from !== 'r4';
    group.run(6000);
    group.restart('r4', new Disk(), true);
    group.network = () => true;
    group.run(1000);
    expect(group.server('r4').state.standing).toBe('recovering');
  });
});

describe('Who lost its disk', () => {
  const lose = (group: Group, name: string) => group.restart(name, new Disk());

  test('signs nothing until its checkpoint is beyond everything that it may have signed, then takes part', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    const again = lose(group, 'r2');
    group.run(500);
    expect(again.state).toMatchObject({ standing: 'recovering', floor: 5 + 2 * 10 });
    group.put('meanwhile');
    group.run(500);
    expect(again.service.applied).toEqual(group.history());
    const votes = again.sent.filter(({ message }) =>
      ['prepare', 'commit', 'checkpoint', 'viewChange'].includes(message.kind),
    );
    expect(votes).toEqual([]);
    // Nobody asks for anything: the primary fills the log up.
    group.run(10_000);
    expect(again.state).toMatchObject({ standing: 'active', floor: 0 });
    group.crash('r3');
    group.put('needs r2');
    expect(group.history().at(-1)).toBe('needs r2');
    expect(group.audit.contradictions).toEqual([]);
  });

  test('votes in no view that its former life may have given up, and changes views as everybody does', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    const again = lose(group, 'r2');
    group.run(10_000);
    expect(again.state).toMatchObject({ standing: 'active', view: 0, firstView: 1 });
    group.put('seen', 'seen too');
    expect(again.service.applied).toEqual(group.history());
    const voted = again.sent.filter(({ message: { kind } }) => kind === 'prepare' || kind === 'commit');
    expect(voted).toEqual([]);
    expect(again.saw('checkpointTaken').length).toBeGreaterThan(4);
    const later = group.restart('r2');
    group.run(500);
    expect(later.state).toMatchObject({ standing: 'active', view: 0, firstView: 1 });
    group.crash('r1');
    group.put('needs r2');
    expect(later.state).toMatchObject({ view: 1, role: 'primary' });
    expect(group.audit.contradictions).toEqual([]);
  });

  test('does not take part before it has seen others commit beyond the floor, though a checkpoint there is stable', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    group.network = (_from, to, { kind }) => to !== 'r2' || kind !== 'commit';
    const again = lose(group, 'r2');
    group.run(500);
    group.put(...texts(40, 'u'));
    group.run(2000);
    expect(again.state.lowWaterMark).toBeGreaterThanOrEqual(25);
    expect(again.state.standing).toBe('recovering');
    group.network = () => true;
    group.run(2000);
    expect(again.state.standing).toBe('active');
  });

  test('comes into a view whose beginning names a view change of its former life', () => {
    const group = new Group({ limits: small });
    group.put('a');
    group.crash('r1');
    group.put('b');
    group.restart('r1');
    group.run(500);
    const named = group
      .server('r2')
      .sent.flatMap(({ message }) =>
        message.kind === 'newView' ? message.signed.statement.viewChanges.map(({ replica }) => replica) : [],
      );
    expect(named).toContain('r3');
    const again = lose(group, 'r3');
    group.put(...texts(40, 'u'));
    group.run(2000);
    expect(again.state).toMatchObject({ view: 1, active: true, standing: 'active' });
  });

  test('answers no read and no client meanwhile', () => {
    const group = new Group({ limits: small });
    group.put('a');
    const again = lose(group, 'r2');
    group.run(500);
    group.put('b');
    const replies = group.told.filter(
      ({ from, message }) => from === 'r2' && message.kind === 'reply' && message.answer.kind === 'results',
    );
    expect(replies.length).toBeLessThanOrEqual(1);
    again.hear('ann', {
      kind: 'read',
      client: 'c',
      sequence: 1,
      level: 'linearizable',
      maxAgeMs: 0,
      queries: new Uint8Array(1),
    });
    const last = group.told.at(-1)!.message;
    expect(last).toMatchObject({ answer: { kind: 'refused', reason: 'unavailable' } });
  });

  test('as primary is replaced', () => {
    const group = new Group({ limits: small });
    group.put('a');
    lose(group, 'r1');
    group.put('b');
    expect(group.server('r2').state.view).toBe(1);
    group.run(30_000);
    expect(group.server('r1').state).toMatchObject({ standing: 'active', view: 1 });
  });

  test('as primary of a group at rest asks to be relieved, and is helped back by the next one', () => {
    const group = new Group({ limits: small });
    group.put('a');
    group.run(2000);
    const again = lose(group, 'r1');
    group.run(30_000);
    expect(again.saw('complained')).toMatchObject([{ view: 0, why: 'recovering' }]);
    expect(group.live.map(({ state }) => state.view)).toEqual([1, 1, 1, 1]);
    expect(again.state).toMatchObject({ standing: 'active', complaints: [] });
    expect(group.audit.contradictions).toEqual([]);
  });

  test('or says so, for ever: it is given no more null requests than it takes, and then as many as there are requests', () => {
    const group = new Group({ limits: small });
    group.betray('r4');
    const claim = (turns: number) => {
      for (let turn = 0; turn < turns; turn++) {
        const floor = group.server('r1').state.lastExecuted + 5;
        group.post('r4', 'r1', status({ floor }));
        group.run(500);
      }
    };
    claim(300);
    const { proposed } = group.server('r1').state.statistics;
    expect(proposed).toBe(8 * 10);
    group.put('a', 'b', 'c');
    claim(50);
    expect(group.server('r1').state.statistics.proposed).toBe(proposed + 3 + 3);
  });

  test('counts no answer to a hello of an earlier life', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    const earlier: { from: string; message: Message }[] = [];
    group.network = (from, to, message) => {
      if (to !== 'r2' || message.kind !== 'helloReply') return true;
      earlier.push({ from, message });
      return false;
    };
    lose(group, 'r2');
    group.run(500);
    const again = lose(group, 'r2');
    expect(new Set(earlier.map(({ from }) => from)).size).toBe(3);
    for (const { from, message } of earlier) again.hear(from, message);
    expect(again.state.standing).toBe('empty');
    group.network = () => true;
    group.run(1000);
    expect(again.state.standing).toBe('recovering');
  });

  test('vouches for nobody: it knows of no beginning', () => {
    const group = new Group({ n: 7, founded: false, limits: small });
    group.network = (from) => from !== 'r7';
    group.run(6000);
    group.put('a');
    const again = lose(group, 'r2');
    group.run(20_000);
    expect(again.state.standing).toBe('active');
    group.network = () => true;
    group.run(1000);
    const said = again.sent.flatMap(({ to, message }) =>
      to === 'r7' && message.kind === 'helloReply' ? message.signed.statement.founder : [],
    );
    expect(said).not.toContain(true);
    expect(said.length).toBeGreaterThan(0);
  });

  test('waits for as many answers as it takes to know how far its former life can have been', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    group.crash('r3', 'r4');
    const again = lose(group, 'r2');
    group.run(60_000);
    expect(again.state.standing).toBe('empty');
    group.restart('r3');
    group.run(500);
    expect(again.state.standing).toBe('recovering');
  });

  test('of seven for the answers of four, though three are more than f', () => {
    const group = new Group({ n: 7, limits: small });
    group.put(...texts(7));
    group.crash('r5', 'r6', 'r7');
    const again = lose(group, 'r2');
    group.run(60_000);
    expect(again.state.standing).toBe('empty');
    group.restart('r5');
    group.run(500);
    expect(again.state.standing).toBe('recovering');
  });

  test('is not kept out by a liar, who can prove no higher checkpoint than there is', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    group.network = (from, _to, message) => {
      if (from !== 'r4' || message.kind !== 'helloReply') return true;
      return { ...message, stable: { ...message.stable, state: { ...message.stable.state, sequence: 2 ** 50 } } };
    };
    const again = lose(group, 'r2');
    group.run(1000);
    expect(again.state).toMatchObject({ standing: 'recovering', floor: 25 });
  });

  test('nor by one that signs a higher checkpoint than the one that it proves', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    group.network = (from, _to, message) => {
      if (from === 'r3') return false; // then r1 and r4 are those that it must hear
      if (from !== 'r4' || message.kind !== 'helloReply') return true;
      return { ...message, signed: cryptographyOf('r4').sign({ ...message.signed.statement, stable: 2 ** 50 }) };
    };
    const again = lose(group, 'r2');
    group.run(1000);
    expect(again.state.standing).toBe('empty');
    expect(again.rejections()).toContain('r4: standingNotProven');
    group.network = () => true;
    group.run(1000);
    expect(again.state).toMatchObject({ standing: 'recovering', floor: 25 });
  });

  test('comes back as it was after a restart', () => {
    const group = new Group({ limits: small });
    group.put(...texts(7));
    lose(group, 'r2');
    group.run(500);
    const again = group.restart('r2');
    group.run(10);
    expect(again.state).toMatchObject({ standing: 'recovering', floor: 25 });
  });

  test('of which there are more than f: the group stops rather than guess', () => {
    const group = new Group({ limits: small });
    group.put(...texts(3));
    lose(group, 'r2');
    lose(group, 'r3');
    group.run(2000);
    group.ask('lost');
    group.run(60_000);
    expect(group.server('r1').service.applied).toEqual(texts(3));
  });
});
