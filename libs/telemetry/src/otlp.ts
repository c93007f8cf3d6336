import protobuf from './gen/protobuf.js';
import { otlp } from './gen/telemetry.js';
import { attributes } from './names.js';
import { spanKinds } from './trace-model.js';
import type { SpanReference, SpanValue, SpanValues, TraceSpan } from './trace-model.js';

/** What is longer or more than this is cut off: a viewer must not be filled by one span. */
const limits = { text: 1024, values: 64, events: 64, links: 64, array: 32 } as const;

/** Reads an OTLP `ExportTraceServiceRequest` in protobuf. Throws on malformed bytes; spans without proper ids are left out. */
export function readOtlpProtobuf(bytes: Uint8Array): readonly TraceSpan[] {
  refuseBomb(bytes);
  return readRequest(otlp.ExportTraceServiceRequest.decode(bytes));
}

/** Which field of a request, of its resource spans and of their scope spans holds the next level. */
const levels = [1, 2, 2];

/** Generated code makes an object of every field, so a megabyte of empty ones would be half a million. Throws before that. */
function refuseBomb(bytes: Uint8Array): void {
  const reader = protobuf.Reader.create(bytes);
  const most = 10_000 + bytes.length / 8;
  let fields = 0;
  const scan = (end: number, level: number): void => {
    while (reader.pos < end) {
      if (++fields > most) throw new Error(`more than ${Math.floor(most)} fields in ${bytes.length} bytes`);
      const tag = reader.uint32();
      if (tag === (levels[level] ?? 0) * 8 + 2) {
        const length = reader.uint32();
        scan(reader.pos + length, level + 1);
      } else reader.skipType(tag & 7);
    }
  };
  scan(bytes.length, 0);
}

/** The same in OTLP's JSON, where ids are hex and 64-bit numbers are strings. Throws on what is no JSON object. */
export function readOtlpJson(text: string): readonly TraceSpan[] {
  const request: unknown = JSON.parse(text);
  if (typeof request !== 'object' || request === null) throw new Error('the body is no JSON object');
  return readRequest(request);
}

type Fields = Readonly<Record<string, unknown>>;

function readRequest(request: object): readonly TraceSpan[] {
  return listOf(request, 'resourceSpans').flatMap((group) => {
    const resource = valuesOf(fieldsOf(group, 'resource'));
    const service = String(resource[attributes.serviceName] ?? 'unknown');
    return listOf(group, 'scopeSpans')
      .flatMap((scope) => listOf(scope, 'spans'))
      .flatMap((span) => readSpan(span, service, resource) ?? []);
  });
}

function readSpan(span: Fields, service: string, resource: SpanValues): TraceSpan | undefined {
  const reference = referenceOf(span);
  if (reference === undefined) return undefined;
  const startUs = microseconds(span['startTimeUnixNano']);
  const status = fieldsOf(span, 'status');
  const failed = status['code'] === 2 || status['code'] === 'STATUS_CODE_ERROR';
  return {
    ...reference,
    parentId: hexOf(span['parentSpanId'], 8),
    name: textOf(span['name']),
    kind: spanKinds[Number(span['kind'])] ?? 'internal',
    service,
    resource,
    startUs,
    durationUs: Math.max(0, microseconds(span['endTimeUnixNano']) - startUs),
    attributes: valuesOf(span),
    events: listOf(span, 'events')
      .slice(0, limits.events)
      .map((event) => ({
        name: textOf(event['name']),
        atUs: microseconds(event['timeUnixNano']),
        attributes: valuesOf(event),
      })),
    links: listOf(span, 'links')
      .slice(0, limits.links)
      .flatMap((link) => referenceOf(link) ?? []),
    error: failed ? textOf(status['message']) || 'error' : undefined,
  };
}

function referenceOf(fields: Fields): SpanReference | undefined {
  const traceId = hexOf(fields['traceId'], 16);
  const spanId = hexOf(fields['spanId'], 8);
  return traceId !== undefined && spanId !== undefined ? { traceId, spanId } : undefined;
}

/** Undefined for what is missing, of a wrong length or all zero. */
function hexOf(id: unknown, bytes: number): string | undefined {
  const hex =
    id instanceof Uint8Array ? Buffer.from(id).toString('hex') : typeof id === 'string' ? id.toLowerCase() : '';
  return hex.length === 2 * bytes && /^[0-9a-f]+$/.test(hex) && !/^0+$/.test(hex) ? hex : undefined;
}

function microseconds(nanoseconds: unknown): number {
  const number = Number(nanoseconds ?? 0) / 1000;
  return Number.isFinite(number) && number > 0 ? number : 0;
}

function valuesOf(holder: Fields): SpanValues {
  const values: Record<string, SpanValue> = {};
  for (const entry of listOf(holder, 'attributes').slice(0, limits.values)) {
    const value = valueOf(fieldsOf(entry, 'value'));
    if (value !== undefined && typeof entry['key'] === 'string') values[textOf(entry['key'])] = value;
  }
  return values;
}

function valueOf(any: Fields): SpanValue | undefined {
  if (typeof any['stringValue'] === 'string') return textOf(any['stringValue']);
  if (typeof any['boolValue'] === 'boolean') return any['boolValue'];
  if (any['intValue'] !== undefined && any['intValue'] !== null) return Number(any['intValue']);
  if (typeof any['doubleValue'] === 'number') return any['doubleValue'];
  const elements = listOf(fieldsOf(any, 'arrayValue'), 'values').slice(0, limits.array);
  const simple = elements.map(valueOf).filter((value) => value !== undefined && !Array.isArray(value));
  return elements.length > 0 ? (simple as (string | number | boolean)[]) : undefined;
}

function textOf(text: unknown): string {
  return typeof text === 'string' ? text.slice(0, limits.text) : '';
}

function fieldsOf(holder: object, name: string): Fields {
  const value = (holder as Fields)[name];
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(holder: object, name: string): readonly Fields[] {
  const value = (holder as Fields)[name];
  if (!Array.isArray(value)) return [];
  return value.filter((element): element is Fields => typeof element === 'object' && element !== null);
}
