import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { optionsOf, usage } from '../src/options.js';
import { Summary } from '../src/summary.js';

test('faults are named; what is only for the curious is not among the default', () => {
  expect(optionsOf(['--faults', 'kill,power-cut', '--seed', '7']).faults.map(({ name }) => name)).toEqual([
    'kill',
    'power-cut',
  ]);
  expect(optionsOf([]).faults.map(({ name }) => name)).not.toContain('double-start-copy');
  expect(usage).toContain('double-start-copy');
});

test('who lies strikes groups that are proof against it, and no others', () => {
  const names = (protocol: string) => optionsOf(['--protocol', protocol]).faults.map(({ name }) => name);
  expect(names('pbft')).toEqual(expect.arrayContaining(['traitor', 'flood', 'kill']));
  for (const protocol of ['raft', 'paxos']) {
    expect(names(protocol)).toContain('flood');
    expect(names(protocol)).not.toContain('traitor');
    expect(() => optionsOf(['--protocol', protocol, '--faults', 'traitor'])).toThrow(
      `traitor is a fault for pbft: no group of ${protocol} is proof against it`,
    );
  }
});

test('Raft unless another protocol is asked for', () => {
  expect(optionsOf([]).protocol).toBe('raft');
  expect(optionsOf(['--protocol', 'paxos']).protocol).toBe('paxos');
});

test.each([
  [['--protocol', 'pigeons'], /--protocol is one of raft, paxos, pbft, not "pigeons"/],
  [['--faults', 'earthquake'], /there is no fault earthquake; there are kill, /],
  [['--minutes', 'many'], /--minutes is a number from 0, not "many"/],
  [['--rounds', '0'], /--rounds is a number from 1/],
  [['--hours', '1'], /hours/],
])('%j is refused with what would be right', (args, message) => {
  expect(() => optionsOf(args)).toThrow(message);
});

test('who asks for help gets it', () => {
  const args = ['--import', 'tsx', '-C', '@synod/source', 'tools/chaos/src/main.ts', '--help'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: join(__dirname, '../../..'), encoding: 'utf8' }); // prettier-ignore
  expect([status, stdout, stderr]).toEqual([0, `${usage}\n`, '']);
}, 30_000);

test('a summary adds up by fault', () => {
  const summary = new Summary(1);
  summary.add('kill', { operations: 2000, acknowledged: 1990, unknown: 9, refused: 1, longestGapMs: 250 }, 2, 'ok');
  summary.add('kill', { operations: 10, acknowledged: 10, unknown: 0, refused: 0, longestGapMs: 1250 }, 0, 'ok');
  summary.skip('power-cut', 'needs root');
  expect(summary.table().split('\n').slice(1)).toEqual([
    expect.stringMatching(/^kill +2 +2,010 +2,000 +9 +1\.25 s +2 +ok$/),
    expect.stringMatching(/^power-cut +0 .* skipped: needs root$/),
  ]);
});
