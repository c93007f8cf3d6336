import { settingsOfApps } from '@synod/service';
import { readCompose, toldInCompose } from '../src/compose.js';
import { environmentProblems, imageEnvironment } from '../src/kubernetes/environment.js';
import { isPresent, readText } from '../src/workspace.js';

const image = imageEnvironment(readText('Dockerfile'));
const problems = (text: string) =>
  toldInCompose(readCompose(text), Object.keys(settingsOfApps)).flatMap((told) =>
    environmentProblems(told, settingsOfApps, image),
  );

test('docker-compose.yml tells each service what it reads, and nothing that it would refuse', () => {
  const text = readText('docker-compose.yml');
  expect(toldInCompose(readCompose(text), Object.keys(settingsOfApps))).toHaveLength(14);
  expect(problems(text)).toEqual([]);
});

test('what it mounts of the workspace is there', () => {
  const { services } = readCompose(readText('docker-compose.yml'));
  const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0]!));
  const paths = mounts.filter((source) => source.startsWith('./'));
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => !isPresent(path))).toEqual([]);
});

test.each([
  ['SYNOD_PROPOSERS:', 'SYNOD_PROPOSER:', 'paxos-p1: paxos-proposer does not read SYNOD_PROPOSER'],
  [
    'SYNOD_GROUPS: raft,paxos,pbft',
    'SYNOD_GROUPS: raft,raft',
    'gateway: SYNOD_GROUPS="raft,raft": names must be different',
  ],
])('%s changed to %s is noticed', (from, to, problem) => {
  const text = readText('docker-compose.yml');
  expect(text).toContain(from);
  expect(problems(text.replace(from, to)).join('\n')).toContain(problem);
});
