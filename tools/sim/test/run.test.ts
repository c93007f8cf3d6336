import { Counters } from '@synod/simulator';
import { optionsOf } from '../src/options.js';
import type { Options } from '../src/options.js';
import { run } from '../src/run.js';

async function running(options: Options): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await run(options, { line: (text) => void lines.push(text), progress: () => undefined });
  return { code, lines };
}

describe('npm run sim', () => {
  test('passes honest seeds and counts what came up', async () => {
    const { code, lines } = await running(optionsOf(['raft', '--seeds', '2']));
    expect(code).toBe(0);
    expect(lines.some((line) => /^ +[1-9][0-9]* {2}commits$/.test(line))).toBe(true);
  });

  test('shows a mutant: the sentence it violates, the way to it, the command that replays it', async () => {
    const { code, lines } = await running(optionsOf(['raft', '--seeds', '5', '--mutant', 'unsynced-vote']));
    expect(code).toBe(1);
    expect(lines.at(-2)).toMatch(/^seed \d+ fails: Durable before Visible \(Raft Figure 2/);
    expect(lines.at(-1)).toMatch(/^replay: npm run sim -- raft --seed \d+ --mutant unsynced-vote$/);
    expect(lines.some((line) => line.includes('requestVoteReply'))).toBe(true);
  });

  test('notices a run that its seed does not decide', async () => {
    let runs = 0;
    const outcome = async () => ({
      failure: undefined,
      counters: new Counters(),
      hash: String(runs++),
      virtualMs: 1,
      tail: () => [],
    });
    const honest = optionsOf(['raft', '--seeds', '1']);
    const options = { ...honest, protocol: { ...honest.protocol, run: outcome } };
    const { code, lines } = await running(options);
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('two runs of seed 1 differ');
  });

  test('fails when a named situation never comes up over many seeds', async () => {
    const counters = new Counters();
    counters.expect('power cuts');
    const outcome = { failure: undefined, counters, hash: '', virtualMs: 1, tail: () => [] };
    const honest = optionsOf(['raft', '--seeds', '300']);
    const options = { ...honest, protocol: { ...honest.protocol, run: async () => outcome } };
    const { code, lines } = await running(options);
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('never came up in 300 seeds: power cuts');
  });

  test.each([
    [['raft', '--seeds', 'many'], '--seeds is a whole number from 1, not "many"'],
    [['zab'], 'one protocol, please: raft; not "zab"'],
    [['raft', '--mutant', 'none'], 'there is no mutant none; there are:'],
  ])('refuses %j with what would be right', (args, message) => {
    expect(() => optionsOf(args)).toThrow(message);
  });
});
