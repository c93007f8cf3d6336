import { failuresIn, syncedAgain } from '../src/faults/failing-syncs.js';

const sync = (thread: number, file: string): string =>
  `${thread} fdatasync(23</data/journal/${file}>) = -1 EIO (Input/output error) (INJECTED)\n`;

test('a replica that syncs a segment again after a failure has gone on; one that stops, or fails with two files, has not', () => {
  const stopped = `${sync(70, '0000000001.wal')}71 +++ exited with 0 +++\n70 +++ exited with 1 +++\n`;
  expect(failuresIn(stopped)).toEqual([{ thread: 70, file: '0000000001.wal' }]);
  expect(syncedAgain(failuresIn(stopped))).toBeUndefined();
  expect(syncedAgain(failuresIn(sync(70, '0000000001.wal') + sync(71, 'next.tmp')))).toBeUndefined();
  const wentOn = sync(70, '0000000001.wal') + sync(71, 'next.tmp') + sync(70, '0000000001.wal');
  expect(syncedAgain(failuresIn(wentOn))).toBe('0000000001.wal');
});

test('a call that strace tells in two lines counts once', () => {
  const parts =
    '71 fdatasync(23</data/journal/0000000002.wal> <unfinished ...>\n71 <... fdatasync resumed>) = -1 EIO (Input/output error) (INJECTED)\n';
  expect(failuresIn(parts)).toHaveLength(1);
});
