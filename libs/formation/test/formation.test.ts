import fc from 'fast-check';
import { Group, members } from './group.js';

const founding = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe('First start', () => {
  test('all are empty: the first member gives them an id, and when everyone has recorded it, all are active', () => {
    const group = new Group();
    const { incarnation } = group.member('m1');
    group.settle();
    expect(group.standings()).toEqual(['active', 'active', 'active']);
    expect(group.all.map(({ clusterId }) => clusterId)).toEqual([incarnation, incarnation, incarnation]);
    expect(group.all.map(({ activations, asking }) => [activations, asking])).toEqual(members.map(() => [1, false]));
  });

  test.each(members)('nothing is formed while %s is silent; then the next round of questions does it', (silent) => {
    const group = new Group();
    group.settle(silent);
    expect(group.standings()).toEqual(['empty', 'empty', 'empty']);
    expect(group.all.every(({ asking }) => asking)).toBe(true);
    group.ask();
    group.settle();
    expect(group.standings()).toEqual(['active', 'active', 'active']);
  });

  test('a member that has not recorded the id keeps all others from being active', () => {
    const group = new Group();
    const forms = [];
    while (group.wire.length > 0) {
      const sent = group.wire.shift()!;
      if (sent.message.kind === 'form' && sent.to === 'm3') forms.push(sent);
      else group.deliver(sent);
    }
    expect(group.standings()).toEqual(['formed', 'formed', 'empty']);
    group.deliver(forms[0]!);
    group.settle();
    expect(group.standings()).toEqual(['active', 'active', 'active']);
  });

  test('who missed that the group is active asks and is told', () => {
    const group = new Group();
    while (group.wire.length > 0) {
      const sent = group.wire.shift()!;
      if (sent.message.kind !== 'activate') group.deliver(sent);
    }
    expect(group.standings()).toEqual(['active', 'formed', 'formed']);
    group.ask();
    group.settle();
    expect(group.standings()).toEqual(['active', 'active', 'active']);
  });

  test('a member alone needs to ask nobody', () => {
    members.splice(0, 3, 'm1');
    try {
      expect(new Group().standings()).toEqual(['active']);
    } finally {
      members.splice(0, 1, 'm1', 'm2', 'm3');
    }
  });

  test('the cluster id comes from the first member, and is meant for one life', () => {
    const group = new Group();
    const m2 = group.member('m2');
    m2.hear('m3', { kind: 'form', clusterId: 9, incarnation: m2.incarnation });
    m2.hear('m1', { kind: 'form', clusterId: 9, incarnation: m2.incarnation - 1 });
    expect(m2.standing).toBe('empty');
    expect(m2.rejected).toEqual(['m3 notTheFirstMember']);
    m2.hear('m1', { kind: 'form', clusterId: 9, incarnation: m2.incarnation });
    expect(m2).toMatchObject({ standing: 'formed', clusterId: 9 });
    m2.hear('m1', { kind: 'activate', clusterId: 8 });
    expect(m2.standing).toBe('formed');
  });

  test('that a member has recorded another id does not count', () => {
    const group = new Group();
    group.settle('m3');
    group.ask();
    while (group.member('m1').standing === 'empty') group.deliver(group.wire.shift()!);
    group.member('m1').hear('m2', { kind: 'formed', clusterId: 1 });
    expect(group.member('m1').answers.get('m2')).toMatchObject({ standing: 'empty', clusterId: 0 });
  });

  test('who is active asks nobody, in its later lives neither', () => {
    const group = new Group();
    group.settle();
    for (const member of group.all) member.restart();
    expect(group.all.map(({ asking }) => asking)).toEqual([false, false, false]);
    expect(group.wire).toEqual([]);
  });

  test('an answer to a former life does not count', () => {
    const group = new Group();
    const m1 = group.member('m1');
    for (const from of ['m2', 'm3']) {
      const reply = { kind: 'helloReply', incarnation: 1, standing: 'empty', clusterId: 0, era: 0 } as const;
      m1.hear(from, { ...reply, nonce: m1.incarnation - 1 });
    }
    expect(m1.standing).toBe('empty');
    expect(m1.answers.size).toBe(0);
  });
});

describe('The founding configuration', () => {
  test('goes with the cluster id, and all that agree are formed', () => {
    const group = new Group(() => founding(1, 2, 3));
    const sent: unknown[] = [];
    while (group.wire.length > 0) {
      const next = group.wire.shift()!;
      if (next.message.kind === 'form') sent.push(next.message.founding);
      group.deliver(next);
    }
    expect(sent.length).toBeGreaterThan(1);
    for (const each of sent) expect(each).toEqual(founding(1, 2, 3));
    expect(group.standings()).toEqual(['active', 'active', 'active']);
  });

  test.each([[[1, 2]], [[1, 2, 4]], [[1, 2, 3, 4]], [[]]])('with %j a member is not formed by 1, 2, 3', (bytes) => {
    const group = new Group((self) => (self === 'm3' ? founding(...bytes) : founding(1, 2, 3)));
    group.settle();
    expect(group.standings()).toEqual(['formed', 'formed', 'empty']);
    expect(new Set(group.member('m3').rejected)).toEqual(new Set(['m1 foundingDiffers']));
    expect(group.member('m3').disk).toBeUndefined();
  });

  test('is left out where there is none', () => {
    const group = new Group();
    const forms: object[] = [];
    while (group.wire.length > 0) {
      const next = group.wire.shift()!;
      if (next.message.kind === 'form') forms.push(next.message);
      group.deliver(next);
    }
    expect(forms.length).toBeGreaterThan(1);
    for (const form of forms) expect(Object.keys(form)).toEqual(['kind', 'clusterId', 'incarnation']);
  });
});

describe('A lost disk', () => {
  const active = (): Group => {
    const group = new Group();
    group.settle();
    return group;
  };

  test.each(members)('of %s: it hears that others are active, with the eras they know', (self) => {
    const group = active();
    const member = group.member(self);
    member.loseDisk();
    group.settle();
    expect(member).toMatchObject({ standing: 'recovering', asking: false, activations: 1 });
    expect([...member.answers.values()].map(({ era }) => era)).toEqual([7, 7]);
    for (const other of group.all) if (other !== member) expect(other.heard).toContain(`${self} empty`);
  });

  test('the protocol is told with each answer until it has heard enough', () => {
    const group = active();
    const m2 = group.member('m2');
    m2.loseDisk();
    group.settle('m3');
    expect(m2).toMatchObject({ standing: 'empty', losses: 1, asking: true });
    group.ask();
    group.settle();
    expect(m2).toMatchObject({ standing: 'recovering', losses: 3, asking: false });
  });

  test('of two: neither has heard enough, and nothing new is formed', () => {
    const group = active();
    group.member('m1').loseDisk();
    group.member('m2').loseDisk();
    group.settle();
    group.ask();
    group.settle();
    expect(group.standings()).toEqual(['empty', 'empty', 'active']);
  });

  test('what is lost by damage never helps to form a group', () => {
    const group = new Group();
    group.wire = [];
    for (const member of group.all) member.restart(member.self === 'm3' ? 'lost' : 'empty');
    group.settle();
    expect(group.standings()).toEqual(['empty', 'empty', 'lost']);
    group.wire = [];
    for (const member of group.all) member.restart(member.self === 'm1' ? 'lost' : 'empty');
    group.settle();
    expect(group.standings()).toEqual(['lost', 'empty', 'empty']);
  });

  test('that others recover from means that there was a group: no new one is formed', () => {
    const group = new Group();
    group.wire = [];
    group.member('m3').disk = { standing: 'recovering', clusterId: 1 };
    for (const member of group.all) member.restart();
    group.settle();
    expect(group.standings()).toEqual(['empty', 'empty', 'recovering']);
  });

  test('of the first member while it forms: its former life may have activated the others, so people must look', () => {
    const group = new Group();
    while (group.wire.length > 0 && group.member('m2').standing === 'empty') group.deliver(group.wire.shift()!);
    group.wire = [];
    group.member('m1').loseDisk();
    group.settle();
    expect(group.member('m1').rejected).toEqual(['m1 diskLostWhileForming']);
    expect(group.standings()).toEqual(['empty', 'formed', 'empty']);
  });

  test('and a member of another cluster: they are not made one', () => {
    const group = new Group();
    group.wire = [];
    group.all.forEach((member, i) => {
      member.disk = { standing: 'formed', clusterId: i === 2 ? 1 : 2 };
      member.recorded.add(1).add(2);
      member.restart();
    });
    group.settle();
    expect(group.standings()).toEqual(['formed', 'formed', 'formed']);
    expect(group.member('m1').rejected).toContain('m1 membersOfDifferentClusters');
    group.member('m1').disk = { standing: 'active', clusterId: 2 };
    group.member('m1').restart();
    group.ask();
    group.settle();
    expect(group.standings()).toEqual(['active', 'active', 'formed']);
  });
});

describe('Whatever is late, doubled or lost, and whoever crashes', () => {
  const step = fc.record({
    what: fc.oneof(
      { weight: 24, arbitrary: fc.constant('deliver') },
      { weight: 3, arbitrary: fc.constantFrom('double', 'drop') },
      { weight: 3, arbitrary: fc.constant('ask') },
      { weight: 1, arbitrary: fc.constantFrom('restart', 'loseDisk') },
    ),
    at: fc.nat(),
  });

  /** `Group.checkActivation` watches every step. */
  function run(steps: readonly { what: string; at: number }[], disksAreLost: boolean): Group {
    const group = new Group();
    for (const { what, at } of steps) {
      const member = group.all[at % members.length]!;
      if (what === 'ask') group.ask();
      else if (what === 'restart') member.restart();
      else if (what === 'loseDisk' && disksAreLost) member.loseDisk();
      else if (what === 'loseDisk') member.restart();
      else if (group.wire.length > 0) {
        const place = at % group.wire.length;
        const sent = group.wire[place]!;
        if (what !== 'double') group.wire.splice(place, 1);
        if (what !== 'drop') group.deliver(sent);
      }
    }
    return group;
  }

  test('nobody is active before all know the cluster, and never in two clusters, although disks are lost', () => {
    let formed = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 120 }), (steps) => {
        const group = run(steps, true);
        if (group.all.some(({ activations }) => activations > 0)) formed++;
      }),
      { numRuns: 1000 },
    );
    expect(formed).toBeGreaterThan(150);
  });

  test('all are active in the end, in one cluster, when disks hold', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const group = run(steps, false);
        for (let round = 0; round < 4; round++) {
          group.settle();
          group.ask();
        }
        group.settle();
        expect(group.standings()).toEqual(['active', 'active', 'active']);
        expect(new Set(group.all.map(({ clusterId }) => clusterId)).size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
