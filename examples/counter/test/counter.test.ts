import { Counter, decode, encode } from '../src/counter.js';

const nothing = new Uint8Array(0);

test('adds, and answers whatever is no number or too much in the same way, unchanged', () => {
  const counter = new Counter();
  expect(decode(counter.apply(encode(5)))).toBe(5);
  expect(decode(counter.apply(encode(-7)))).toBe(-2);
  for (const bad of [nothing, Buffer.from('seven'), Buffer.alloc(9), encode(Number.MIN_SAFE_INTEGER)]) {
    expect(counter.apply(bad)).toHaveLength(0);
  }
  expect(decode(counter.query())).toBe(-2);
});

test('a snapshot is of the moment when it was taken; restoring replaces at the end', () => {
  const counter = new Counter();
  counter.apply(encode(5));
  const pages = counter.snapshot();
  counter.apply(encode(1));
  const target = counter.restore();
  for (let page = pages.next(); !page.done; page = pages.next()) target.page(page.value);
  expect(counter.hash()).toBe('6');
  target.finish();
  expect(counter.hash()).toBe('5');
});
