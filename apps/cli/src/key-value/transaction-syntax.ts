import type { Bytes, Condition, Relation, Step, Transaction } from '@synod/client';
import { usageError } from '../exit-codes.js';
import { wholeNumber } from '../values.js';

const relations: Readonly<Record<string, Relation>> = { '=': 'equal', '!=': 'notEqual', '>': 'greater', '<': 'less' };
const conditionForm = /^(\S+) (revision|value) (=|!=|>|<) ([^]*)$/;
const stepForm = /^(put|delete|get) (\S+)(?: ([^]*))?$/;

/** A transaction as the words of the command line say it. */
export function transactionOf(
  conditions: readonly string[],
  success: readonly string[],
  failure: readonly string[],
): Transaction {
  return { conditions: conditions.map(conditionOf), success: success.map(stepOf), failure: failure.map(stepOf) };
}

function conditionOf(text: string): Condition {
  const [, key, target, sign, operand] = conditionForm.exec(text) ?? [];
  if (key === undefined || sign === undefined || operand === undefined) {
    throw usageError(`--if ${JSON.stringify(text)} is not of the form 'KEY revision = 7' or 'KEY value != text'`);
  }
  const is = relations[sign]!;
  if (target === 'value') return { key, is, value: operand };
  return {
    key,
    is,
    revision: wholeNumber(`the revision in --if ${JSON.stringify(text)}`, operand, 0, Number.MAX_SAFE_INTEGER),
  };
}

function stepOf(text: string): Step {
  const [, verb, key, value] = stepForm.exec(text) ?? [];
  if (key === undefined || (verb === 'put') !== (value !== undefined)) {
    throw usageError(`the step ${JSON.stringify(text)} is not of the form 'put KEY VALUE', 'delete KEY' or 'get KEY'`);
  }
  if (verb === 'put') return { put: { key, value: value! } };
  return verb === 'delete' ? { delete: { key } } : { get: { key } };
}

/** The same as JSON; every error says where it is. */
export function parseDocument(text: string): Transaction {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw usageError(`the transaction is not JSON: ${(error as Error).message}`);
  }
  const fields = objectOf('the transaction', document, ['conditions', 'success', 'failure']);
  return {
    conditions: listOf('conditions', fields['conditions']).map((value, place) =>
      readCondition(`conditions[${place}]`, value),
    ),
    success: listOf('success', fields['success']).map((value, place) => readStep(`success[${place}]`, value)),
    failure: listOf('failure', fields['failure']).map((value, place) => readStep(`failure[${place}]`, value)),
  };
}

function readCondition(where: string, value: unknown): Condition {
  const { key, is, revision, value: compared } = objectOf(where, value, ['key', 'is', 'revision', 'value']);
  const relation = Object.values(relations).find((known) => known === is);
  if (relation === undefined) throw usageError(`${where}.is must be one of ${Object.values(relations).join(', ')}`);
  if ((revision === undefined) === (compared === undefined))
    throw usageError(`${where} must have either revision or value`);
  const common = { key: bytesOf(`${where}.key`, key), is: relation };
  if (revision === undefined) return { ...common, value: bytesOf(`${where}.value`, compared) };
  return { ...common, revision: wholeNumber(`${where}.revision`, String(revision), 0, Number.MAX_SAFE_INTEGER) };
}

function readStep(where: string, value: unknown): Step {
  const step = objectOf(where, value, ['put', 'delete', 'get']);
  const [verb, ...others] = Object.keys(step);
  if (verb === undefined || others.length > 0) throw usageError(`${where} must have exactly one of put, delete, get`);
  const at = `${where}.${verb}`;
  if (verb === 'put') {
    const { key, value } = objectOf(at, step['put'], ['key', 'value']);
    return { put: { key: bytesOf(`${at}.key`, key), value: bytesOf(`${at}.value`, value) } };
  }
  const key = bytesOf(`${at}.key`, objectOf(at, step[verb], ['key'])['key']);
  return verb === 'delete' ? { delete: { key } } : { get: { key } };
}

function bytesOf(where: string, value: unknown): Bytes {
  if (typeof value === 'string') return value;
  const { base64 } = (value ?? {}) as { base64?: unknown };
  if (typeof base64 === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return Buffer.from(base64, 'base64');
  throw usageError(`${where} must be text or {"base64": "…"}`);
}

function objectOf(where: string, value: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usageError(`${where} must be an object`);
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw usageError(`${where} has no field ${JSON.stringify(stranger)}; it has ${known.join(', ')}`);
  return value as Record<string, unknown>;
}

function listOf(where: string, value: unknown = []): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw usageError(`${where} must be a list`);
}
