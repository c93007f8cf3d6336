import { readOtlpJson, readOtlpProtobuf } from '../src/index.js';

/** A length-delimited field. */
function field(number: number, contents: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = contents.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Uint8Array.from([number * 8 + 2, ...length, rest]), contents]);
}

const inside = (contents: Uint8Array, ...numbers: readonly number[]) =>
  numbers.reduceRight((body, number) => field(number, body), contents);
const empties = (count: number, number: number) => Buffer.alloc(count * 2, Buffer.from([number * 8 + 2, 0]));

describe('an OTLP request of empty messages', () => {
  it.each([
    ['resource spans', 1, []],
    ['attributes of a resource', 1, [1, 1]],
    ['an array of a resource', 1, [1, 1, 1, 2, 5]],
    ['spans', 2, [1, 2]],
    ['attributes of a span', 9, [1, 2, 2]],
    ['events', 11, [1, 2, 2]],
    ['attributes of an event', 3, [1, 2, 2, 11]],
    ['an array of a span', 1, [1, 2, 2, 9, 2, 5]],
    ['links', 13, [1, 2, 2]],
    ['attributes of a link', 4, [1, 2, 2, 13]],
  ] as const)('is refused before there is an object for each: %s', (_, number, place) => {
    expect(() => readOtlpProtobuf(inside(empties(100_000, number), ...place))).toThrow(/more than \d+ messages/);
  });

  it('is refused when it nests without end', () => {
    const arrays = Array.from({ length: 100 }, (_, level) => (level % 2 === 0 ? 5 : 1));
    expect(() => readOtlpProtobuf(inside(new Uint8Array(0), 1, 1, 1, 2, ...arrays))).toThrow(/deep/);
  });
});

it('a request of many spans with many short attributes is read', () => {
  const attribute = inside(Buffer.concat([field(1, Buffer.from('peer')), field(2, field(1, Buffer.from('r1')))]), 9);
  const ids = Buffer.concat([field(1, Buffer.alloc(16, 0xab)), field(2, Buffer.alloc(8, 0xcd))]);
  const span = inside(Buffer.concat([ids, ...Array<Uint8Array>(20).fill(attribute)]), 2);
  const spans = readOtlpProtobuf(inside(Buffer.concat(Array<Uint8Array>(1000).fill(span)), 1, 2));
  expect(spans).toHaveLength(1000);
  expect(spans[0]!.attributes).toEqual({ peer: 'r1' });
});

it('what a link leads to is read, where it is told', () => {
  const [traceId, spanId] = ['ab'.repeat(16), 'cd'.repeat(8)];
  const ids = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanId, 'hex'))]);
  const kind = Buffer.concat([field(1, Buffer.from('synod.link')), field(2, field(1, Buffer.from('cause')))]);
  const links = Buffer.concat([field(13, Buffer.concat([ids, field(4, kind)])), field(13, ids)]);
  const told = [
    { traceId, spanId, kind: 'cause' },
    { traceId, spanId },
  ];
  expect(readOtlpProtobuf(inside(Buffer.concat([ids, links]), 1, 2, 2))[0]!.links).toEqual(told);
  const attributes = [{ key: 'synod.link', value: { stringValue: 'cause' } }];
  const span = {
    traceId,
    spanId,
    links: [
      { traceId, spanId, attributes },
      { traceId, spanId },
    ],
  };
  const json = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect(readOtlpJson(JSON.stringify(json))[0]!.links).toEqual(told);
});
