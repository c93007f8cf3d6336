import {
  backupOperationText,
  backupQueryText,
  backupResultText,
  isBackups,
  decodeOperation,
  decodeQuery,
  decodeReadBatch,
  decodeReconfiguration,
  decodeRegisterRequest,
  decodeReply,
  decodeRequestBatch,
  decodeResult,
  decodeResults,
  isLedgers,
  ledgerOperationText,
  ledgerQueryText,
  ledgerResultText,
} from '@synod/api';
import type { Results } from '@synod/api';
import { shown } from '../output.js';
import type { Words } from '../protocols/protocol.js';
import { raftWords } from '../protocols/raft/words.js';
import { bytesText } from './facts.js';
import type { Fact } from './facts.js';

const partsShown = 3;

/** `values`: show what keys and values are; otherwise keys and sizes only. */
export function requestFacts(payload: Uint8Array, values: boolean): readonly Fact[] {
  const { session, sequence, acknowledgedThrough, operations } = decodeRequestBatch(payload);
  if (session === 0)
    return [
      ['opens a session', true],
      ['sequence', sequence],
    ];
  return [
    ['session', session],
    ['sequence', sequence],
    ['acknowledged', acknowledgedThrough, ''],
    ...partsFacts('operations', operations, (bytes) => operationText(bytes, values)),
  ];
}

export function readFacts(payload: Uint8Array): readonly Fact[] {
  const { sequence, level, maxAgeMs, queries } = decodeReadBatch(payload);
  if (level === 'discover')
    return [
      ['who leads?', true],
      ['sequence', sequence],
    ];
  return [
    [level, true],
    ['sequence', sequence],
    ...(maxAgeMs > 0 ? ([['max age', `${maxAgeMs} ms`]] as const) : []),
    ...partsFacts('queries', queries, queryText),
  ];
}

export function registerRequestFacts(payload: Uint8Array, values: boolean): readonly Fact[] {
  const { sequence, key, value } = decodeRegisterRequest(payload);
  const wish: Fact = value === undefined ? ['what is decided?', true] : ['value', valueText(value, values)];
  return [['key', key, key], wish, ['sequence', sequence]];
}

export function memberFacts(payload: Uint8Array): readonly Fact[] {
  const { sequence, version, add, remove, phase1, phase2 } = decodeReconfiguration(payload);
  return [
    ['version', version, `of version ${version}`],
    ...(add.length > 0 ? ([['add', add, `add ${add.join(' ')}`]] as const) : []),
    ...(remove.length > 0 ? ([['remove', remove, `remove ${remove.join(' ')}`]] as const) : []),
    ...(phase1 === undefined ? [] : ([['phase 1', phase1]] as const)),
    ...(phase2 === undefined ? [] : ([['phase 2', phase2]] as const)),
    ['sequence', sequence],
  ];
}

/** `words`: those of the group's protocol, when it is known. */
export function replyFacts(payload: Uint8Array, values: boolean, words: Words = raftWords): readonly Fact[] {
  const { session, sequence, answer, index, term, ageMs } = decodeReply(payload);
  const place: Fact[] = [
    ['session', session],
    ['sequence', sequence],
  ];
  if (answer.kind === 'discovery') {
    const { role, leader, members } = answer;
    return [
      ['role', role],
      ['leader', leader || 'unknown'],
      ['members', members.join(' ')],
    ];
  }
  if (answer.kind === 'refusal') {
    const { reason, leader, retryAfterMs, detail } = answer;
    const hint: Fact[] = leader === '' ? [] : [['leader', leader]];
    if (retryAfterMs > 0) hint.push(['retry after', `${retryAfterMs} ms`]);
    if (detail !== '') hint.push(['because', detail]);
    return [...place, ['refused', reason], ...hint];
  }
  if (answer.kind === 'reconfigured') {
    const { set, from } = answer;
    const names = set.acceptors.map(({ address }) => address);
    return [...place, ['version', set.version], ['acceptors', names, `acceptors ${names.join(' ')}`], ['from', from]];
  }
  if (answer.kind === 'decided') {
    const { value } = answer;
    return [...place, ['decided', value === undefined ? 'nothing' : valueText(value, values)]];
  }
  const age: Fact[] = ageMs > 0 ? [['age', `${ageMs} ms`]] : [];
  return [
    ...place,
    [words.position, index],
    [words.era, term, `${words.era} ${words.printEra(term)}`],
    ...age,
    ...outcomeFacts(session, decodeResults(answer.encoded), values),
  ];
}

function outcomeFacts(session: number, { results, sessionError }: Results, values: boolean): readonly Fact[] {
  if (sessionError !== undefined) return [['session error', sessionError]];
  if (session === 0 && results.length === 0) return [['the index is the session', true]];
  return partsFacts('results', results, (bytes) => resultText(bytes, values));
}

/** The first few, or their sizes when the state machine is not Synod's. */
function partsFacts(
  name: string,
  parts: readonly Uint8Array[],
  textOf: (bytes: Uint8Array) => string,
): readonly Fact[] {
  const texts = parts.slice(0, partsShown).map((bytes) => {
    try {
      return textOf(bytes);
    } catch {
      return bytesText(bytes.length);
    }
  });
  const count = parts.length > partsShown ? `${parts.length} ${name}: ` : '';
  const more = parts.length > partsShown ? ' ; …' : '';
  return [[name, texts, `${count}${texts.join(' ; ')}${more}`]];
}

export function operationText(bytes: Uint8Array, values: boolean): string {
  if (isBackups(bytes)) return backupOperationText(bytes);
  if (isLedgers(bytes)) return ledgerOperationText(bytes, (data) => valueText(data, values));
  const operation = decodeOperation(bytes);
  if (operation === undefined) return `unknown operation of ${bytesText(bytes.length)}`;
  switch (operation.kind) {
    case 'put':
      return `put ${shown(operation.key)} ${valueText(operation.value, values)}`;
    case 'delete':
      return `delete ${shown(operation.key)}`;
    case 'compareAndSet': {
      const { key, expectedRevision, value } = operation;
      const change = value === undefined ? 'delete' : valueText(value, values);
      return `cas ${shown(key)} at ${expectedRevision} ${change}`;
    }
    case 'transaction': {
      const { conditions, success, failure } = operation;
      return `txn of ${conditions.length} conditions, ${success.length} steps, else ${failure.length}`;
    }
  }
}

function queryText(bytes: Uint8Array): string {
  if (isBackups(bytes)) return backupQueryText(bytes);
  if (isLedgers(bytes)) return ledgerQueryText(bytes);
  const query = decodeQuery(bytes);
  if (query === undefined) return `unknown query of ${bytesText(bytes.length)}`;
  return query.kind === 'get' ? `get ${shown(query.key)}` : `range ${shown(query.prefix)}`;
}

function resultText(bytes: Uint8Array, values: boolean): string {
  if (isBackups(bytes)) return backupResultText(bytes);
  if (isLedgers(bytes)) return ledgerResultText(bytes);
  const result = decodeResult(bytes);
  switch (result.kind) {
    case 'written':
      return `written at ${result.revision}`;
    case 'mismatch':
      return `mismatch, revision is ${result.revision}`;
    case 'found':
      return `${shown(result.key)} ${valueText(result.value, values)} at ${result.revision}`;
    case 'notFound':
      return 'not found';
    case 'range':
      return `${result.items.length} keys${result.more ? ' and more' : ''}`;
    case 'transaction':
      return `conditions ${result.succeeded ? 'hold' : 'do not hold'}, ${result.results.length} results`;
    case 'error':
      return `error ${result.code}`;
  }
}

export function valueText(value: Uint8Array, values: boolean): string {
  return values ? `= ${shown(value)}` : `(${bytesText(value.length)})`;
}
