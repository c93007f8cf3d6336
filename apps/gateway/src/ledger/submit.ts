import { SynodError } from '@synod/client';
import type { KeyValueGroup, SubmitOptions } from '@synod/client';
import { eraOf } from '../era.js';
import { httpLimits } from '../http/limits.js';
import { json } from '../http/operation.js';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { sourceHeaders, writeOptions } from '../kv/call-options.js';
import { certified, identityOf, wantsCertificate } from '../kv/certificate.js';
import type { Idempotency } from '../kv/idempotency.js';
import { cutAfterParameter } from './fragments.js';

/** `POST …/ledger/transactions`: the body's bytes. */
export async function postLedger(request: GatewayRequest, group: KeyValueGroup, once: Idempotency): Promise<Answer> {
  const { minimum, maximum, default: usual } = cutAfterParameter.cut_after_ms;
  const cutAfterMs = request.query.wholeNumber('cut_after_ms', minimum, maximum) ?? usual;
  const proven = wantsCertificate(request, group);
  const data = await request.body(httpLimits.ledgerTransactionBytes);
  if (data.length === 0) throw new Problem('invalid-body', 'a transaction has at least one byte');
  const identity = ['POST', 'ledger', data, ...identityOf(proven)];
  return once.run(request, identity, writeOptions(request), (options) =>
    submit(group, data, proven, { ...options, cutAfterMs }),
  );
}

async function submit(
  group: KeyValueGroup,
  data: Uint8Array,
  proven: boolean,
  options: SubmitOptions,
): Promise<Answer> {
  try {
    const { height, position, closed, source } = await group.ledger.submit(data, options);
    const place = { height, position, closed, index: source.index, ...eraOf(group, source), replica: source.replica };
    const location = `/v1/groups/${group.name}/ledger/blocks/${height}/transactions/${position}`;
    return certified(proven, source, json(201, place, { location, ...sourceHeaders(group, source) }));
  } catch (error) {
    throw withoutLedger(error) ?? error;
  }
}

/** A group whose replicas have no ledger. */
export function withoutLedger(error: unknown): Problem | undefined {
  const isMissing = error instanceof SynodError && error.code === 'unsupported';
  return isMissing ? new Problem('no-ledger', error.message) : undefined;
}
