/** Spans as they are kept, shown and exchanged with Jaeger's UI. */
export type SpanValue = string | number | boolean | readonly (string | number | boolean)[];
export type SpanValues = Readonly<Record<string, SpanValue>>;

export const spanKinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

export interface SpanReference {
  readonly traceId: string;
  readonly spanId: string;
}

/** `kind`: what it leads to, a `LinkKind`; undefined where that is not told. */
export interface TraceLink extends SpanReference {
  readonly kind?: string | undefined;
}

export interface SpanEvent {
  readonly name: string;
  readonly atUs: number;
  readonly attributes: SpanValues;
}

export interface TraceSpan extends SpanReference {
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: (typeof spanKinds)[number];
  /** `service.name` */
  readonly service: string;
  /** Of the service: version, cluster, … */
  readonly resource: SpanValues;
  /** Microseconds since the epoch, with a fraction. */
  readonly startUs: number;
  readonly durationUs: number;
  readonly attributes: SpanValues;
  readonly events: readonly SpanEvent[];
  readonly links: readonly TraceLink[];
  /** What went wrong, if something did. */
  readonly error: string | undefined;
}
