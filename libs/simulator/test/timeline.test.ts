import { Timeline } from '../src/index.js';

describe('a timeline', () => {
  test('runs by time, and in the order asked for at equal times', () => {
    const timeline = new Timeline();
    const seen: string[] = [];
    timeline.at(5, () => seen.push('later'));
    timeline.at(1, () => seen.push('a'));
    timeline.at(1, () => seen.push('b'));
    timeline.at(2, () => seen.push('never')).cancelled = true;
    timeline.runUntil(4);
    expect(seen).toEqual(['a', 'b']);
    expect(timeline.now).toBe(4);
  });

  test('lets all that waits for a settled promise run before the next event, however long the chain', async () => {
    const timeline = new Timeline();
    const seen: string[] = [];
    const chain = async (): Promise<void> => {
      for (let link = 0; link < 50; link++) await undefined;
      seen.push(`chain ends at ${timeline.now}`);
      timeline.at(timeline.now, () => seen.push('and goes on'));
    };
    timeline.at(1, () => {
      void chain();
      timeline.promiseSettled();
    });
    timeline.at(2, () => seen.push('next event'));
    await timeline.passUntil(3);
    expect(seen).toEqual(['chain ends at 1', 'and goes on', 'next event']);
    expect(timeline.now).toBe(3);
  });
});
