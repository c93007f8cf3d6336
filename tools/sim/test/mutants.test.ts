import { execFile, fork } from 'node:child_process';
import { join } from 'node:path';
import { Impossible, Misspelt, ScenarioStopped } from '@synod/scenario';
import { Counters } from '@synod/simulator';
import { ask } from '../src/mutants/ask.js';
import { isSound, judge } from '../src/mutants/judge.js';
import type { Verdict } from '../src/mutants/judge.js';
import { optionsOf } from '../src/mutants/options.js';
import { Progress } from '../src/mutants/progress.js';
import { markdownOf, summaryOf } from '../src/mutants/table.js';
import type { Protocol } from '../src/protocols.js';

class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant = 'Election Safety';
}

/** Each variant does what its name says. */
const toy: Protocol = {
  mutants: {
    told: { mistake: 'tells it otherwise', scenario: 'second' },
    unlucky: { mistake: 'fails at the third seed' },
    harmless: { mistake: 'does nothing wrong' },
    crooked: { mistake: 'has a bug of its own' },
  },
  scenarios: '',
  regressions: [],
  retell: async () => undefined,
  tell: (text, mutant) => (mutant === 'told' ? `${text}!` : text),
  run: async (seed, mutant) => {
    let failure: Error | undefined;
    if (mutant === 'unlucky' && seed === 3) failure = new Violation('two leaders');
    if (mutant === 'crooked') failure = new TypeError('undefined is not a function');
    return {
      failure,
      counters: new Counters(),
      hash: '',
      virtualMs: 1,
      tail: () => [],
      swarm: {},
      strikes: [],
      replicas: [],
    };
  },
};

const task = { protocol: 'raft', mutant: 'endless', seeds: 1, seedsMore: 1 };
const scenarios = ['first', 'second'].map((name) => ({ name, text: name }));
const judged = (mutant: string | undefined, protocol = toy): Promise<Verdict> =>
  judge(protocol, mutant, scenarios, { seeds: 5, seedsMore: 2 });

describe('npm run mutants', () => {
  test('names the scenario that is about the mistake, and says what chance would have found', async () => {
    expect(await judged('told')).toMatchObject({ scenario: 'second', invariant: undefined, seeds: 2 });
    expect(isSound(await judged('told'))).toBe(true);
  });

  test('names the invariant and the seed', async () => {
    expect(await judged('unlucky')).toMatchObject({ scenario: undefined, invariant: 'Election Safety', seeds: 3 });
    expect(isSound(await judged('unlucky'))).toBe(true);
  });

  test('a survivor is not as it is to be, and is named', async () => {
    const survivor = await judged('harmless');
    expect(isSound(survivor)).toBe(false);
    expect(summaryOf([await judged('told'), survivor], 1)).toBe(
      '1 of 2 mutants killed, 1 by a scenario, 0 by simulation, in 1 s\n' +
        'harmless survives: write the scenario or the invariant that notices this: does nothing wrong',
    );
  });

  test('a variant that fails by a bug of its own proves nothing', async () => {
    expect(isSound(await judged('crooked'))).toBe(false);
    expect(summaryOf([await judged('crooked')], 1)).toContain('crooked is broken itself: seed 1: TypeError');
  });

  test('so does one that throws by mistake in a scenario; a command that is not possible any more tells', async () => {
    const stopped = (cause: Error): Protocol => ({
      ...toy,
      tell: (text, mutant) => {
        if (mutant === 'told') throw new ScenarioStopped(3, 'deliver r1', cause);
        return text;
      },
    });
    const crooked = await judged('told', stopped(new Error('no such thing')));
    expect(crooked).toMatchObject({ scenario: undefined, broken: expect.stringContaining('no such thing') });
    expect(isSound(crooked)).toBe(false);
    expect(await judged('told', stopped(new Misspelt('there is no replica r9')))).toMatchObject({
      scenario: undefined,
    });
    const other = await judged('told', stopped(new Impossible('nothing waits')));
    expect(other).toMatchObject({ scenario: 'second', broken: undefined });
  });

  test('a plain error in a simulated run is nobody’s verdict', async () => {
    const run: Protocol['run'] = async (seed, mutant) => ({
      ...(await toy.run(seed, mutant)),
      failure: new Error('oh'),
    });
    expect(await judged('unlucky', { ...toy, run })).toMatchObject({ invariant: undefined, broken: expect.stringContaining('seed 1: Error: oh') }); // prettier-ignore
  });

  // A process takes its time to start, on a machine that is busy.
  test.each([
    ['setInterval(() => undefined, 1000)', 300, 'the beginning does not end: nothing was heard for 0.005 minutes'],
    [
      'process.on("message", () => { process.send({ begins: "seed 7" }); setInterval(() => undefined, 1000); })',
      6000,
      'seed 7 does not end: nothing was heard for 0.1 minutes',
    ],
    [
      'process.on("message", () => process.send({ begins: "seed 7" }, () => process.exit(3)))',
      60_000,
      'seed 7 ended the process with 3',
    ],
  ])(
    'a variant whose process does %s is broken, and the process is gone',
    async (does, patience, broken) => {
      const worker = fork('-e', [does], { execArgv: [] });
      const verdict = await ask(worker, task, undefined, patience);
      expect(verdict).toMatchObject({ mutant: 'endless', broken });
      expect(isSound(verdict)).toBe(false);
      expect(worker.connected).toBe(false);
    },
    90_000,
  );

  test('one that goes on, piece by piece, has as long as it takes, and tells what it begins', async () => {
    const verdict = { mutant: 'endless', invariant: 'Election Safety' };
    const begins = (seed: number) => `setTimeout(() => process.send({ begins: "seed ${seed}" }), ${seed * 1000});`;
    const at = `${begins(1)}${begins(2)}setTimeout(() => process.send({ verdict: ${JSON.stringify(verdict)} }), 9000)`;
    const worker = fork('-e', [`process.on("message", () => { ${at} })`], { execArgv: [] });
    const told: string[] = [];
    expect(await ask(worker, task, (what) => told.push(what), 8000)).toEqual(verdict);
    expect(told).toEqual(['seed 1', 'seed 2']);
    worker.kill();
  }, 60_000);

  test('progress names what is under way, and with what; on a terminal in one line, which rows replace', () => {
    const [honest, slow] = [undefined, 'slow'].map((mutant) => ({ protocol: 'raft', mutant }));
    const tell = (isTTY: boolean) => {
      const lines: string[] = [];
      const progress = new Progress(3, { isTTY, write: (text) => lines.push(text) });
      progress.begins(honest!, 'scenario first');
      progress.begins(slow!, 'seed 1');
      progress.judged(honest!);
      progress.begins(slow!, 'seed 2');
      progress.tell();
      return lines;
    };
    expect(tell(false)).toEqual(['1 of 3; under way: slow (seed 1)\n', '1 of 3; under way: slow (seed 2)\n']);
    expect(tell(true).slice(1, 4)).toEqual([
      '\r\u001b[K0 of 3; under way: honest (scenario first), slow (seed 1)',
      '\r\u001b[K',
      '\r\u001b[K1 of 3; under way: slow (seed 2)',
    ]);
  });

  test('each piece of evidence is told when it begins', async () => {
    const told: string[] = [];
    await judge(toy, 'told', scenarios, { seeds: 5, seedsMore: 2 }, (what) => told.push(what));
    expect(told).toEqual(['scenario second', 'seed 1', 'seed 2']);
  });

  test('the honest variant survives, and is named when it does not', async () => {
    expect(isSound(await judged(undefined))).toBe(true);
    const wrong = await judged(undefined, { ...toy, tell: (text) => `${text}?` });
    expect(isSound(wrong)).toBe(false);
    expect(summaryOf([wrong], 1)).toContain('the honest variant does not survive: first');
  });

  test('the table of the README has a row for each', async () => {
    expect(markdownOf([await judged('told'), await judged('unlucky')]).split('\n')).toHaveLength(4);
  });

  test.each([
    [['zab'], 'there is no protocol zab; there are raft, paxos, pbft'],
    [['--only', 'none'], 'there is no mutant none; there are:'],
    [['--seeds', 'many'], '--seeds is a whole number from 0, not "many"'],
  ])('refuses %j with what would be right', (args, message) => {
    expect(() => optionsOf(args)).toThrow(message);
  });

  test('as it is called', async () => {
    const main = join(__dirname, '../src/mutants/main.ts');
    const only = ['--only', 'unsynced-vote', '--seeds', '1', '--json'];
    const args = ['--import', 'tsx', '-C', '@synod/source', main, 'raft', ...only];
    const output = await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, args, (error, stdout) => (error ? reject(error) : resolve(stdout))),
    );
    expect(JSON.parse(output)).toMatchObject({
      protocol: 'raft',
      mutant: 'unsynced-vote',
      scenario: 'elections/a-vote-leaves-when-it-is-on-disk',
    });
  }, 60_000);
});
