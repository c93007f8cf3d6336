import {
  acceptorRole,
  byzantineReplicaRole,
  proposerRole,
  readEnvironment,
  replicaRole,
  replicaSettings,
} from '../src/index.js';
import type { Membership, Role, Settings } from '../src/index.js';

const common = {
  SYNOD_GROUP: 'g',
  SYNOD_CREDENTIALS_FILE: 'c.json',
  SYNOD_DATA: 'data',
};
const paxos = { ...common, SYNOD_PROPOSERS: 'p1,p2,p3', SYNOD_ACCEPTORS: 'a1,a2,a3' };

function membershipOf<S extends Settings>(
  role: Pick<Role<S>, 'membership' | 'settings'>,
  environment: NodeJS.ProcessEnv,
): Membership {
  return role.membership(readEnvironment({ ...replicaSettings, ...role.settings }, environment));
}

const asReplica = (more: NodeJS.ProcessEnv) =>
  membershipOf(replicaRole, { ...common, SYNOD_MEMBERS: 'r1,r2', ...more });
const asProposer = (more: NodeJS.ProcessEnv) => membershipOf(proposerRole, { ...paxos, SYNOD_REPLICA: 'p2', ...more });
const asAcceptor = (more: NodeJS.ProcessEnv) => membershipOf(acceptorRole, { ...paxos, SYNOD_REPLICA: 'a2', ...more });

describe('who is in the group', () => {
  test('of replicas that are alike each holds what the others hold', () => {
    const members = ['r1', 'r2'];
    expect(asReplica({ SYNOD_REPLICA: 'r1' })).toEqual({
      members,
      voters: members,
      copies: members,
      lists: { members },
    });
  });

  test('acceptors vote, proposers hold the state; both are members', () => {
    const members = ['p1', 'p2', 'p3', 'a1', 'a2', 'a3'];
    const [proposers, acceptors] = [members.slice(0, 3), members.slice(3)];
    const lists = { members, proposers, acceptors };
    expect(asProposer({})).toEqual({ members, voters: acceptors, copies: proposers, lists });
    expect(asAcceptor({})).toEqual({ members, voters: acceptors, copies: acceptors, lists });
  });

  test('an acceptor that joins later is in no list, and hears the group all the same', () => {
    expect(asAcceptor({ SYNOD_REPLICA: 'a4' }).members).toContain('a4');
    expect(asAcceptor({ SYNOD_REPLICA: 'a4' }).lists['acceptors']).not.toContain('a4');
    expect(asAcceptor({ SYNOD_REPLICA: 'a4' }).voters).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  test('spares are heard by all, and found nothing', () => {
    const spares = { SYNOD_SPARES: 'a4,a5' };
    for (const { members, voters, lists } of [asProposer(spares), asAcceptor(spares)]) {
      expect(members).toEqual(['p1', 'p2', 'p3', 'a1', 'a2', 'a3', 'a4', 'a5']);
      expect(voters).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
      expect(lists).toMatchObject({ acceptors: ['a1', 'a2', 'a3'], spares: ['a4', 'a5'] });
    }
  });

  test('the only one of its kind has no other copy', () => {
    expect(asAcceptor({ SYNOD_REPLICA: 'a1', SYNOD_ACCEPTORS: 'a1' }).copies).toEqual(['a1']);
    expect(asProposer({ SYNOD_REPLICA: 'p1', SYNOD_PROPOSERS: 'p1' }).copies).toEqual(['p1']);
  });
});

describe('settings that do not fit together are refused, by the names of the variables', () => {
  test.each([
    ['a replica', asReplica, { SYNOD_REPLICA: 'r3' }, 'SYNOD_REPLICA r3 is not among SYNOD_MEMBERS r1,r2'],
    ['a proposer', asProposer, { SYNOD_REPLICA: 'a1' }, 'SYNOD_REPLICA a1 is not among SYNOD_PROPOSERS p1,p2,p3'],
    [
      'a proposer',
      asProposer,
      { SYNOD_ACCEPTORS: 'a1,p3' },
      'p3: a name is in SYNOD_PROPOSERS or in SYNOD_ACCEPTORS, not both',
    ],
    [
      'a proposer',
      asProposer,
      { SYNOD_SPARES: 'a3,a4' },
      'a3: a name is in SYNOD_ACCEPTORS or in SYNOD_SPARES, not both',
    ],
    ['an acceptor', asAcceptor, { SYNOD_REPLICA: 'p1' }, 'p1 is an acceptor, but is among SYNOD_PROPOSERS'],
    ['an acceptor', asAcceptor, { SYNOD_ACCEPTORS: 'a1,a1' }, 'names must be different from each other'],
    [
      'an acceptor',
      asAcceptor,
      { SYNOD_PHASE1_QUORUM: '1' },
      'SYNOD_PHASE1_QUORUM 1 and SYNOD_PHASE2_QUORUM 2 need not',
    ],
    [
      'an acceptor',
      asAcceptor,
      { SYNOD_PHASE2_QUORUM: '1' },
      'need not meet among 3 acceptors: together they must be above 3',
    ],
    ['an acceptor', asAcceptor, { SYNOD_PHASE2_QUORUM: '4' }, 'a quorum of 4 is more than the 3 SYNOD_ACCEPTORS'],
    ['an acceptor', asAcceptor, { SYNOD_PHASE1_QUORUM: '0' }, 'must be a whole number from 1 to 64'],
  ])('%s, %#', (_what, as, environment, message) => {
    expect(() => as(environment)).toThrow(expect.objectContaining({ name: 'EnvironmentError' }));
    expect(() => as(environment)).toThrow(message);
  });

  test.each([
    [{ SYNOD_PHASE1_QUORUM: '3', SYNOD_PHASE2_QUORUM: '1' }],
    [{ SYNOD_PHASE1_QUORUM: '1', SYNOD_PHASE2_QUORUM: '3' }],
    [{ SYNOD_PHASE1_QUORUM: '3' }],
    [{ SYNOD_ACCEPTORS: 'a1,a2,a3,a4', SYNOD_PHASE1_QUORUM: '3', SYNOD_PHASE2_QUORUM: '2' }],
  ])('quorums that meet are taken: %j', (environment) => {
    expect(asAcceptor(environment).voters.length).toBeGreaterThanOrEqual(3);
  });
});

describe('readiness', () => {
  const of = (role: Pick<Role<Settings>, 'unready'>, standing: string, leader?: string) =>
    role.unready({ state: { standing }, leader });

  test('a replica is ready as a full member that knows a leader', () => {
    expect(of(replicaRole, 'active', 'r1')).toBeUndefined();
    expect(of(replicaRole, 'active')).toBe('no leader is known');
    expect(of(replicaRole, 'recovering', 'r1')).toMatch(/gets its state back/);
  });

  test('a proposer is ready when it knows its group and a leader', () => {
    expect(of(proposerRole, 'active', 'p1')).toBeUndefined();
    expect(of(proposerRole, 'active')).toBe('no leader is known');
    expect(of(proposerRole, 'empty', 'p1')).toMatch(/who founded the group/);
  });

  test('an acceptor needs no leader', () => {
    expect(of(acceptorRole, 'active')).toBeUndefined();
    for (const standing of ['empty', 'lost', 'formed']) expect(of(acceptorRole, standing)).toMatch(/waits/);
  });
});

describe('a replica whose members are believed by their signatures', () => {
  const told = { ...common, SYNOD_MEMBERS: 'r1,r2,r3,r4', SYNOD_GROUP_KEYS_FILE: 'g', SYNOD_SECRET_KEY_FILE: 's' };
  const settingsOf = (more: NodeJS.ProcessEnv) =>
    readEnvironment(
      { ...replicaSettings, ...byzantineReplicaRole.settings },
      { ...told, SYNOD_REPLICA: 'r1', ...more },
    );

  test('is one of its members, and waits as long as it is told', () => {
    expect(byzantineReplicaRole.membership(settingsOf({})).copies).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(byzantineReplicaRole.timing(settingsOf({}))).toEqual({ requestMs: 2000, viewChangeMs: 5000, slowMs: 250 });
    expect(() => byzantineReplicaRole.membership(settingsOf({ SYNOD_REPLICA: 'r9' }))).toThrow('SYNOD_MEMBERS');
    expect(() => byzantineReplicaRole.timing(settingsOf({ SYNOD_SLOW_MS: '3000' }))).toThrow('SYNOD_REQUEST_MS 2000');
  });

  test('does not start without its keys', () => {
    expect(() => settingsOf({ SYNOD_SECRET_KEY_FILE: undefined })).toThrow('SYNOD_SECRET_KEY_FILE is not set');
  });

  test('is ready when it takes part in a view that has begun', () => {
    const state = (more: object) => ({
      state: { standing: 'active', active: true, view: 3, ...more },
      leader: undefined,
    });
    expect(byzantineReplicaRole.unready(state({}))).toBeUndefined();
    expect(byzantineReplicaRole.unready(state({ active: false }))).toBe('asks for view 3');
    expect(byzantineReplicaRole.unready(state({ standing: 'recovering' }))).toContain('signs nothing');
  });
});
