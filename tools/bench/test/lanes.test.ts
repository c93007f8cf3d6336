import { expect, test } from '@jest/globals';
import { Session } from '@synod/client';
import type { KeyValueGroup, SessionPlace } from '@synod/client';
import { Lanes } from '../src/load/lanes.js';

test('each put goes alone, at a place of its own; a session has one under way, and serves again afterwards', async () => {
  const places: string[] = [];
  const open: (() => void)[] = [];
  let sessions = 0;
  const underWay = new Set<Session>();
  const store = {
    openSession: () => Promise.resolve(new Session(++sessions)),
    put: (_key: string, _value: Uint8Array, { once }: { readonly once: SessionPlace }) => {
      const { session, sequence } = once;
      expect(underWay.has(session)).toBe(false);
      underWay.add(session);
      places.push(`${session.id}/${sequence} after ${session.acknowledgedBefore(sequence)}`);
      return new Promise<void>((resolve) => open.push(() => (underWay.delete(session), resolve())));
    },
  } as unknown as Pick<KeyValueGroup, 'openSession' | 'put'>;
  const lanes = new Lanes(store);
  for (let round = 0; round < 2; round++) {
    const puts = [1, 2, 3].map(() => lanes.put('k', new Uint8Array(1)));
    await new Promise((resolve) => setImmediate(resolve));
    for (const answer of open.splice(0)) answer();
    await Promise.all(puts);
  }
  expect(sessions).toBe(3);
  expect(places.slice(0, 3)).toEqual(['1/1 after 0', '2/1 after 0', '3/1 after 0']);
  expect(places.slice(3).sort()).toEqual(['1/2 after 1', '2/2 after 1', '3/2 after 1']);
});
