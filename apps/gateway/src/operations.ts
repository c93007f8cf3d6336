import { version } from '@synod/service';
import type { Groups } from './groups.js';
import { openApiDocument } from './http/openapi.js';
import type { Operation } from './http/operation.js';
import { systemOperations } from './http/system-operations.js';
import { keyValueOperations } from './kv/operations.js';
import { ledgerOperations } from './ledger/operations.js';
import { page } from './page/page.js';
import { registerOperations } from './registers/operations.js';
import type { EventStreams } from './status/event-stream.js';
import { statusOperations } from './status/operations.js';
import type { Traces } from './status/traces.js';
import type { Watch } from './status/watch.js';

export interface OperationParts {
  readonly groups: Groups;
  readonly watch: Watch;
  readonly events: EventStreams;
  readonly traces: Pick<Traces, 'find'>;
  readonly ready: () => true | string;
  readonly metrics: () => string;
}

/** All that the gateway can be asked; what the OpenAPI document is made of. */
export function allOperations({ groups, watch, events, traces, ready, metrics }: OperationParts): readonly Operation[] {
  const operations: readonly Operation[] = [
    ...keyValueOperations(groups),
    ...registerOperations(groups),
    ...ledgerOperations(groups),
    ...statusOperations(groups, watch, events, traces),
    ...systemOperations({ ready, metrics, openApi: () => document, page }),
  ];
  const document = openApiDocument(operations, version);
  return operations;
}
