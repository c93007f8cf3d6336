import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { histories } from '@synod/simulation';
import { Counters } from '@synod/simulator';
import { optionsOf } from '../src/options.js';
import type { Options } from '../src/options.js';
import type { Outcome, Protocol } from '../src/protocols.js';
import { run } from '../src/run.js';

async function running(options: Options): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await run(options, { line: (text) => void lines.push(text), progress: () => undefined });
  return { code, lines };
}

const alone = (...args: readonly string[]): Options => optionsOf(['raft', ...args, '--jobs', '1']);

function outcome(change: Partial<Outcome>): Outcome {
  return { failure: undefined, counters: new Counters(), hash: '', virtualMs: 1, swarm: {}, strikes: [], replicas: [], tail: () => [], ...change }; // prettier-ignore
}

function instead(options: Options, change: Partial<Protocol>): Options {
  return { ...options, protocol: { ...options.protocol, ...change } };
}

describe('npm run sim', () => {
  let folder: string;
  const home = process.cwd();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'synod-sim-'));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  test('passes honest seeds and counts what came up', async () => {
    const { code, lines } = await running(alone('--seeds', '2'));
    expect(code).toBe(0);
    expect(lines.some((line) => /(^| ) +[1-9][0-9]* {2}commits( |$)/.test(line))).toBe(true);
  }, 60_000);

  test('shows a mutant: a table, the sentence it violates, the least that it takes, and how to replay it', async () => {
    const { code, lines } = await running(alone('--seeds', '5', '--mutant', 'unsynced-vote'));
    const text = lines.join('\n');
    expect(code).toBe(1);
    expect(text).toMatch(/^seed \d+ fails: Durable before Visible \(Raft Figure 2/m);
    expect(text).toMatch(/^ +ms {2}r1 +r2 +r3$/m);
    expect(text).toContain('shrunk to 0 of ');
    expect(text).toMatch(/^replay the seed: +npm run sim -- raft --seed \d+ --mutant unsynced-vote$/m);
    for (const line of lines.slice(0, lines.indexOf(''))) expect(line.length).toBeLessThanOrEqual(120);
    const [, scenario = ''] = /as a scenario of \d commands, which violates the same sentence: (\S+)$/m.exec(text)!;
    for (const line of readFileSync(scenario, 'utf8').trimEnd().split('\n')) expect(lines).toContain(`  ${line}`.trimEnd()); // prettier-ignore
    expect(text).toContain(`run the scenario:  npm run sim -- raft --scenario ${scenario} --mutant unsynced-vote`);
    const [, file = ''] = /--trial (\S+)/.exec(text)!;
    const again = await running(alone('--trial', file, '--mutant', 'unsynced-vote'));
    expect(again.code).toBe(1);
    expect(again.lines.join('\n')).toContain('fails: Durable before Visible');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ strikes: [], swarm: { clients: 1 } });
    expect((await running(alone('--trial', file))).code).toBe(0);
  }, 60_000);

  test('tells a scenario as it comes out: with the mutant as it was written, with honest replicas otherwise', async () => {
    await running(alone('--seeds', '5', '--mutant', 'unsynced-vote'));
    const [file = ''] = readdirSync('.').filter((name) => name.endsWith('.scenario'));
    const wrong = await running(alone('--scenario', file, '--mutant', 'unsynced-vote'));
    expect(wrong.lines.at(-1)).toMatch(/\.scenario: as told, ✗ Durable before Visible/);
    const honest = await running(alone('--scenario', file));
    expect(honest.lines.at(-1)).toMatch(/\.scenario: not as told, nothing is violated$/);
    expect([wrong.code, honest.code]).toEqual([1, 1]);
    writeFileSync('told.scenario', `${honest.lines.slice(0, -2).join('\n')}\n`);
    const again = await running(alone('--scenario', 'told.scenario'));
    expect([again.code, again.lines.at(-1)]).toEqual([0, 'told.scenario: as told, nothing is violated']);
  }, 60_000);

  const claim = '# A claim (Raft §5.2).';

  test.each([
    [
      'other-course',
      `${claim}\n\nraft r1 r2 r3\n\ndeliver r2 from r1 skip 1`,
      3,
      'the course has changed, at line 5, deliver r2 from r1 skip 1: nothing of that kind waits for r2.',
    ],
    [
      'no-command',
      `${claim}\n\nraft r1 r2 r3\n\nhurry r2`,
      2,
      'is no scenario: line 5, hurry r2: there is no command hurry',
    ],
    ['no-claim', 'raft r1 r2 r3', 2, 'is no scenario: line 1: a scenario begins with its claim and citation'],
    [
      'no-mutant',
      `${claim}\n\nraft r1 r2 r3 mutant=angel`,
      2,
      'is no scenario: line 3, raft r1 r2 r3 mutant=angel: there is no mutant angel',
    ],
  ])('says in a sentence why a scenario does not come to its end: %s', async (name, text, code, sentence) => {
    writeFileSync(`${name}.scenario`, `${text}\n`);
    const ran = await running(alone('--scenario', `${name}.scenario`));
    expect(ran.code).toBe(code);
    expect(ran.lines).toEqual([expect.stringContaining(sentence)]);
  });

  test('says all of it as one JSON object, if it is to', async () => {
    const { lines } = await running(alone('--seeds', '5', '--mutant', 'unsynced-vote', '--json'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ name: 'raft', failure: { invariant: 'Durable before Visible' } });
  }, 60_000);

  test('runs each seed once', async () => {
    const seen: number[] = [];
    const run = async (seed: number): Promise<Outcome> => outcome({ virtualMs: seen.push(seed) });
    await running(instead(alone('--seeds', '5', '--from', '7'), { run }));
    expect(new Set(seen)).toEqual(new Set([7, 8, 9, 10, 11]));
  });

  test('notices a run that its seed does not decide', async () => {
    let runs = 0;
    const { code, lines } = await running(
      instead(alone('--seeds', '1'), { run: async () => outcome({ hash: String(runs++) }) }),
    );
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('two runs of seed 1 differ');
  });

  test('fails when a named situation never comes up over many seeds', async () => {
    const counters = new Counters();
    counters.expect('power cuts');
    const { code, lines } = await running(instead(alone('--seeds', '300'), { run: async () => outcome({ counters }) }));
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('never came up in 300 seeds: power cuts');
  });

  test('fails when a run had too few of what each is to have, and tells the poorest', async () => {
    const having = async (...operations: readonly number[]) => {
      const run = async (seed: number): Promise<Outcome> => {
        const counters = new Counters();
        counters.least('operations', operations[seed - 1]!, 200);
        return outcome({ counters });
      };
      return running(instead(alone('--seeds', String(operations.length)), { run }));
    };
    expect((await having(250, 200, 300)).code).toBe(0);
    const { code, lines } = await having(250, 199, 300);
    expect(code).toBe(1);
    expect(lines).toContain('at least 199 operations, 200 are due');
    expect(lines.at(-1)).toBe('some run had too few: operations');
  });

  test('fails when more than two in a hundred histories are too entangled to judge', async () => {
    const judging = async (entangled: number, seeds = 100) => {
      const run = async (seed: number): Promise<Outcome> => {
        const counters = new Counters();
        counters.count(seed <= entangled ? histories.entangled : histories.judged);
        return outcome({ counters });
      };
      return running(instead(alone('--seeds', `${seeds}`), { run }));
    };
    expect((await judging(2)).code).toBe(0);
    // Of few seeds one is more than that.
    expect((await judging(1, 30)).code).toBe(0);
    expect((await judging(2, 30)).code).toBe(1);
    const { code, lines } = await judging(3);
    expect([code, lines.at(-1)]).toEqual([1, '3.0 % of the histories are too entangled to judge']);
  });

  test('runs what failed once, as it is written down', async () => {
    const regression = { why: 'a reason', failedAt: 'abc', seed: 3, swarm: { clients: 1 }, strikes: [] };
    const ran: unknown[] = [];
    const protocol = {
      regressions: [regression],
      run: async (...trial: readonly unknown[]) => outcome({ virtualMs: ran.push(trial) }),
    };
    const { code, lines } = await running(instead(alone('--regressions'), protocol));
    expect([code, lines.at(-1)]).toEqual([0, 'raft: 1 of 1 regressions pass']);
    expect(ran).toEqual([[3, undefined, { swarm: { clients: 1 }, strikes: [] }]]);
    const failing = { ...protocol, run: async () => outcome({ failure: new Error('again') }) };
    expect((await running(instead(alone('--regressions'), failing))).code).toBe(1);
  });

  test.each([
    [['raft', '--seeds', 'many'], '--seeds is a whole number from 1, not "many"'],
    [['zab'], 'one protocol, please: raft, paxos, pbft; not "zab"'],
    [['raft', '--mutant', 'none'], 'there is no mutant none; there are:'],
  ])('refuses %j with what would be right', (args, message) => {
    expect(() => optionsOf(args)).toThrow(message);
  });
});
