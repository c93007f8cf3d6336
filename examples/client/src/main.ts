// A client of Synod's key-value store. While `npm start` runs, in the folder of this repository:
//   node --import tsx -C @synod/source examples/client/src/main.ts
import { readFileSync } from 'node:fs';
import { connect, SynodError } from '@synod/client';

// Each application is a user of the broker, which lets it speak as nobody else.
const { NATS_URL, SYNOD_CLUSTER, SYNOD_GROUP, SYNOD_CREDENTIALS } = process.env;
const { user, seed } = JSON.parse(readFileSync(SYNOD_CREDENTIALS ?? '.synod/credentials/client.json', 'utf8'));
const client = await connect({
  servers: NATS_URL ?? '127.0.0.1:7422',
  cluster: SYNOD_CLUSTER ?? 'local',
  user,
  seed,
});
const kv = client.group(SYNOD_GROUP ?? 'raft');

try {
  // When this returns, the value is on the disks of a majority.
  const { source, revision } = await kv.put('example/greeting', 'hello');
  console.log(`put: committed by ${source.replica}, term ${source.term}, index ${source.index}`);

  // Sees every write that was answered before, wherever it came from. level: 'stale' asks any replica instead.
  const { entry } = await kv.get('example/greeting');
  console.log(`get: ${entry?.text}, revision ${entry?.revision}`);

  // Only if nobody has changed it since. Losing that race is a result, not an error.
  const swap = await kv.compareAndSet('example/greeting', revision, 'hello, world');
  const again = await kv.compareAndSet('example/greeting', revision, 'too late');
  console.log(`cas: ${swap.succeeded}, then ${again.succeeded}: the revision is ${again.revision} by now`);

  // Several keys at once, all or none.
  const transfer = await kv.transaction({
    conditions: [{ key: 'example/greeting', is: 'equal', revision: swap.revision }],
    success: [{ put: { key: 'example/copy', value: 'hello, world' } }, { delete: { key: 'example/greeting' } }],
    failure: [{ get: { key: 'example/greeting' } }],
  });
  console.log(`txn: ${transfer.succeeded ? 'moved' : 'somebody was faster'}`);

  // What is called in one turn travels in one message and is one log entry.
  await Promise.all(Array.from({ length: 100 }, (_, i) => kv.put(`example/item/${i}`, `${i}`)));
  for await (const { keyText } of kv.scan({ prefix: 'example/', keysOnly: true })) await kv.delete(keyText);
  console.log('cleaned up');
} catch (error) {
  if (!(error instanceof SynodError)) throw error;
  // A timeout is not a failure: the write may have taken effect. Everything else did nothing and may be tried again.
  console.error(`${error.code}: ${error.message}`);
  if (error.mayHaveTakenEffect) console.error('read before you write again');
  if (error.retryAfterMs !== undefined) console.error(`try again in ${error.retryAfterMs} ms`);
  process.exitCode = 1;
} finally {
  await client.close();
}
