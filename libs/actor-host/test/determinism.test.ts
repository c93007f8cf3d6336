import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { World, persist, saw, send, start } from './world.js';

const source = join(__dirname, '../src');

test('time, chance and the event loop come in through ports only: a simulator can decide them all', () => {
  const files = readdirSync(source).filter((file) => file.endsWith('.ts') && file !== 'host-ports.ts');
  expect(files).toContain('actor-host.ts');
  const world =
    /\b(setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|performance|Date|process|Math\.random)\b|'node:/;
  for (const file of files) {
    const code = readFileSync(join(source, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect([file, world.exec(code)?.[0]]).toEqual([file, undefined]);
  }
});

test('the same inputs at the same times give the same life, line for line', async () => {
  const run = async (): Promise<string[]> => {
    let token = 0;
    const world = await World.started({
      react(input) {
        if (input.kind === 'receive')
          return [persist(++token), send(`ack ${token}`, token), start('election', 30 + token)];
        return [saw(input.kind), start('heartbeat', 7)];
      },
    });
    for (let i = 0; i < 50; i++) {
      world.post(`m${i}`, i % 3 ? 'peer' : 'client');
      world.loop.advance(i % 11);
      if (i % 7 === 0) world.loop.stall(40);
    }
    return world.log.lines;
  };
  const lines = await run();
  expect(lines.length).toBeGreaterThan(200);
  expect(await run()).toEqual(lines);
});
