import { groupProblems, idempotencyProblems, writtenBodyProblems } from '../group-problems.js';
import type { Groups } from '../groups.js';
import type { Answer, Operation } from '../http/operation.js';
import type { ProblemName } from '../http/problem.js';
import { readParameters, timeoutParameter } from './call-options.js';
import { readFailure } from './failure.js';
import * as fragments from './fragments.js';
import { getKey, getRange } from './read.js';
import { postTransaction } from './transaction.js';
import { deleteKey, putKey } from './write.js';

const kv = '/v1/groups/{group}/kv';
const readProblems: readonly ProblemName[] = [...groupProblems, 'not-certified'];
const writeProblems: readonly ProblemName[] = [...readProblems, ...idempotencyProblems, 'unknown-outcome'];
const keyProblems: readonly ProblemName[] = ['invalid-key', 'invalid-precondition', 'precondition-failed'];

/** What touches data. */
export function keyValueOperations(groups: Groups): readonly Operation[] {
  return [getOperation(groups), putOperation(groups), deleteOperation(groups), rangeOperation(groups), post(groups)];
}

function getOperation(groups: Groups): Operation {
  return {
    method: 'GET',
    path: `${kv}/{key}`,
    id: 'getKey',
    summary: "A key's value, byte for byte",
    query: readParameters,
    headers: fragments.preconditionHeaders,
    answers: { 200: fragments.valueAnswer, 304: fragments.notModifiedAnswer },
    problems: [...readProblems, ...keyProblems, 'key-not-found'],
    needs: 'keys',
    traced: true,
    handle: (request) => reading(getKey(request, groups.of(request))),
  };
}

function putOperation(groups: Groups): Operation {
  return {
    method: 'PUT',
    path: `${kv}/{key}`,
    id: 'putKey',
    summary: 'Stores the body under a key, durable on a majority when it is answered',
    query: timeoutParameter,
    headers: { ...fragments.preconditionHeaders, ...fragments.idempotencyHeader },
    body: fragments.valueBody,
    answers: {
      200: fragments.writtenAnswer('The key had a value before.'),
      201: fragments.writtenAnswer('A new key.'),
    },
    problems: [...writeProblems, ...writtenBodyProblems, ...keyProblems],
    needs: 'keys',
    traced: true,
    handle: (request) => putKey(request, groups.of(request), groups.idempotencyOf(groups.nameIn(request))),
  };
}

function deleteOperation(groups: Groups): Operation {
  return {
    method: 'DELETE',
    path: `${kv}/{key}`,
    id: 'deleteKey',
    summary: 'Deletes a key; `existed` tells whether it was there',
    query: timeoutParameter,
    headers: { ...fragments.preconditionHeaders, ...fragments.idempotencyHeader },
    answers: { 200: fragments.writtenAnswer('The key is not there any more.') },
    problems: [...writeProblems, ...keyProblems],
    needs: 'keys',
    traced: true,
    handle: (request) => deleteKey(request, groups.of(request), groups.idempotencyOf(groups.nameIn(request))),
  };
}

function rangeOperation(groups: Groups): Operation {
  return {
    method: 'GET',
    path: kv,
    id: 'listKeys',
    summary: 'A page of keys and values, in the order of the keys’ bytes',
    query: { ...fragments.rangeParameters, ...readParameters },
    answers: { 200: fragments.rangeAnswer },
    problems: readProblems,
    needs: 'keys',
    traced: true,
    handle: (request) => reading(getRange(request, groups.of(request))),
  };
}

function post(groups: Groups): Operation {
  return {
    method: 'POST',
    path: '/v1/groups/{group}/transactions',
    id: 'postTransaction',
    summary: 'Several steps at once, all or none, depending on conditions',
    description: 'All conditions hold: the steps of `success` are executed, otherwise those of `failure`.',
    query: timeoutParameter,
    headers: fragments.idempotencyHeader,
    body: fragments.transactionBody,
    answers: { 200: fragments.transactionAnswer },
    problems: [...writeProblems, ...writtenBodyProblems, 'invalid-body'],
    needs: 'keys',
    traced: true,
    handle: (request) => postTransaction(request, groups.of(request), groups.idempotencyOf(groups.nameIn(request))),
  };
}

async function reading(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw readFailure(error);
  }
}
