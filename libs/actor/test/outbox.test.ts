import { InvariantViolation, Outbox, invariant, none } from '@synod/actor';
import type { Vocabulary } from '@synod/actor';

interface Words extends Vocabulary {
  readonly message: { readonly kind: 'say'; readonly what: string };
  readonly record: { readonly kind: 'note'; readonly what: string };
  readonly timer: 'nap';
}

const say = (what: string) => ({ kind: 'say', what }) as const;
const note = (what: string) => ({ kind: 'note', what }) as const;

describe('Outbox', () => {
  test('gives the effects in the order in which they were asked for, once', () => {
    const out = new Outbox<Words>();
    out.send('r2', say('early'));
    const token = out.persist(note('a'));
    out.startTimer('nap', { minMs: 1, maxMs: 2 });
    out.stopTimer('nap');
    out.observe({ kind: 'slept' });
    expect(out.drain()).toEqual([
      { kind: 'send', to: 'r2', message: say('early'), after: none },
      { kind: 'persist', token, record: note('a') },
      { kind: 'startTimer', timer: 'nap', delay: { minMs: 1, maxMs: 2 } },
      { kind: 'stopTimer', timer: 'nap' },
      { kind: 'observe', event: { kind: 'slept' } },
    ]);
    expect(out.drain()).toEqual([]);
  });

  test('what was drained does not change with the next step', () => {
    const out = new Outbox<Words>();
    out.send('r2', say('one'));
    const first = out.drain();
    out.send('r2', say('two'));
    expect(first).toHaveLength(1);
  });

  test('a send rests on everything persisted so far, also in earlier steps, unless it says otherwise', () => {
    const out = new Outbox<Words>();
    const first = out.persist(note('a'));
    out.drain();
    out.send('r2', say('by default'));
    const second = out.persist(note('b'));
    out.send('r2', say('after both'));
    out.send('r2', say('after the first'), first);
    out.send('r2', say('promises nothing'), none);
    const after = out.drain().map((effect) => (effect.kind === 'send' ? effect.after : effect.kind));
    expect(after).toEqual([first, 'persist', second, first, none]);
  });

  test('tokens and ids grow and are never reused; no token is `none`', () => {
    const out = new Outbox<Words>();
    const tokens: number[] = [];
    const ids: number[] = [];
    const snapshot = { index: 1, era: 1 };
    for (let step = 0; step < 3; step++) {
      tokens.push(out.persist(note('x')));
      ids.push(out.readLog(1, 2, 100), out.takeSnapshot(snapshot), out.readChunk(snapshot, 0, 10));
      ids.push(out.writeChunk({ snapshot, offset: 0, totalBytes: 0, bytes: new Uint8Array(), checksum: 0 }));
      ids.push(out.installSnapshot(snapshot));
      out.drain();
    }
    expect(tokens).toEqual([1, 2, 3]);
    expect(tokens).not.toContain(none);
    expect(ids).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  });

  test('cut and stop are effects like the others', () => {
    const out = new Outbox<Words>();
    const keep = out.persist(note('mark'));
    out.cut(5, keep, { index: 5, era: 2 });
    out.stop();
    expect(out.drain().slice(1)).toEqual([
      { kind: 'cut', through: 5, keep, snapshot: { index: 5, era: 2 } },
      { kind: 'stop' },
    ]);
  });
});

describe('invariant', () => {
  test('says the sentence that is not true', () => {
    expect(() => invariant(1 > 2, 'terms never decrease')).toThrow(new InvariantViolation('terms never decrease'));
    expect(() => invariant(2 > 1, 'terms never decrease')).not.toThrow();
  });
});
