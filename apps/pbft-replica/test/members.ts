import { createHash } from 'node:crypto';
import { encodeResult, encodeResults, encodeSessionError } from '@synod/api';
import { connect } from '@synod/client';
import type { Client, ClientConnection, KeyValueGroup, Trust } from '@synod/client';
import { sha256 } from '@synod/keys';
import { Group, digestOfRead, leafOf, requestDigest, treeOf } from '@synod/pbft-core';
import type { Cryptography, Message, Reply, Request } from '@synod/pbft-core';
import { pbftCryptography, pbftMessages, verifyCertificate } from '@synod/pbft-wire';
import type { Verdict } from '@synod/pbft-wire';

export const names = ['r1', 'r2', 'r3', 'r4'];
const domain = { cluster: 'test', group: 'kv', epoch: 'e' };
const messages = pbftMessages(domain);

/** A signature that anybody can make and check: what is tested is who checks it. */
const signatureOf = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash('sha512').update(key).update(bytes).digest());
const keyOf = (name: string): Uint8Array => Buffer.from(`key of ${name}`);
const verify: Trust['verify'] = (key, bytes, signature) => Buffer.compare(signatureOf(key, bytes), signature) === 0;

const publicKeys = {
  replica: (name: string) => (names.includes(name) ? keyOf(name) : undefined),
  user: (name: string) => (name === 'ann' ? keyOf('ann') : undefined),
};

export const signingAs = (name: string, key = name): Cryptography =>
  pbftCryptography(domain, name, sha256, (bytes) => signatureOf(keyOf(key), bytes));

let openings = 0;
const trust: Trust = {
  keys: { ...domain, members: names, ...publicKeys },
  sha256,
  verify,
  sign: (bytes) => signatureOf(keyOf('ann'), bytes),
  openingNumber: (from = 0) => Math.max(1000 + ++openings, from),
};

export function check(certificate: Uint8Array): Verdict {
  const parts = { domain, group: new Group(names), logSize: 100, keys: publicKeys, sha256, verify };
  return verifyCertificate(parts, certificate);
}

/** What a client said to one member, or to all at once. */
export interface Asked {
  readonly to: string;
  readonly message: Request | Extract<Message, { kind: 'read' }>;
  readonly payload: Uint8Array;
}

type Refusal = Extract<Reply['answer'], { kind: 'refused' }>['reason'];

export interface Said {
  readonly value?: string;
  readonly index?: number;
  /** By whose key; default its own. */
  readonly key?: string;
  readonly refuses?: Refusal;
  /** The opening's number is too low: this one is not. */
  readonly openFrom?: number;
}

/** The members of a group as a test plays them, and a client of it. */
export class Members {
  readonly asked: Asked[] = [];
  client!: Client;
  private deliver: (subject: string, data: Uint8Array) => void = () => undefined;

  static async open(): Promise<Members> {
    const members = new Members();
    const connection: unknown = {
      publish: (subject: string, payload: Uint8Array) => members.hear(subject, payload),
      subscribe: (_subject: string, { callback }: { callback: (error: null, message: object) => void }) => {
        members.deliver = (subject, data) => callback(null, { subject, data });
        return { unsubscribe: () => undefined, isClosed: () => false };
      },
      flush: () => Promise.resolve(),
      isClosed: () => false,
      close: () => Promise.resolve(),
      status: async function* () {
        await new Promise(() => undefined);
        yield undefined;
      },
    };
    const where = { cluster: 'test', user: 'ann', connection: connection as ClientConnection, timeoutMs: 4000 };
    members.client = await connect({ ...where, trust: () => trust });
    return members;
  }

  get kv(): KeyValueGroup {
    return this.client.group('kv');
  }

  /** What the client asked first of this kind, of all but the first `after` messages, once it has. */
  async question(kind: 'request' | 'read', after = 0): Promise<Asked> {
    for (let waited = 0; waited < 2000; waited += 5) {
      const found = this.asked.slice(after).find(({ message }) => message.kind === kind);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${kind} came`);
  }

  /** One member's answer. */
  say(name: string, { message }: Asked, { value = '', index = 7, key = name, refuses, openFrom }: Said = {}): void {
    const cryptography = signingAs(name, key);
    const isRead = message.kind === 'read';
    const statement = isRead ? { ...message, session: 0 } : message.signed.statement;
    const { client, session, sequence } = statement;
    const base = { kind: 'reply', client, session, sequence } as const;
    if (refuses !== undefined) {
      return this.send(name, { ...base, answer: { kind: 'refused', reason: refuses, view: 0, retryAfterMs: 0 } });
    }
    const isOpening = !isRead && message.signed.statement.holds === 'operations' && session === 0;
    const done = encodeResults(isOpening ? [] : [resultOf(value)]);
    const results = openFrom === undefined ? done : encodeSessionError('alreadyAcknowledged', openFrom);
    const asked = isRead ? digestOfRead(cryptography, message.queries) : requestDigest(cryptography, message.signed);
    const tree = treeOf(cryptography, [leafOf(cryptography, { asked, index, results })]);
    const claim = { type: 'replies', view: 3, sequence: 5, whole: true, count: 1, root: tree.root } as const;
    const answer = {
      kind: 'results',
      results,
      index,
      ageMs: 0,
      signed: cryptography.sign(claim),
      place: 0,
      path: [],
    } as const;
    this.send(name, { ...base, answer });
  }

  /** The client has a session, and what it asks next is its write. */
  async opened(after = 0): Promise<void> {
    const asked = await this.question('request', after);
    this.asked.length = 0;
    for (const name of ['r1', 'r2']) this.say(name, asked);
  }

  private send(from: string, reply: Reply): void {
    const payload = Uint8Array.from(messages.encode(reply));
    this.deliver(`synod.test.kv.${from}.ann.${messages.kindOf(reply)}`, payload);
  }

  private hear(subject: string, payload: Uint8Array): void {
    const [, , , , to = '', kind = ''] = subject.split('.');
    const message = messages.decode(kind, payload) as Asked['message'];
    if (message.kind === 'read' && message.level === 'discover') return;
    this.asked.push({ to, message, payload: Uint8Array.from(payload) });
  }
}

function resultOf(value: string): Uint8Array {
  const found = { key: Buffer.from('k'), value: Buffer.from(value), revision: 7, created: 7, version: 1 };
  return encodeResult({ kind: 'found', ...found });
}
