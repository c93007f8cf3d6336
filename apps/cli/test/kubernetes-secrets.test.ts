import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, wordsIn } from './world.js';

const workspace = root(process.cwd());
const folder = 'deploy/kubernetes';

function root(from: string): string {
  return existsSync(join(from, 'nx.json')) ? from : root(dirname(from));
}

/** The calls of `synod` that the document tells people to make; `tokens create`, `identities init` and so on. */
function commandsIn(document: string): readonly (readonly string[])[] {
  const lines = document.replace(/\\\n\s*/g, '').split('\n');
  return lines
    .filter((line) => /^npx synod \w+ (init|create|revoke) /.test(line))
    .map((line) => wordsIn(line).slice(2));
}

const readme = readFileSync(join(workspace, folder, 'README.md'), 'utf8');
const [revoking, making] = [true, false].map((is) =>
  commandsIn(readme).filter((words) => (words[1] === 'revoke') === is),
) as [string[][], string[][]];

async function runAll(commands: readonly (readonly string[])[], directory: string): Promise<void> {
  for (const words of commands) {
    const { code, err } = await run(words, { directory });
    expect([code, err]).toEqual([0, '']);
  }
}

let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'synod-secrets-'));
  await runAll(making, directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const kustomization = readFileSync(join(workspace, folder, 'secrets/kustomization.yaml'), 'utf8');
const files = [...kustomization.matchAll(/=(generated\/\S+)$/gm)].map(([, path]) => path!);
const absent = () => files.filter((path) => !existsSync(join(directory, folder, 'secrets', path)));

test('the documented commands make every file of which Kustomize makes Secrets', () => {
  expect(making.map((words) => words.slice(0, 2).join(' '))).toEqual(['identities init', 'keys init', 'tokens create']);
  expect(files.length).toBeGreaterThan(30);
  expect(absent()).toEqual([]);
});

test('and once somebody is revoked, those of NATS, of which the documented command makes its Secret', async () => {
  expect(revoking.map((words) => words.slice(0, 3).join(' '))).toEqual(['identities revoke raft-replica-1']);
  await runAll(revoking, directory);
  expect(absent()).toEqual(
    ['raft-replica-1', 'srv-raft-replica-1'].map((user) => `generated/credentials/${user}.json`),
  );
  const [, from] = /create secret generic nats --from-file=(\S+) --dry-run=client -o yaml \| kubectl apply -f -$/m.exec(
    readme,
  )!;
  const made = readdirSync(join(directory, from!)).map(
    (name) => `${name}=${from!.replace(`${folder}/secrets/`, '')}/${name}`,
  );
  const [, wanted] = /- name: nats\n +files:\n((?: +- \S+\n)+)/.exec(kustomization)!;
  expect(made.sort()).toEqual([...wanted!.matchAll(/- (\S+)/g)].map(([, entry]) => entry));
  for (const name of readdirSync(join(directory, from!))) {
    const configuration = readFileSync(join(directory, from!, name), 'utf8');
    expect(configuration).toContain('raft-replica-0');
    expect(configuration).not.toContain('raft-replica-1');
  }
});
