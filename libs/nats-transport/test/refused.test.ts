import { readFileSync, writeFileSync } from 'node:fs';
import { publicKeyOf, newSeed } from '@synod/nats-handshake';
import { connectAs, type ConnectionStatus } from '../src/index.js';
import { Redial } from '../src/redial.js';
import { TestBroker, eventually } from '../src/testing.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

test('who is refused tries ever more seldom, every five seconds at last; who finds no server does not', () => {
  const redial = new Redial();
  const bounds = (delays: readonly number[]) => delays.map((ms) => Math.floor(ms / 50) * 50);
  expect(bounds([redial.delayMs, redial.delayMs])).toEqual([50, 50]);
  const delays = Array.from({ length: 9 }, () => (redial.refused(), redial.delayMs));
  expect(bounds(delays)).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  for (let times = 0; times < 2000; times++) redial.refused();
  expect(bounds([redial.delayMs])).toEqual([5000]);
  redial.letIn();
  expect(bounds([redial.delayMs])).toEqual([50]);
});

test('who is revoked and runs on says so ever more seldom; what is taken back lets it in again', async () => {
  const broker = await TestBroker.start();
  const statuses: ConnectionStatus[] = [];
  const connection = await connectAs({
    servers: broker.url,
    credentials: broker.credentials('client'),
    name: 'client',
    onStatus: (status) => statuses.push(status),
  });
  const refusals = () => statuses.flatMap((status) => (status.kind === 'refused' ? [status.times] : []));
  const known = readFileSync(broker.configurationPath, 'utf8');
  writeFileSync(
    broker.configurationPath,
    known.replace(publicKeyOf(broker.credentials('client').seed), publicKeyOf(newSeed())),
  );
  broker.reload();
  const waited = jest.spyOn(Redial.prototype, 'delayMs', 'get');
  await eventually('it was refused four times', () => refusals().includes(4));
  expect(refusals()).toEqual([1, 2, 4]);
  expect(waited).toHaveBeenCalled();
  expect(connection.connected).toBe(false);
  expect(statuses.find(({ kind }) => kind === 'refused')).toMatchObject({ message: 'Authorization Violation' });

  writeFileSync(broker.configurationPath, known);
  broker.reload();
  await eventually('it is let in', () => connection.connected);
  expect(statuses.at(-1)).toMatchObject({ kind: 'connected' });
  await connection.close();
  await broker.close();
});
