import type { ChosenValue, KeyValueGroup, Source } from '@synod/client';
import type { Groups } from '../groups.js';
import { httpLimits } from '../http/limits.js';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest, Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import type { ProblemName } from '../http/problem.js';
import { timeoutOf, timeoutParameter } from '../kv/call-options.js';
import { toJsonBytes } from '../kv/json-bytes.js';
import { decideFailure, decidedFailure } from './failure.js';
import * as fragments from './fragments.js';
import { parseRegisterKey } from './key.js';

const path = '/v1/groups/{group}/registers/{key}';
const problems: readonly ProblemName[] = [
  'unknown-group',
  'no-registers',
  'invalid-parameter',
  'invalid-key',
  'refused',
  'too-large',
  'forbidden',
  'overloaded',
  'no-quorum',
  'unavailable',
];

/** Write-once registers. */
export function registerOperations(groups: Groups): readonly Operation[] {
  return [getOperation(groups), putOperation(groups)];
}

function getOperation(groups: Groups): Operation {
  return {
    method: 'GET',
    path,
    id: 'getRegister',
    summary: 'What a write-once register holds, byte for byte',
    description: `Once it holds something, it holds that for ever. ${fragments.registerKeyNote}`,
    query: timeoutParameter,
    answers: { 200: fragments.registerAnswer },
    problems: [...problems, 'undecided'],
    traced: true,
    handle: (request) => answering(get(request, groups.of(request)), decidedFailure),
  };
}

function putOperation(groups: Groups): Operation {
  return {
    method: 'PUT',
    path,
    id: 'decideRegister',
    summary: 'Lets a write-once register hold the body, unless it holds something',
    description:
      '200: it holds these bytes. 409: it holds others, which are in `value`. The same request may be sent again, whatever became' +
      ` of it: it needs no Idempotency-Key. ${fragments.registerKeyNote}`,
    query: timeoutParameter,
    body: fragments.registerBody,
    answers: { 200: fragments.decidedAnswer },
    problems: [...problems, 'decided-otherwise', 'unsupported-media-type', 'unknown-outcome'],
    traced: true,
    handle: (request) => answering(put(request, groups.of(request)), decideFailure),
  };
}

async function get(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const key = parseRegisterKey(request.parts['key']!);
  const decided = await group.decided(key, optionsOf(request));
  if (decided === undefined) throw new Problem('undecided', `nothing is decided for ${key} in group ${group.name}`);
  const headers = { 'content-type': 'application/octet-stream', ...placeOf(decided.source) };
  return { status: 200, headers, body: decided.value };
}

async function put(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const key = parseRegisterKey(request.parts['key']!);
  const wanted = await request.body(httpLimits.registerValueBytes);
  const chosen = await group.decide(key, wanted, optionsOf(request));
  if (!chosen.isOurs) throw otherwise(key, chosen);
  const { replica, term } = chosen.source;
  return json(200, { value: toJsonBytes(chosen.value), term, replica }, placeOf(chosen.source));
}

/** PUT would say with a 2xx that a GET gives these bytes; it gives others. */
function otherwise(key: string, { value, source }: ChosenValue): Problem {
  const { replica, term } = source;
  return new Problem('decided-otherwise', `${key} was decided before, with another value`, {
    members: { value: toJsonBytes(value), term, replica },
    headers: placeOf(source),
  });
}

function optionsOf({ query, context }: GatewayRequest) {
  return { timeoutMs: timeoutOf(query), ...context };
}

function placeOf({ replica, term }: Source): Readonly<Record<string, string>> {
  return { 'synod-replica': replica, 'synod-term': String(term) };
}

async function answering(answer: Promise<Answer>, failure: (error: unknown) => unknown): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw failure(error);
  }
}
