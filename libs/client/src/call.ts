import type { Operation, Source } from './batch.js';
import { SynodError } from './errors.js';
import { isSampled, type ClientSpan, type TraceContext } from './tracing.js';

export interface CallOptions {
  /** Milliseconds until the call is given up; default 5000. For a write that means an unknown outcome, not a failure. */
  readonly timeoutMs?: number;
  /** The caller's span; the group's round becomes its child when its sampled flag is set. */
  readonly traceparent?: string;
  readonly tracestate?: string;
  /**
   * It travels in a batch of its own. A certificate is about all of a batch: whoever gets one would else see what others asked and
   * were answered. Default false.
   */
  readonly alone?: boolean;
}

/** Makes of a result's bytes what the caller gets. Copies what it keeps; throws a `SynodError` for an error result. */
export type Decoder<T, R = Uint8Array> = (result: R, source: Source) => T;

/** One call of a group's method, from its arguments to its promise. */
export class Call<T, R = Uint8Array> implements Operation<R> {
  readonly context: TraceContext | undefined;
  readonly alone: boolean;

  constructor(
    readonly bytes: Uint8Array,
    readonly deadline: number,
    options: CallOptions,
    private readonly span: ClientSpan | undefined,
    private readonly decode: Decoder<T, R>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: SynodError) => void,
  ) {
    this.context = contextOf(options, span);
    this.alone = options.alone ?? false;
  }

  complete(result: R, source: Source): void {
    let value: T;
    try {
      value = this.decode(result, source);
    } catch (error) {
      return this.fail(error instanceof SynodError ? error : new SynodError('invalid', `not a result: ${error}`));
    }
    this.span?.end(undefined);
    this.resolve(value);
  }

  fail(error: SynodError): void {
    this.span?.end(error);
    this.reject(error);
  }
}

function contextOf(options: CallOptions, span: ClientSpan | undefined): TraceContext | undefined {
  if (span !== undefined) return isSampled(span.context.traceparent) ? span.context : undefined;
  const { traceparent, tracestate } = options;
  if (traceparent === undefined || !isSampled(traceparent)) return undefined;
  return { traceparent, ...(tracestate !== undefined && { tracestate }) };
}
