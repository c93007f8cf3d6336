import {
  SubjectReader,
  SubjectWriter,
  formatSubject,
  isKind,
  isToken,
  parseSubject,
  requireToken,
} from '../src/index.js';

describe('subjects', () => {
  test.each(['a', 'raft-r1', '0', '-', 'a'.repeat(32)])('%p is a token', (text) => expect(isToken(text)).toBe(true));

  test.each(['', 'a'.repeat(33), 'A', 'a.b', '*', '>', 'a b', 'a\r\nPUB x 0\r\n', 'ä', '_', '\u0000'])(
    '%p is no token',
    (text) => expect(isToken(text)).toBe(false),
  );

  test('an error for people names the value, what it is for and what would be right', () => {
    expect(() => requireToken('Raft R1', 'replica name')).toThrow(/replica name "Raft R1".*a-z, 0-9 and "-".*raft-r1/);
  });

  test('what is formatted is parsed back', () => {
    const subject = { cluster: 'c', group: 'g', from: 'r1', to: 'client', kind: 'reply', client: 'x7' };
    expect(formatSubject(subject)).toBe('synod.c.g.r1.client.reply.x7');
    expect(parseSubject('synod.c.g.r1.client.reply.x7')).toEqual(subject);
    expect(parseSubject('synod-bulk.c.g.r1.r2.install-snapshot')).toMatchObject({ from: 'r1', client: undefined });
    expect(() => formatSubject({ ...subject, to: '*' })).toThrow(/receiver "\*"/);
  });

  test.each([
    'synod.c.g.r1.r2',
    'synod.c.g.r1.r2.k.client.more',
    'synod.c.g.r1.r2.k.a.b.c.d.e.f',
    'synod.c.g.R1.r2.k',
    'synod.c..r1.r2.k',
    'synod.c.g.r1.r2.',
    'other.c.g.r1.r2.k',
    '',
  ])('%p is not ours', (text) => expect(parseSubject(text)).toBeUndefined());

  test('a kind is one token or two', () => {
    expect([isKind('reply'), isKind('reply.x'), isKind('reply.x.y'), isKind('.x'), isKind('x.'), isKind('')]).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('a writer refuses what would break out of the subject', () => {
    const writer = new SubjectWriter('synod', 'c', 'g', 'r1');
    for (let time = 0; time < 2; time++) {
      expect(writer.write('r2', 'vote')).toBe('synod.c.g.r1.r2.vote');
      expect(writer.write('client', 'reply.x7')).toBe('synod.c.g.r1.client.reply.x7');
      expect(writer.write('client', 'reply.x\r\nPUB synod.c.g.r1.r2.vote 0\r\n')).toBeUndefined();
      expect(writer.write('r2.vote', 'x')).toBeUndefined();
    }
  });

  test('what strangers invent is not remembered for ever', () => {
    const reader = new SubjectReader();
    const writer = new SubjectWriter('synod', 'c', 'g', 'r1');
    for (let i = 0; i < 20_000; i++) {
      reader.read(`synod.c.g.client.r1.k${i}`);
      writer.write(`to${i}`, `k${i}`);
    }
    const remembered = [reader, writer].flatMap((cache) =>
      Object.values(cache).filter((value) => value?.size !== undefined),
    );
    expect(remembered).toHaveLength(3);
    for (const cache of remembered) expect(cache.size).toBeLessThanOrEqual(4096);
  });
});
