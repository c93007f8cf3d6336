import { identitiesOf, planGroup, serviceNamed, settingsOf, traitorsMost } from '../src/index.js';

const raft = planGroup({ name: 'kv', protocol: 'raft', counts: { replica: 5 } });
const paxos = planGroup({ name: 'paxos', protocol: 'paxos', counts: { proposer: 2 } });

test('services are named by protocol, role and number', () => {
  expect(raft.services.map(({ name }) => name)).toEqual(['raft-r1', 'raft-r2', 'raft-r3', 'raft-r4', 'raft-r5']);
  expect(paxos.services.map(({ name, app }) => `${name} ${app}`)).toEqual([
    'paxos-p1 paxos-proposer',
    'paxos-p2 paxos-proposer',
    'paxos-a1 paxos-acceptor',
    'paxos-a2 paxos-acceptor',
    'paxos-a3 paxos-acceptor',
  ]);
});

test('another prefix keeps two groups of one protocol apart', () => {
  const { services } = planGroup({ name: 'orders', protocol: 'raft', prefix: 'orders' });
  expect(services.map(({ name }) => name)).toEqual(['orders-r1', 'orders-r2', 'orders-r3']);
});

test('each service is told all lists of its group, and which one it is', () => {
  expect(settingsOf(raft, 'raft-r2')).toEqual({
    SYNOD_GROUP: 'kv',
    SYNOD_REPLICA: 'raft-r2',
    SYNOD_MEMBERS: 'raft-r1,raft-r2,raft-r3,raft-r4,raft-r5',
  });
  expect(settingsOf(paxos, 'paxos-a1')).toEqual({
    SYNOD_GROUP: 'paxos',
    SYNOD_REPLICA: 'paxos-a1',
    SYNOD_PROPOSERS: 'paxos-p1,paxos-p2',
    SYNOD_ACCEPTORS: 'paxos-a1,paxos-a2,paxos-a3',
  });
});

test('spares come after the founders, and are named apart from them', () => {
  const plan = planGroup({ name: 'paxos', protocol: 'paxos', counts: { acceptor: 3 }, spares: 2 });
  expect(plan.services.filter(({ isSpare }) => isSpare).map(({ name }) => name)).toEqual(['paxos-a4', 'paxos-a5']);
  for (const self of ['paxos-p1', 'paxos-a1', 'paxos-a4']) {
    expect(settingsOf(plan, self)).toMatchObject({
      SYNOD_ACCEPTORS: 'paxos-a1,paxos-a2,paxos-a3',
      SYNOD_SPARES: 'paxos-a4,paxos-a5',
    });
  }
  expect(() => planGroup({ name: 'kv', protocol: 'raft', spares: 1 })).toThrow('of raft are fixed');
});

test('at the broker those that answer clients are replicas, and each has a user to register with', () => {
  const identities = identitiesOf([raft, paxos]);
  expect(identities).toContainEqual({
    role: 'replica',
    name: 'paxos-p2',
    groups: ['paxos'],
    multicasts: ['replicas'],
  });
  expect(identities).toContainEqual({
    role: 'acceptor',
    name: 'paxos-a3',
    groups: ['paxos'],
    multicasts: ['replicas'],
  });
  expect(identities).toContainEqual({ role: 'replica', name: 'raft-r1', groups: ['kv'], multicasts: ['replicas'] });
  expect(identities.filter(({ role }) => role === 'service')).toHaveLength(10);
});

test('a service that is not there is an error that names those that are', () => {
  expect(serviceNamed(paxos, 'paxos-p2').role).toBe('proposer');
  expect(() => serviceNamed(paxos, 'paxos-p3')).toThrow(
    'group paxos has no paxos-p3, but paxos-p1, paxos-p2, paxos-a1',
  );
});

test('a traitor is a member as others are, of another app, and is told what it does', () => {
  const plan = planGroup({ name: 'pbft', protocol: 'pbft', traitors: new Map([['pbft-r2', 'silent']]) });
  expect(plan.services.map(({ app }) => app)).toEqual(['pbft-replica', 'pbft-traitor', 'pbft-replica', 'pbft-replica']);
  const others = settingsOf(plan, 'pbft-r1');
  expect(others).not.toHaveProperty('SYNOD_TREASON');
  expect(settingsOf(plan, 'pbft-r2')).toEqual({ ...others, SYNOD_REPLICA: 'pbft-r2', SYNOD_TREASON: 'silent' });
  expect(identitiesOf([plan])).toEqual(identitiesOf([planGroup({ name: 'pbft', protocol: 'pbft' })]));
  expect([plan, raft].map(traitorsMost)).toEqual([1, 0]);
  const named = (protocol: 'pbft' | 'raft', name: string) => () =>
    planGroup({ name: protocol, protocol, traitors: new Map([[name, 'silent']]) });
  expect(named('pbft', 'pbft-r5')).toThrow('group pbft has no pbft-r5, but pbft-r1, pbft-r2, pbft-r3, pbft-r4');
  expect(named('raft', 'raft-r1')).toThrow('members of raft may crash, and that is all');
});
