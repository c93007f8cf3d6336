import { SyncMode } from '../src/sync-mode.js';

function syncs(mode: SyncMode, count: number, ms: number): void {
  for (let i = 0; i < count; i++) {
    if (mode.isOnTheSpot(1000)) mode.tookOnTheSpot(ms);
    else mode.tookInThread(ms);
  }
}

describe('where a sync is waited for', () => {
  test('on the spot while the disk is fast; one slow sync in between changes nothing', () => {
    const mode = new SyncMode();
    syncs(mode, 100, 0.2);
    mode.tookOnTheSpot(5);
    expect(mode.isOnTheSpot(1000)).toBe(true);
  });

  test('in a thread once the average is slow, with a trial now and then', () => {
    const mode = new SyncMode();
    syncs(mode, 100, 3);
    expect(mode.isOnTheSpot(1000)).toBe(false);
    let trials = 0;
    for (let i = 0; i < 5000; i++) {
      if (mode.isOnTheSpot(1000)) trials++;
      syncs(mode, 1, 3);
    }
    expect(trials).toBeGreaterThan(0);
    expect(trials).toBeLessThan(200);
  });

  test('in a thread after a stall, and for as long as stalls go on', () => {
    const mode = new SyncMode();
    syncs(mode, 100, 0.1);
    mode.tookOnTheSpot(40);
    expect(mode.isOnTheSpot(1000)).toBe(false);
    for (let i = 0; i < 20; i++) {
      syncs(mode, 400, 0.1);
      mode.tookInThread(40);
      expect(mode.isOnTheSpot(1000)).toBe(false);
    }
  });

  test('in a thread when there is much to write', () => {
    expect(new SyncMode().isOnTheSpot(64 * 1024 * 1024)).toBe(false);
  });
});
