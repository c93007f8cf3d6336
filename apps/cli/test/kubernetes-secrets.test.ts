import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, wordsIn } from './world.js';

const workspace = root(process.cwd());
const folder = 'deploy/kubernetes';

function root(from: string): string {
  return existsSync(join(from, 'nx.json')) ? from : root(dirname(from));
}

/** The calls of `synod` that the document tells people to make before Kustomize. */
function commandsIn(document: string): readonly (readonly string[])[] {
  const lines = document.replace(/\\\n\s*/g, '').split('\n');
  return lines
    .filter((line) => /^npx synod (\w+ init|tokens create) /.test(line))
    .map((line) => wordsIn(line).slice(2));
}

test('the documented commands make every file of which Kustomize makes Secrets', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-secrets-'));
  try {
    const commands = commandsIn(readFileSync(join(workspace, folder, 'README.md'), 'utf8'));
    expect(commands.map((words) => words.slice(0, 2).join(' '))).toEqual([
      'identities init',
      'keys init',
      'tokens create',
    ]);
    for (const words of commands) {
      const { code, err } = await run(words, { directory });
      expect([code, err]).toEqual([0, '']);
    }
    const kustomization = readFileSync(join(workspace, folder, 'secrets/kustomization.yaml'), 'utf8');
    const files = [...kustomization.matchAll(/=(generated\/\S+)$/gm)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((path) => !existsSync(join(directory, folder, 'secrets', path)))).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
