import { groupProblems, idempotencyProblems, writtenBodyProblems } from '../group-problems.js';
import type { Groups } from '../groups.js';
import type { Answer, Operation } from '../http/operation.js';
import type { ProblemName } from '../http/problem.js';
import { readParameters, timeoutParameter } from '../kv/call-options.js';
import { readFailure } from '../kv/failure.js';
import { idempotencyHeader } from '../kv/fragments.js';
import * as fragments from './fragments.js';
import { getBlock, getBlocks, getHead, getTransaction } from './read.js';
import { postLedger, withoutLedger } from './submit.js';

const ledger = '/v1/groups/{group}/ledger';
const problems: readonly ProblemName[] = [...groupProblems, 'no-ledger', 'not-certified'];

/** Transactions in blocks that are chained by their hashes. */
export function ledgerOperations(groups: Groups): readonly Operation[] {
  return [submitOperation(groups), ...readOperations(groups)];
}

function submitOperation(groups: Groups): Operation {
  return {
    method: 'POST',
    path: `${ledger}/transactions`,
    id: 'submitTransaction',
    summary: 'Puts the body into a block of the ledger, as a transaction',
    description:
      'A block is closed when it has ten transactions, or a while after the first one. The transaction has its place at once;' +
      ' its block has a hash, and can be read, when it is closed.',
    query: { ...fragments.cutAfterParameter, ...timeoutParameter },
    headers: idempotencyHeader,
    body: fragments.submitBody,
    answers: { 201: fragments.submittedAnswer },
    problems: [...problems, ...idempotencyProblems, ...writtenBodyProblems, 'invalid-body'],
    needs: 'ledger-write',
    traced: true,
    handle: (request) => postLedger(request, groups.of(request), groups.idempotencyOf(groups.nameIn(request))),
  };
}

function readOperations(groups: Groups): readonly Operation[] {
  const common = { method: 'GET', needs: 'ledger-read', traced: true } as const;
  return [
    {
      ...common,
      path: ledger,
      id: 'getLedger',
      summary: 'The newest block of the ledger, and how many transactions wait for the next',
      query: readParameters,
      answers: { 200: fragments.headAnswer },
      problems,
      handle: (request) => reading(getHead(request, groups.of(request))),
    },
    {
      ...common,
      path: `${ledger}/blocks`,
      id: 'listBlocks',
      summary: 'A page of closed blocks, in order of height',
      query: { ...fragments.blocksParameters, ...readParameters },
      answers: { 200: fragments.blocksAnswer },
      problems,
      handle: (request) => reading(getBlocks(request, groups.of(request))),
    },
    {
      ...common,
      path: `${ledger}/blocks/{height}`,
      id: 'getBlock',
      summary: 'A closed block with its transactions',
      query: readParameters,
      answers: { 200: fragments.blockAnswer },
      problems: [...problems, 'block-not-found'],
      handle: (request) => reading(getBlock(request, groups.of(request))),
    },
    {
      ...common,
      path: `${ledger}/blocks/{height}/transactions/{position}`,
      id: 'getLedgerTransaction',
      summary: 'One transaction, and a proof of at most four hashes that it stands in its block',
      query: readParameters,
      answers: { 200: fragments.provenAnswer },
      problems: [...problems, 'block-not-found'],
      handle: (request) => reading(getTransaction(request, groups.of(request))),
    },
  ];
}

async function reading(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw withoutLedger(error) ?? readFailure(error);
  }
}
