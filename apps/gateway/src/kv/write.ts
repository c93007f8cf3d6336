import type { KeyValueGroup, Source, Step, WriteOptions } from '@synod/client';
import { eraOf } from '../era.js';
import { entityTag, parsePreconditions } from '../http/entity-tag.js';
import type { Precondition } from '../http/entity-tag.js';
import { httpLimits } from '../http/limits.js';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { problemAnswer } from '../http/problem-answer.js';
import { sourceHeaders, writeOptions } from './call-options.js';
import { certified, identityOf, wantsCertificate } from './certificate.js';
import type { Idempotency } from './idempotency.js';
import { parseKey } from './key.js';
import { conditionsOf, preconditionFailed } from './precondition.js';

/** `PUT …/kv/{key}`: stores the body's bytes. */
export async function putKey(request: GatewayRequest, group: KeyValueGroup, once: Idempotency): Promise<Answer> {
  const key = parseKey(request.parts['key']!);
  const preconditions = preconditionsOf(request, key);
  const proven = wantsCertificate(request, group);
  const value = await request.body(httpLimits.valueBytes);
  const identity = ['PUT', key, JSON.stringify(preconditions), value, ...identityOf(proven)];
  return once.run(request, identity, writeOptions(request), (options) =>
    write(group, key, { put: { key, value } }, preconditions, proven, options),
  );
}

/** `DELETE …/kv/{key}`; no error when there is no such key. */
export async function deleteKey(request: GatewayRequest, group: KeyValueGroup, once: Idempotency): Promise<Answer> {
  const key = parseKey(request.parts['key']!);
  const preconditions = preconditionsOf(request, key);
  const proven = wantsCertificate(request, group);
  const identity = ['DELETE', key, JSON.stringify(preconditions), ...identityOf(proven)];
  return once.run(request, identity, writeOptions(request), (options) =>
    write(group, key, { delete: { key } }, preconditions, proven, options),
  );
}

/** What is compared counts as read: a 412 tells of the key. */
function preconditionsOf({ rights, headers }: GatewayRequest, key: Uint8Array): readonly Precondition[] {
  rights.requireWrite(key);
  const preconditions = parsePreconditions(headers);
  if (preconditions.length > 0) rights.requireRead(key);
  return preconditions;
}

async function write(
  group: KeyValueGroup,
  key: Uint8Array,
  step: Exclude<Step, { readonly get: unknown }>,
  preconditions: readonly Precondition[],
  proven: boolean,
  options: WriteOptions,
): Promise<Answer> {
  if (preconditions.length === 0) {
    const write = 'put' in step ? group.put(key, step.put.value, options) : group.delete(key, options);
    const { revision, existed, source } = await write;
    return certified(proven, source, written(group, step, revision, existed, source));
  }
  const conditions = conditionsOf(key, preconditions);
  const { succeeded, results, source } = await group.transaction(
    { conditions, success: [step], failure: [{ get: { key } }] },
    options,
  );
  const [result] = results;
  if (succeeded && result?.kind === 'written')
    return certified(proven, source, written(group, step, result.revision, result.existed, source));
  const revision = (result?.kind === 'got' ? result.entry?.revision : undefined) ?? 0;
  // An answer of the group like any other: a retry under the same Idempotency-Key gets it again.
  return problemAnswer(preconditionFailed(preconditions, revision), sourceHeaders(group, source));
}

function written(group: KeyValueGroup, step: Step, revision: number, existed: boolean, source: Source): Answer {
  const { replica, index } = source;
  const isPut = 'put' in step;
  const headers = { ...sourceHeaders(group, source), ...(isPut && { etag: entityTag(revision) }) };
  return json(isPut && !existed ? 201 : 200, { revision, existed, index, ...eraOf(group, source), replica }, headers);
}
