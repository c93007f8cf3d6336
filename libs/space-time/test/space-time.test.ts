import { spaceTime } from '../src/index.js';

describe('a space-time table', () => {
  test('has a column for each place, and what concerns everyone across', () => {
    const lines = spaceTime(
      ['r1', 'r2'],
      [
        { time: '1.00', place: 'r1', text: '→ r2  vote' },
        { time: '1.00', place: 'r1', text: '• waits' },
        { time: '2.50', place: 'r2', text: '← r1  a long message that does not fit' },
        { time: '3.00', place: undefined, text: 'fault: crash r1' },
      ],
      60,
    );
    expect(lines).toEqual([
      '      ms  r1                       r2',
      '─'.repeat(60),
      '    1.00  → r2 vote                │',
      '          • waits                  │',
      '    2.50  │                        ← r1 a long message',
      '          │                          that does not fit',
      '    3.00  ── fault: crash r1 '.padEnd(60, '─'),
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('breaks even a word that is wider than its column', () => {
    const lines = spaceTime(['r1', 'r2', 'r3', 'r4', 'r5'], [{ time: '1', place: 'r5', text: 'x'.repeat(70) }]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
    expect(lines.join('').replace(/[^x]/g, '')).toHaveLength(70);
  });
});
