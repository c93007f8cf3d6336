import type { Condition, Entry, KeyValueGroup, Relation, Step, StepAnswer, Transaction } from '@synod/client';
import type { Rights } from '../access/rights.js';
import { eraOf } from '../era.js';
import { httpLimits } from '../http/limits.js';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { shown } from '../http/target.js';
import { sourceHeaders, writeOptions } from './call-options.js';
import { certified, identityOf, wantsCertificate } from './certificate.js';
import type { Idempotency } from './idempotency.js';
import { fromJsonBytes, toJsonBytes, utf8Text } from './json-bytes.js';

const relations: readonly Relation[] = ['equal', 'notEqual', 'greater', 'less'];
export const mostParts = 128;

/** `POST …/transactions`: several steps at once, all or none. */
export async function postTransaction(
  request: GatewayRequest,
  group: KeyValueGroup,
  once: Idempotency,
): Promise<Answer> {
  requireJson(request.headers['content-type']);
  const proven = wantsCertificate(request, group);
  const body = await request.body(httpLimits.transactionBytes);
  const transaction = parseTransaction(body);
  requireRights(request.rights, transaction);
  const identity = ['POST', body, ...identityOf(proven)];
  return once.run(request, identity, writeOptions(request), async (options) => {
    const { succeeded, results, source } = await group.transaction(transaction, options);
    const { replica, index } = source;
    const done = { succeeded, results: results.map(toJson), index, ...eraOf(group, source), replica };
    return certified(proven, source, json(200, done, sourceHeaders(group, source)));
  });
}

/** Who compares a key learns of it what who reads it does. */
function requireRights(rights: Rights, { conditions = [], success = [], failure = [] }: Transaction): void {
  for (const { key } of conditions) rights.requireRead(toBytes(key));
  for (const step of [...success, ...failure]) {
    if ('get' in step) rights.requireRead(toBytes(step.get.key));
    else rights.requireWrite(toBytes('put' in step ? step.put.key : step.delete.key));
  }
}

function toBytes(key: string | Uint8Array): Uint8Array {
  return typeof key === 'string' ? Buffer.from(key) : key;
}

function requireJson(type: string | undefined): void {
  const [media, ...parameters] = (type ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const plain = parameters.every((parameter) => parameter === '' || /^charset="?utf-8"?$/.test(parameter));
  if (media === 'application/json' && plain) return;
  const found = type === undefined ? 'there is no Content-Type' : `Content-Type is ${shown(type)}`;
  throw new Problem('unsupported-media-type', `${found}; a transaction is application/json`);
}

/** Throws a problem that says where the body is wrong. */
export function parseTransaction(body: Uint8Array): Transaction {
  const { conditions, success, failure } = fields(parseJson(body), 'the body', ['conditions', 'success', 'failure']);
  const transaction = {
    conditions: list(conditions, 'conditions').map(parseCondition),
    success: list(success, 'success').map((step, i) => parseStep(step, `success[${i}]`)),
    failure: list(failure, 'failure').map((step, i) => parseStep(step, `failure[${i}]`)),
  };
  if (transaction.success.length + transaction.failure.length > 0) return transaction;
  throw new Problem('invalid-body', 'there is nothing to do: "success" or "failure" must have a step');
}

function parseJson(body: Uint8Array): unknown {
  const text = utf8Text(body);
  if (text === undefined) throw new Problem('invalid-body', 'the body is not UTF-8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('invalid-body', `the body is not JSON: ${(error as Error).message}`);
  }
}

function parseCondition(value: unknown, position: number): Condition {
  const where = `conditions[${position}]`;
  const { key, is, revision, value: wanted } = fields(value, where, ['key', 'is', 'revision', 'value']);
  if (!relations.includes(is as Relation)) {
    throw new Problem('invalid-body', `${where}.is must be one of ${relations.join(', ')}`);
  }
  const common = { key: parseKey(key, where), is: is as Relation };
  if ((revision === undefined) === (wanted === undefined)) {
    throw new Problem('invalid-body', `${where} must have either "revision" or "value"`);
  }
  if (wanted !== undefined) return { ...common, value: fromJsonBytes(wanted, `${where}.value`) };
  if (Number.isSafeInteger(revision) && (revision as number) >= 0) return { ...common, revision: revision as number };
  throw new Problem('invalid-body', `${where}.revision must be a whole number from 0; 0: there is no such key`);
}

function parseStep(value: unknown, where: string): Step {
  const step = fields(value, where, ['put', 'delete', 'get']);
  const [kind, ...more] = Object.keys(step) as ('put' | 'delete' | 'get')[];
  if (kind === undefined || more.length > 0) {
    throw new Problem('invalid-body', `${where} must have exactly one of "put", "delete" and "get"`);
  }
  if (kind !== 'put') {
    const key = parseKey(fields(step[kind], `${where}.${kind}`, ['key'])['key'], `${where}.${kind}`);
    return kind === 'get' ? { get: { key } } : { delete: { key } };
  }
  const { key, value: wanted } = fields(step.put, `${where}.put`, ['key', 'value']);
  return { put: { key: parseKey(key, `${where}.put`), value: parseValue(wanted, `${where}.put`) } };
}

function parseKey(value: unknown, where: string): Uint8Array {
  const key = fromJsonBytes(value, `${where}.key`);
  if (key.length >= 1 && key.length <= httpLimits.keyBytes) return key;
  throw new Problem('invalid-body', `${where}.key must have 1 to ${httpLimits.keyBytes} bytes, not ${key.length}`);
}

function parseValue(value: unknown, where: string): Uint8Array {
  const bytes = fromJsonBytes(value, `${where}.value`);
  const limit = httpLimits.valueBytes;
  if (bytes.length <= limit) return bytes;
  throw new Problem('too-large', `${where}.value has ${bytes.length} bytes; at most ${limit} are allowed`, {
    members: { limit },
  });
}

/** An object with these members and no others. */
function fields<Name extends string>(
  value: unknown,
  where: string,
  known: readonly Name[],
): Readonly<Partial<Record<Name, unknown>>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('invalid-body', `${where} must be an object with ${known.join(', ')}`);
  }
  const unknown = Object.keys(value).find((name) => !(known as readonly string[]).includes(name));
  if (unknown === undefined) return value as Readonly<Partial<Record<Name, unknown>>>;
  throw new Problem('invalid-body', `${where} has no member ${shown(unknown)}; there are ${known.join(', ')}`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Problem('invalid-body', `${where} must be a list`);
  if (value.length <= mostParts) return value;
  throw new Problem('too-large', `${where} has ${value.length} parts; at most ${mostParts} are allowed`, {
    members: { limit: mostParts },
  });
}

function toJson(answer: StepAnswer): unknown {
  if (answer.kind === 'written') return answer;
  return { kind: 'got', entry: answer.entry === undefined ? null : entryJson(answer.entry) };
}

function entryJson({ key, value, revision, created, version }: Entry): unknown {
  return { key: toJsonBytes(key), value: toJsonBytes(value), revision, created, version };
}
