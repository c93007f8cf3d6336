import protobuf from './gen/protobuf.js';
import { otlp } from './gen/telemetry.js';
import { attributes } from './names.js';
import { spanKinds } from './trace-model.js';
import type { SpanReference, SpanValue, SpanValues, TraceLink, TraceSpan } from './trace-model.js';

/** What is longer or more than this is cut off: a viewer must not be filled by one span. */
const limits = { text: 1024, values: 64, events: 64, links: 64, array: 32 } as const;

/** Reads an OTLP `ExportTraceServiceRequest` in protobuf. Throws on malformed bytes; spans without proper ids are left out. */
export function readOtlpProtobuf(bytes: Uint8Array): readonly TraceSpan[] {
  refuseBomb(bytes);
  return readRequest(otlp.ExportTraceServiceRequest.decode(bytes));
}

/** By field number, what generated code makes an object of, and what that holds; as in telemetry.proto. */
interface Nested {
  [field: number]: Nested;
}

const anyValue: Nested = {};
anyValue[5] = { 1: anyValue };
const keyValue: Nested = { 2: anyValue };
const span: Nested = { 9: keyValue, 11: { 3: keyValue }, 13: { 4: keyValue }, 15: {} };
const exportRequest: Nested = { 1: { 1: { 1: keyValue }, 2: { 2: span } } };

/** Arrays in arrays; no SDK makes more. */
const depthMost = 32;

/** An empty message is two bytes and its object a hundred: a megabyte of them would be half a million. Throws before that. */
function refuseBomb(bytes: Uint8Array): void {
  const reader = protobuf.Reader.create(bytes);
  const most = 10_000 + bytes.length / 8;
  let messages = 0;
  const scan = (end: number, nested: Nested, depth: number): void => {
    if (depth > depthMost) throw new Error(`messages within messages, more than ${depthMost} deep`);
    while (reader.pos < end) {
      const tag = reader.uint32();
      const inner = (tag & 7) === 2 ? nested[tag >>> 3] : undefined;
      if (inner === undefined) reader.skipType(tag & 7);
      else if (++messages > most) throw new Error(`more than ${Math.floor(most)} messages in ${bytes.length} bytes`);
      else scan(reader.uint32() + reader.pos, inner, depth + 1);
    }
  };
  scan(bytes.length, exportRequest, 0);
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
      .flatMap((link) => linkOf(link) ?? []),
    error: failed ? textOf(status['message']) || 'error' : undefined,
  };
}

function linkOf(fields: Fields): TraceLink | undefined {
  const reference = referenceOf(fields);
  const kind = valuesOf(fields)[attributes.link];
  return reference && { ...reference, ...(typeof kind === 'string' && { kind }) };
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
