import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ed25519, groupKeysPath, readGroupKeys, sha256 } from '@synod/keys';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import { ProcessGroup, poll } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';

test('who has the NATS users of f + 1 members, and none of their keys, keeps no group from being founded', async () => {
  const group = await ProcessGroup.prepare({ protocol: 'pbft' });
  try {
    const [first, second, ...stolen] = group.names as [string, string, ...string[]];
    const { cluster, group: name, epoch } = readGroupKeys(groupKeysPath(join(group.directory, 'keys'), 'kv'));
    const domain = { cluster, group: name, epoch };
    const early = [first, second].map((each) => group.replica(each));
    for (const replica of early) replica.run();
    const isUp = (): true | undefined => early.every(({ httpPort }) => httpPort !== undefined) || undefined;
    await poll(isUp, 30_000, () => 'the first two do not answer');
    for (const user of stolen) {
      const thief = await group.connectAs(user);
      const { sign } = pbftCryptography(domain, user, sha256, ed25519(randomBytes(32)));
      const { encode } = pbftMessages(domain);
      const hello = encode({ kind: 'hello', signed: sign({ type: 'hello', nonce: 99 }) });
      const before = await Promise.all(early.map(refused));
      const isRefused = async (): Promise<true | undefined> => {
        thief.publish(`synod.test.kv.${user}.replicas.hello`, hello);
        const now = await Promise.all(early.map(refused));
        return now.every((count, at) => count > before[at]!) || undefined;
      };
      await poll(isRefused, 20_000, () => `${user}'s forged hello was not refused`);
    }
    group.startAll();
    await group.until('all take part', (states) =>
      group.names.every((each) => states.get(each)?.standing === 'active'),
    );
    const kv = (await group.client()).group('kv');
    await kv.put('founded', 'all the same');
    expect((await kv.get('founded')).entry?.text).toBe('all the same');
  } finally {
    await group.close();
  }
}, 90_000);

async function refused(replica: ReplicaProcess): Promise<number> {
  const counts = await replica.metric('synod_rejected_messages_total');
  return [...counts].find(([labels]) => labels.includes('not-genuine'))?.[1] ?? 0;
}
