import fc from 'fast-check';
import { raftMessages } from '@synod/raft-wire';

// What somebody says whom the broker lets in and who wants no good: any subject, any payload, any headers, and the protocol itself.

/** In the payload of whatever is said under a name that is not the speaker's: nobody must ever hear it. */
export const forged = 'FORGED';

/** One thing said. `base` picks a real message to begin with, by place in what was overheard. */
export interface Said {
  readonly bytes: (real: readonly Uint8Array[]) => Buffer;
}

const kinds = [
  ...['request', 'read', 'status', 'fault', 'member', 'reply.x', 'report.x', 'nonsense', 'heartbeat'],
  ...raftMessages.peerKinds,
];
const members = ['raft-r1', 'raft-r2', 'raft-r3', 'replicas'];
const names = [...members, 'client', 'mallory', 'gateway', 'admin', 'observer', 'nobody'];
const noise = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/g, '?'));
const oddTokens = fc.oneof(
  fc.constantFrom(
    '*',
    '>',
    '',
    ' ',
    '\t',
    '\0',
    '\x7f',
    'ü',
    '🎉',
    'RAFT-R1',
    '-',
    '__proto__',
    'constructor',
    '$SYS',
    'a.b',
  ),
  fc.integer({ min: 33, max: 400 }).map((length) => 'x'.repeat(length)),
  noise,
);

const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 20): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Seven parts at most, each as it should be or not; some left out, some doubled. */
function subjects(
  user: string,
  own: readonly string[],
): fc.Arbitrary<{ readonly subject: string; readonly speaker: string }> {
  const speakers = rarely(fc.constant(user), fc.constantFrom(...names));
  return fc
    .record({
      root: rarely(fc.constant('synod'), fc.constantFrom('synod-bulk', '$SRV', '$SYS', '_INBOX', '$JS', 'other')),
      cluster: rarely(fc.constant('test'), fc.oneof(fc.constant('other'), oddTokens)),
      group: rarely(fc.constant('kv'), fc.oneof(fc.constantFrom('nobody', 'probe'), oddTokens), 8),
      speaker: speakers,
      to: rarely(fc.constantFrom(...members), fc.oneof(fc.constantFrom(...names), oddTokens)),
      kind: rarely(fc.constantFrom(...own), fc.oneof(fc.constantFrom(...kinds), oddTokens), 10),
      shape: rarely(fc.constant('whole'), fc.constantFrom('short', 'long', 'one')),
    })
    .map(({ root, cluster, group, speaker, to, kind, shape }) => {
      const parts = [root, cluster, group, speaker, to, kind];
      if (shape === 'short') parts.splice(4, 1);
      if (shape === 'long') parts.push('more', 'and', 'more');
      return { subject: shape === 'one' ? kind : parts.join('.'), speaker };
    });
}

const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
/** A real message with some bytes changed, cut, or continued; or no message at all. */
const payloads: fc.Arbitrary<(real: readonly Uint8Array[]) => Buffer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ base: fc.nat(), flips, cut: fc.option(fc.nat(), { freq: 4 }), more: fc.uint8Array({ maxLength: 30 }) })
      .map(({ base, flips: changes, cut, more }) => (real: readonly Uint8Array[]) => {
        const bytes = Buffer.from(real[base % Math.max(1, real.length)] ?? []);
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        const kept = cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
        return Buffer.concat([kept, more]);
      }),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => () => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('{}', '[]', 'null', '{"client":"x"}', '{"cutOff":["raft-r2"],"client":"x"}')
      .map((text) => () => Buffer.from(text)),
  },
  {
    weight: 1,
    arbitrary: rarely(fc.integer({ min: 1000, max: 100_000 }), fc.integer({ min: 100_000, max: 262_144 }), 4).map(
      (length) => () => Buffer.alloc(length, 0xff),
    ),
  },
);

const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
const headerBlocks: fc.Arbitrary<string | undefined> = rarely(
  fc.constant(undefined),
  fc.oneof(
    fc.constant(`NATS/1.0\r\ntraceparent: ${traceparent}\r\n\r\n`),
    fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((text) => `NATS/1.0\r\ntraceparent: ${text}\r\ntracestate: ${text}\r\n\r\n`),
    fc
      .integer({ min: 1, max: 2000 })
      .map((count) => `NATS/1.0\r\n${Array.from({ length: count }, (_, i) => `h${i}: v\r\n`).join('')}\r\n`),
    fc.integer({ min: 1, max: 60_000 }).map((length) => `NATS/1.0\r\nlong: ${'v'.repeat(length)}\r\n\r\n`),
    fc.constantFrom('NATS/1.0 503\r\n\r\n', 'NATS/1.0\r\n', 'HTTP/1.1 200\r\n\r\n', '\r\n\r\n', ':\r\n:\r\n', ''),
    noise,
  ),
  3,
);
const replyTos = rarely(
  fc.constant(''),
  fc.constantFrom(
    'synod.test.kv.raft-r1.raft-r2.append-entries',
    'synod.test.kv.raft-r1.client.reply.x',
    '_INBOX.x',
    '$SYS.x',
    '>',
  ),
);

function publishes(user: string, own: readonly string[]): fc.Arbitrary<Said> {
  return fc
    .record({ place: subjects(user, own), replyTo: replyTos, headers: headerBlocks, payload: payloads })
    .map(({ place: { subject, speaker }, replyTo, headers, payload }) => ({
      bytes: (real) => {
        const content = speaker === user ? payload(real) : Buffer.concat([Buffer.from(forged), payload(real)]);
        const block = headers === undefined ? undefined : Buffer.from(headers, 'utf8');
        const sizes = block ? `${block.length} ${block.length + content.length}` : `${content.length}`;
        const line = `${block ? 'HPUB' : 'PUB'} ${subject} ${replyTo === '' ? '' : `${replyTo} `}${sizes}\r\n`;
        return Buffer.concat([Buffer.from(line, 'utf8'), block ?? Buffer.alloc(0), content, Buffer.from('\r\n')]);
      },
    }));
}

const patterns = [
  '>',
  'synod.>',
  '*.>',
  'synod.test.kv.*.*.>',
  'synod.test.kv.*.raft-r1.>',
  '_INBOX.>',
  '$SYS.>',
  '$SRV.>',
  'synod-bulk.>',
];

/** The protocol, well and badly spoken. */
function commands(user: string, own: readonly string[]): fc.Arbitrary<Said> {
  const lines = fc.oneof(
    fc.constantFrom(...patterns).map((pattern) => `SUB ${pattern} 7`),
    subjects(user, own).map(({ subject }) => `SUB ${subject} 8`),
    fc.constantFrom(
      'UNSUB 7',
      'UNSUB 8 1',
      'SUB',
      'PUB',
      'PUB x -1',
      'PUB x 99999999999',
      'HPUB x 9 1',
      'PING',
      'PONG',
      'INFO {}',
      '+OK',
    ),
    fc
      .constantFrom('{}', '{"user":"raft-r1","pass":"x"}', '[', '{"verbose":true,"echo":false}')
      .map((json) => `CONNECT ${json}`),
    fc.integer({ min: 2000, max: 5000 }).map((length) => `PUB ${'x'.repeat(length)} 0`),
    noise,
  );
  return lines.map((line) => ({ bytes: () => Buffer.from(`${line}\r\n`, 'utf8') }));
}

/** What `user` says in one go, mostly of the kinds that are his own. */
export function hostility(user: string, own: readonly string[]): fc.Arbitrary<readonly Said[]> {
  return fc.array(
    fc.oneof({ weight: 20, arbitrary: publishes(user, own) }, { weight: 1, arbitrary: commands(user, own) }),
    {
      minLength: 20,
      maxLength: 80,
    },
  );
}
