import type { SpanContext } from '@opentelemetry/api';
import type { Address, RoundVocabulary, Vocabulary } from '@synod/actor';
import type { Logger } from 'pino';
import { traceFields } from './log.js';
import type { EventLog } from './round-observer.js';
import type { RoundSummary } from './round-summary.js';

interface Refusals {
  /** Not yet told. */
  count: number;
  lastFrom: Address;
  toldAt: number;
}

const tellEveryMs = 10_000;
const reasonsMax = 64;

/** What happens to a replica, in lines for people: each change of role once, refusals in counts. */
export class PinoEventLog<V extends Vocabulary> implements EventLog<V> {
  private readonly refusals = new Map<string, Refusals>();
  private failureToldAt = -Infinity;

  constructor(
    private readonly logger: Logger,
    private readonly vocabulary: RoundVocabulary<V>,
  ) {}

  event(event: V['event'], context: SpanContext | undefined): void {
    const description = this.vocabulary.describe(event);
    if (description === undefined) return;
    this.logger[description.level]({ event: event.kind, ...traceFields(context) }, description.text);
  }

  get tellsRounds(): boolean {
    return this.logger.isLevelEnabled('debug');
  }

  round({ era, first, last, requests, state, durationMs, stages, completedBy, traceId }: RoundSummary): void {
    const times = Object.fromEntries(Object.entries(stages).map(([stage, ms]) => [`${stage}_ms`, rounded(ms)]));
    this.logger.debug(
      {
        ...{ event: 'round', era: this.vocabulary.eraName?.(era) ?? era, first, last, requests, state },
        ...{ completed_by: completedBy, total_ms: rounded(durationMs), ...times },
        ...(traceId !== undefined && { trace_id: traceId }),
      },
      `round of positions ${first} to ${last} ${state} after ${rounded(durationMs)} ms`,
    );
  }

  applied(last: number, context: SpanContext | undefined): void {
    this.logger.debug({ event: 'applied', last, ...traceFields(context) }, `executed through position ${last}`);
  }

  /** The first of a reason at once, the others counted in a line every ten seconds. */
  rejected(from: Address, reason: string, at: number, count = 1): void {
    const known = this.refusals.get(reason);
    if (known !== undefined) {
      known.count += count;
      known.lastFrom = from;
      return;
    }
    if (this.refusals.size >= reasonsMax && reason !== 'other') return this.rejected(from, 'other', at, count);
    this.refusals.set(reason, { count: count - 1, lastFrom: from, toldAt: at });
    this.logger[levelOf(reason)]({ event: 'rejected', reason, from }, `refused a message of ${from}: ${reason}`);
  }

  telemetryFailed(error: unknown, at: number): void {
    if (at - this.failureToldAt < tellEveryMs) return;
    this.failureToldAt = at;
    this.logger.error({ event: 'telemetryFailed', err: error }, 'telemetry failed; the replica is not affected');
  }

  sweep(at: number): void {
    for (const [reason, refusals] of this.refusals) {
      if (at - refusals.toldAt < tellEveryMs) continue;
      const { count, lastFrom: from } = refusals;
      if (count === 0) {
        this.refusals.delete(reason);
        continue;
      }
      refusals.count = 0;
      refusals.toldAt = at;
      this.logger[levelOf(reason)](
        { event: 'rejected', reason, from, count },
        `refused ${count} messages, the last of ${from}: ${reason}`,
      );
    }
  }
}

/** What came too late to matter, as each vote beyond a quorum does, is no trouble of anybody's. */
function levelOf(reason: string): 'debug' | 'warn' {
  return reason === 'worthless' ? 'debug' : 'warn';
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
