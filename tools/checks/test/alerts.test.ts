import { ProcessGroup, poll } from '@synod/process-group';
import { parse } from 'yaml';
import { groupsThatLack } from '../src/alerts.js';
import { readText } from '../src/workspace.js';

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const rules = (parse(readText('deploy/metrics/alerts.yml')) as Rules).groups.flatMap((group) => group.rules);
const leaderless = (texts: readonly string[], before: readonly string[] = []) =>
  groupsThatLack(rules.find(({ alert }) => alert === 'SynodNoLeader')!.expr, texts, before);

test('the alert that nobody leads is about a group of which somebody leads, and then nobody', async () => {
  const group = await ProcessGroup.start({ protocol: 'raft' });
  try {
    const texts = () =>
      Promise.all(
        group.replicas
          .filter(({ isAlive }) => isAlive)
          .map(async ({ httpPort }) => (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text()),
      );
    const leader = await group.leader();
    const said = await texts();
    expect(said).toHaveLength(3);
    expect(leaderless(said)).toEqual([]);
    // Who led is alone, and finds out.
    await Promise.all(group.replicas.filter(({ name }) => name !== leader).map((replica) => replica.kill()));
    const noticed = async () => leaderless(await texts()).join(' ') === 'kv';
    await poll(noticed, 20_000, () => 'the alert does not fire');
    // And when nobody is left who would tell of the group.
    await group.replica(leader).kill();
    expect(leaderless(await texts(), said)).toEqual(['kv']);
    group.startAll();
    await group.leader();
    const over = async () => {
      const now = await texts().catch(() => []);
      return now.length === 3 && leaderless(now).length === 0;
    };
    await poll(over, 20_000, () => 'the alert does not end');
  } finally {
    await group.close();
  }
}, 90_000);

const series = (group: string, role: string) => `synod_role{protocol="paxos",group="${group}",role="${role}"} 1`;

test('it is about each group by itself, and acceptors neither lead nor need a leader', () => {
  const led = [series('a', 'leader'), series('a', 'follower'), series('a', 'acceptor')].join('\n');
  expect(leaderless([led, series('b', 'follower'), series('c', 'candidate')])).toEqual(['b', 'c']);
  expect(leaderless([series('d', 'acceptor')])).toEqual([]);
  expect(leaderless(['synod_ready{group="e"} 1'])).toEqual([]);
  expect(leaderless([led], [series('a', 'leader'), series('f', 'leader'), series('f', 'acceptor')])).toEqual(['f']);
});

test.each([
  'count by (group) (synod_role)',
  'synod_ready == 0',
  'count by (group) (rate(a[1d])) unless count by (group) (a)',
  'count by (group) (last_over_time(a[5m])) unless count by (group) (a)',
  'count by (group) (a{b=~"c"}) unless count by (group) (d)',
])('the check does not pass over what it does not understand: %s', (query) => {
  expect(() => groupsThatLack(query, ['a{b="c"} 1'])).toThrow('does not understand');
});
