import { trustFor, type Trust } from '../src/pbft/trust.js';

const keys = { cluster: 'c', group: 'g', epoch: 'e', members: ['r1'], replica: () => undefined, user: (name: string) => (name === 'ann' ? new Uint8Array(32) : undefined) }; // prettier-ignore
const trust = { keys } as unknown as Trust;
const asking = (cluster: string, group: string, user: string) => () =>
  trustFor({ cluster, user, trust: () => trust }, group);

test('keys are believed for their own cluster, group and users only', () => {
  expect(asking('c', 'g', 'ann')()).toBe(trust);
  expect(trustFor({ cluster: 'c', user: 'ann' }, 'g')).toBeUndefined();
  expect(asking('other', 'g', 'ann')).toThrow('the keys are of group g in cluster c, not of g in other');
  expect(asking('c', 'other', 'ann')).toThrow('not of other in c');
  expect(asking('c', 'g', 'bob')).toThrow('know no user bob');
});
