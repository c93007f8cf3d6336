import { synod } from '../src/gen/api.js';
test('uint64 fields of generated code are numbers', () => {
  const { RequestBatch } = synod.api.v1;
  const bytes = RequestBatch.encode({ session: 2 ** 40, operations: [Uint8Array.of(1)] }).finish();
  expect(RequestBatch.decode(bytes).session).toBe(2 ** 40);
  expect(RequestBatch.decode(RequestBatch.encode({}).finish()).sequence).toBe(0);
});
