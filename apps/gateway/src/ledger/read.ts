import type { LedgerBlock, LedgerHeader, LedgerTransaction, KeyValueGroup } from '@synod/client';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { shown } from '../http/target.js';
import { readOptions, sourceHeaders } from '../kv/call-options.js';
import { certified, wantsCertificate } from '../kv/certificate.js';
import { toJsonBytes } from '../kv/json-bytes.js';
import { mostBlocks } from './fragments.js';

/** `GET …/ledger` */
export async function getHead(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const proven = wantsCertificate(request, group);
  const { head, transactions, pending, source } = await group.ledger.head(readOptions(request));
  const newest = head === undefined ? {} : { head: headerOf(head) };
  return certified(proven, source, json(200, { ...newest, transactions, pending }, sourceHeaders(group, source)));
}

/** `GET …/ledger/blocks` */
export async function getBlocks(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const { query } = request;
  const from = query.wholeNumber('from', 1, 999_999_999_999_999) ?? 1;
  const limit = query.wholeNumber('limit', 1, mostBlocks) ?? mostBlocks;
  const headersOnly = query.flag('headers_only');
  const proven = wantsCertificate(request, group);
  const page = await group.ledger.blocks({ from, limit, headersOnly }, readOptions(request));
  const last = page.blocks.at(-1);
  const next = page.more && last !== undefined && { next: `?${nextQuery(request, last.height + 1)}` };
  const blocks = page.blocks.map((block) => (headersOnly ? headerOf(block) : blockOf(block)));
  const { source } = page;
  return certified(proven, source, json(200, { blocks, more: page.more, ...next }, sourceHeaders(group, source)));
}

/** `GET …/ledger/blocks/{height}` */
export async function getBlock(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const proven = wantsCertificate(request, group);
  const { block, source, headers } = await findBlock(request, group);
  return certified(proven, source, json(200, blockOf(block), headers));
}

/** `GET …/ledger/blocks/{height}/transactions/{position}`; its certificate is of the block, which is what the group was asked for. */
export async function getTransaction(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const position = numberIn(request, 'position', 0);
  const proven = wantsCertificate(request, group);
  const { block, source, headers } = await findBlock(request, group);
  const transaction = block.transactions[position];
  if (transaction === undefined) {
    throw new Problem('block-not-found', `block ${block.height} has ${block.count} transactions, from position 0`);
  }
  const proof = block.proof(position);
  const found = json(200, { block: block.hash, transaction: transactionOf(transaction), proof }, headers);
  return certified(proven, source, found);
}

async function findBlock(request: GatewayRequest, group: KeyValueGroup) {
  const height = numberIn(request, 'height', 1);
  const { blocks, source } = await group.ledger.blocks({ from: height, limit: 1 }, readOptions(request));
  const [block] = blocks;
  const headers = sourceHeaders(group, source);
  if (block?.height === height) return { block, source, headers };
  throw new Problem('block-not-found', `group ${group.name} has no closed block ${height}`, { headers });
}

/** What is no number has nothing there either. */
function numberIn({ parts }: GatewayRequest, name: 'height' | 'position', least: number): number {
  const text = parts[name]!;
  const value = Number(text);
  if (/^[0-9]{1,15}$/.test(text) && value >= least) return value;
  throw new Problem('block-not-found', `a ${name} is a whole number from ${least}, not ${shown(text)}`);
}

function nextQuery({ query }: GatewayRequest, from: number): string {
  const same = ['limit', 'headers_only', 'consistency', 'max_age_ms', 'timeout_ms'].flatMap((name) => {
    const value = query.bytes(name);
    return value === undefined ? [] : [`${name}=${Buffer.from(value).toString()}`];
  });
  return [...same, `from=${from}`].join('&');
}

function headerOf({ height, hash, previous, root, time, proposer, proposerTime, count }: LedgerHeader) {
  return { height, hash, previous, root, time, proposer, proposerTime, count };
}

function blockOf(block: LedgerBlock) {
  return { ...headerOf(block), transactions: block.transactions.map(transactionOf) };
}

function transactionOf({ author, time, data }: LedgerTransaction) {
  return { author, time, data: toJsonBytes(data) };
}
