import { Connection } from '../src/connection.js';
import { Redial } from '../src/redial.js';

/** A server that takes everything, and says so when it is asked. */
function connected(): { readonly connection: Connection; readonly asked: () => number } {
  let asked = 0;
  const nats = {
    info: { max_payload: 1_048_576 },
    getServer: () => 'here',
    publish: () => undefined,
    flush: () => Promise.resolve(void asked++),
    async *status() {},
  };
  const connection = new Connection(nats as unknown as ConstructorParameters<typeof Connection>[0], {}, new Redial());
  return { connection, asked: () => asked };
}

test('what the server has taken is asked after every 256 KiB: until then it counts as being on its way', async () => {
  const { connection, asked } = connected();
  connection.publish('s', new Uint8Array(200_000));
  await new Promise(setImmediate);
  expect(asked()).toBe(0);
  expect(connection.pendingBytes).toBe(200_000 + 1 + 32);
  connection.publish('s', new Uint8Array(62_144));
  await new Promise(setImmediate);
  expect(asked()).toBe(1);
  expect(connection.pendingBytes).toBe(0);
});
