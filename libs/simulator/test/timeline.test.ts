import { Random, Timeline } from '../src/index.js';

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

  test('in which time stands still while things happen ends with that', () => {
    const timeline = new Timeline();
    const again = (): void => void timeline.after(0, again);
    timeline.at(7, again);
    expect(() => timeline.runUntil(8)).toThrow(
      'Time Goes On (Synod simulator): at 7 ms 1000000 things have happened, and it goes on: this does not end',
    );
  });

  test('has a bound for each moment, not for all', () => {
    const timeline = new Timeline();
    let happened = 0;
    const often = (): void => {
      happened++;
      timeline.after(happened % 400_000 === 0 ? 1 : 0, often);
    };
    often();
    timeline.runUntil(2.5);
    expect(happened).toBe(1_200_000);
  });

  test('knows no time that is no number, and never comes to an infinite one', () => {
    const timeline = new Timeline();
    expect(() => timeline.after(NaN, () => undefined)).toThrow('at a time that is no number');
    timeline.after(new Random('operator').between(Infinity, Infinity), () => {
      throw new Error('never');
    });
    timeline.runUntil(1e12);
  });
});
