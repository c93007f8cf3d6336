import { findCommand, parse, wordsOf } from '../src/arguments.js';
import type { Command } from '../src/command.js';
import { commands } from '../src/commands.js';
import { helpOf } from '../src/help.js';
import { run, wordsIn } from './world.js';

const named = (name: string): Command => commands.find(({ words }) => words.join(' ') === name)!;
const byName = commands.map((command) => [command.words.join(' '), command] as const);

test('a command is found wherever options stand', () => {
  const args = ['--group', 'raft', 'fault', '--json', 'partition', 'r1'];
  const words = wordsOf(args, commands);
  expect(words).toEqual(['fault', 'partition', 'r1']);
  const command = findCommand(words, commands)!;
  expect(command.words).toEqual(['fault', 'partition']);
  expect(parse(args, command)).toMatchObject({ arguments: ['r1'], values: { group: 'raft', json: true } });
});

test('a value that begins with "-" goes after "--"; "-" alone is a value', () => {
  expect(parse(['put', 'k', '--', '-1'], named('put')).arguments).toEqual(['k', '-1']);
  expect(parse(['put', 'k', '-'], named('put')).arguments).toEqual(['k', '-']);
  expect(() => parse(['put', 'k', '-1'], named('put'))).toThrow('goes after "--"');
});

test.each([
  [['put'], 'needs KEY'],
  [['put', 'a', 'b', 'c'], 'no place for "c"'],
  [['get', 'a', '--stal'], 'did you mean --stale?'],
  [['get', 'a', '--timeout'], 'argument missing'],
  [['get', 'a', '--timeout', 'soon'], 'a whole number from 1'],
  [['get', 'a', '--max-age', '5'], '--max-age is for --stale'],
  [['cas', 'a', 'x', 'y'], 'REVISION is a whole number'],
  [['cas', 'a', '1', 'y', '--delete'], 'there is no value'],
  [['completion', 'tcsh'], 'one of bash, zsh, fish'],
  [['falt'], 'did you mean fault?'],
  [['fault', 'heel'], 'it has partition, heal, pause, resume, kill'],
  [['txn'], 'given by --if'],
  [['help', 'nothing'], 'there is no command "nothing"'],
])('%j is wrong usage', async (args, message) => {
  const { code, out, err } = await run(args, { environment: { SYNOD_NATS_URL: 'x', SYNOD_CREDENTIALS: '/nowhere' } });
  expect(err).toContain(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test.each(byName)('the examples of %s are lines that it takes', (name, command) => {
  for (const example of command.examples) {
    const args = wordsIn(example.replace(/ +[#|<>] .*$/, ''));
    expect(findCommand(wordsOf(args, commands), commands)).toBe(command);
    expect(() => parse(args, command)).not.toThrow();
  }
  expect(command.examples.length).toBeGreaterThan(0);
});

test.each(byName)('the help of %s names every argument and option, within the terminal', (name, command) => {
  const lines = helpOf(command, 80);
  for (const argument of command.arguments) expect(lines.join('\n')).toContain(argument.name);
  for (const option of Object.keys(command.options)) expect(lines.join('\n')).toContain(`--${option}`);
  const wide = lines.filter((line) => line.length > 80 && !line.startsWith('  synod') && !line.startsWith('Usage'));
  expect(wide).toEqual([]);
});

test('an option means the same everywhere: a shape decides how a line is cut before its command is known', () => {
  const shapes = new Map<string, string>();
  for (const { options } of commands) {
    for (const [name, { value, short }] of Object.entries(options)) {
      const shape = JSON.stringify([value !== undefined, short]);
      expect(shapes.get(name) ?? shape).toBe(shape);
      shapes.set(name, shape);
    }
  }
});

test('help and version need no cluster', async () => {
  const all = await run(['--help']);
  expect(all.code).toBe(0);
  for (const { words } of commands) expect(all.out).toContain(words.join(' '));
  expect((await run([])).code).toBe(2);
  expect(await run(['help', 'put'])).toEqual(await run(['put', '--help']));
  expect((await run(['fault'])).out).toContain('synod fault partition SIDES');
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('with --json an error is JSON', async () => {
  const { err, code } = await run(['put', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'usage', exitCode: 2 } });
});
