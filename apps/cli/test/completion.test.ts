import { spawnSync } from 'node:child_process';
import { commands } from '../src/commands.js';
import { completionFor, shells } from '../src/completion.js';

/** What bash offers after `words`, the last of which is being typed. */
function offered(...words: string[]): string[] {
  const script = `${completionFor('bash', commands)}
COMP_WORDS=(synod ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _synod; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash offers commands, then what belongs to them', () => {
  expect(offered('pu')).toEqual(['put']);
  expect(offered('')).toEqual(expect.arrayContaining(['help', 'put', 'fault', 'completion']));
  expect(offered('fault', '').sort()).toEqual(['heal', 'kill', 'partition', 'pause', 'resume']);
  expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(offered('put', '--fi')).toEqual(['--file']);
  expect(offered('--group', 'raft', 'fault', 'partition', '--cl')).toEqual(['--cluster']);
  expect(offered('status', '--w')).toEqual(['--watch']);
  expect(offered('put', '--timeout', '')).toEqual([]);
});

test.each(shells)('%s gets every command and option', (shell) => {
  const script = completionFor(shell, commands);
  for (const { words, options } of commands) {
    for (const word of words) expect(script).toContain(word);
    for (const name of Object.keys(options)) expect(script).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`);
  }
});

/** A shell that is not installed here cannot be asked. */
test.each(shells)('%s finds no fault with the syntax', (shell) => {
  const { error, status, stderr } = spawnSync(shell, ['-n'], {
    input: completionFor(shell, commands),
    encoding: 'utf8',
  });
  // Not there, or not for this user: ENOENT, or EACCES where the PATH has folders that it may not read.
  if (error !== undefined) return expect(['ENOENT', 'EACCES']).toContain((error as NodeJS.ErrnoException).code);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
