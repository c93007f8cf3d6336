import type { SpanContext } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import type { ElectionSpans } from './election-spans.js';
import type { TransferSpans } from './transfer-spans.js';

/** Which trace an event is told with: the one that it is a part of, also when it begins or ends it. */
export class EventTraces {
  private election: SpanContext | undefined;
  private transfer: SpanContext | undefined;

  constructor(
    private readonly elections: ElectionSpans,
    private readonly transfers: TransferSpans,
  ) {}

  /** Nothing has been made of the event yet. */
  begin(): void {
    this.election = this.elections.context;
    this.transfer = this.transfers.context;
  }

  /** All has. */
  of(fact: RoundFact | undefined): SpanContext | undefined {
    switch (fact?.part) {
      case 'campaigned':
      case 'supported':
      case 'elected':
      case 'follows':
        return this.elections.context ?? this.election;
      case 'fetching':
      case 'fetchFailed':
      case 'installed':
      case 'fetched':
        return this.transfers.context ?? this.transfer;
      default:
        return undefined;
    }
  }
}
