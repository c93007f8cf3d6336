import type { ChosenValue, KeyValueGroup, Source } from '@synod/client';
import { eraHeader, eraOf } from '../era.js';
import { groupProblems, writtenBodyProblems } from '../group-problems.js';
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
const problems: readonly ProblemName[] = [...groupProblems, 'no-registers', 'invalid-key'];

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
    needs: 'keys',
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
      '200: it holds these bytes. 409: it holds others, which are in `value` for whom may read them. The same request may be sent again, whatever became' +
      ` of it: it needs no Idempotency-Key. ${fragments.registerKeyNote}`,
    query: timeoutParameter,
    body: fragments.registerBody,
    answers: { 200: fragments.decidedAnswer },
    problems: [...problems, ...writtenBodyProblems, 'decided-otherwise'],
    needs: 'keys',
    traced: true,
    handle: (request) => answering(put(request, groups.of(request)), decideFailure),
  };
}

async function get(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const key = parseRegisterKey(request.parts['key']!);
  request.rights.requireRead(Buffer.from(key));
  const decided = await group.decided(key, optionsOf(request));
  if (decided === undefined) throw new Problem('undecided', `nothing is decided for ${key} in group ${group.name}`);
  const headers = { 'content-type': 'application/octet-stream', ...placeOf(group, decided.source) };
  return { status: 200, headers, body: decided.value };
}

async function put(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const key = parseRegisterKey(request.parts['key']!);
  request.rights.requireWrite(Buffer.from(key));
  const wanted = await request.body(httpLimits.registerValueBytes);
  const chosen = await group.decide(key, wanted, optionsOf(request));
  if (!chosen.isOurs) throw otherwise(group, key, chosen, request.rights.mayRead(Buffer.from(key)));
  return json(200, toldOf(group, chosen), placeOf(group, chosen.source));
}

/** PUT would say with a 2xx that a GET gives these bytes; it gives others. */
function otherwise(group: KeyValueGroup, key: string, chosen: ChosenValue, mayRead: boolean): Problem {
  const { value, ...others } = toldOf(group, chosen);
  return new Problem('decided-otherwise', `${key} was decided before, with another value`, {
    members: { ...(mayRead && { value }), ...others },
    headers: placeOf(group, chosen.source),
  });
}

function toldOf(group: KeyValueGroup, { value, source }: ChosenValue) {
  return { value: toJsonBytes(value), ...eraOf(group, source), replica: source.replica };
}

function optionsOf({ query, context }: GatewayRequest) {
  return { timeoutMs: timeoutOf(query), ...context };
}

function placeOf(group: KeyValueGroup, source: Source): Readonly<Record<string, string>> {
  return { 'synod-replica': source.replica, ...eraHeader(group, source) };
}

async function answering(answer: Promise<Answer>, failure: (error: unknown) => unknown): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw failure(error);
  }
}
