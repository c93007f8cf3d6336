import { SearchKey, openSecret } from '../src/key-value/search-key.js';
import type { HashSecret } from '../src/key-value/search-key.js';

const buckets = 1024;
const secret: HashSecret = { low: 0x01234567, high: 0x89abcdef };

function bucketOf(key: SearchKey, bytes: Uint8Array): number {
  key.set(bytes, 0, bytes.length);
  return key.hash & (buckets - 1);
}

function bytesOf(number: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(number, 4);
  return bytes;
}

test('keys that lie in one place for who knows the secret are spread for who has another', () => {
  const [known, other] = [new SearchKey(16, openSecret), new SearchKey(16, secret)];
  const chosen: Uint8Array[] = [];
  for (let number = 0; chosen.length < buckets; number++) {
    const bytes = bytesOf(number);
    if (bucketOf(known, bytes) === 0) chosen.push(bytes);
  }
  const counts = new Uint32Array(buckets);
  for (const bytes of chosen) counts[bucketOf(other, bytes)]!++;
  expect(Math.max(...counts)).toBeLessThan(10);
});

test('a key is another one with another length, though both are filled up to the same words', () => {
  const key = new SearchKey(16, secret);
  const hashes = [4, 5, 6, 7, 8].map((length) => {
    key.set(new Uint8Array(8), 0, length);
    return key.hash;
  });
  expect(new Set(hashes).size).toBe(hashes.length);
});
