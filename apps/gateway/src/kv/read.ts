import type { Entry, KeyValueGroup } from '@synod/client';
import { entityTag, holds, parsePreconditions } from '../http/entity-tag.js';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { encodePercent, shown } from '../http/target.js';
import { readOptions, sourceHeaders } from './call-options.js';
import { certified, wantsCertificate } from './certificate.js';
import { toJsonBytes } from './json-bytes.js';
import { parseKey, requireShort } from './key.js';
import { preconditionFailed } from './precondition.js';

export const mostItems = 1000;

/** `GET …/kv/{key}`: the value's bytes. */
export async function getKey(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const key = parseKey(request.parts['key']!);
  request.rights.requireRead(key);
  const preconditions = parsePreconditions(request.headers);
  const proven = wantsCertificate(request, group);
  const { entry, source } = await group.get(key, readOptions(request));
  const from = sourceHeaders(group, source);
  const failed = preconditions.find((precondition) => !holds(precondition, entry?.revision ?? 0));
  if (failed?.header === 'If-Match') throw preconditionFailed([failed], entry?.revision ?? 0);
  if (entry === undefined) {
    throw new Problem('key-not-found', `there is no key ${shown(request.parts['key']!)} in group ${group.name}`, {
      headers: from,
    });
  }
  const headers = { ...from, ...entryHeaders(entry) };
  if (failed !== undefined) return { status: 304, headers };
  const found = { status: 200, headers: { 'content-type': 'application/octet-stream', ...headers }, body: entry.value };
  return certified(proven, source, found);
}

function entryHeaders({ revision, created, version }: Entry): Readonly<Record<string, string>> {
  return { etag: entityTag(revision), 'synod-created': String(created), 'synod-version': String(version) };
}

/** `GET …/kv`: a page of keys, in the order of their bytes. */
export async function getRange(request: GatewayRequest, group: KeyValueGroup): Promise<Answer> {
  const { query } = request;
  const prefix = requireShort(query.bytes('prefix') ?? Buffer.alloc(0), '"prefix"', 'invalid-parameter');
  request.rights.requireList(prefix);
  const startAfter = requireShort(query.bytes('after') ?? Buffer.alloc(0), '"after"', 'invalid-parameter');
  const limit = query.wholeNumber('limit', 1, mostItems) ?? mostItems;
  const keysOnly = query.flag('keys_only');
  const proven = wantsCertificate(request, group);
  const page = await group.range({ prefix, startAfter, limit, keysOnly }, readOptions(request));
  const entries = page.entries.map(({ key, value, revision, created, version }) => ({
    key: toJsonBytes(key),
    ...(!keysOnly && { value: toJsonBytes(value) }),
    revision,
    created,
    version,
  }));
  const last = page.entries.at(-1);
  const next = page.more && last !== undefined && { next: `?${nextQuery(request, last.key)}` };
  const { source } = page;
  return certified(proven, source, json(200, { entries, more: page.more, ...next }, sourceHeaders(group, source)));
}

/** The same query with another place to go on from. */
function nextQuery({ query }: GatewayRequest, after: Uint8Array): string {
  const same = ['prefix', 'limit', 'keys_only', 'consistency', 'max_age_ms', 'timeout_ms'].flatMap((name) => {
    const value = query.bytes(name);
    return value === undefined ? [] : [`${name}=${encodePercent(value)}`];
  });
  return [...same, `after=${encodePercent(after)}`].join('&');
}
