import type { Protocol } from '@synod/topology';
import { failure, ofEveryProtocol } from './stage.js';

/** Which protocols have write-once registers; the others say that they have none. */
const offered: Readonly<Record<Protocol, boolean>> = { raft: false, paxos: true, pbft: false };

ofEveryProtocol((stage, protocol) => {
  if (!offered[protocol]) {
    test('there are no registers, which is said, and nothing is done', async () => {
      for (const call of [stage.kv.decide('key', 'x'), stage.kv.decided('key')]) {
        const error = await failure(call);
        expect(error).toMatchObject({ code: 'unsupported', mayHaveTakenEffect: false });
        expect(error.message).toContain(`speaks ${protocol}`);
      }
    });
    return;
  }

  test('what is decided first stays, whoever wants what afterwards', async () => {
    const { kv } = stage;
    expect(await kv.decided('first')).toBeUndefined();
    expect(await kv.decide('first', 'a')).toMatchObject({ text: 'a', isOurs: true });
    const other = await stage.another({ user: 'other' });
    expect(await other.decide('first', 'b')).toMatchObject({ text: 'a', isOurs: false });
    expect(await other.decided('first')).toMatchObject({ text: 'a' });
    const large = new Uint8Array(4096).fill(9);
    expect((await kv.decide('large', large)).value).toEqual(large);
    expect((await kv.decide('empty', '')).value).toHaveLength(0);
    expect((await kv.decide('A-Z/a.z_0'.padEnd(128, '9'), 'x')).isOurs).toBe(true);
  });

  test('of many who want another value at once one gets it, and all are told the same', async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, () => stage.another()));
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(clients.map((kv, i) => kv.decide(`contested/${round}`, `${i}`)));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers.filter(({ isOurs }) => isOurs)).toHaveLength(1);
      const read = await Promise.all(clients.map((kv) => kv.decided(`contested/${round}`)));
      expect(read.map((answer) => answer?.text)).toEqual(answers.map(({ text }) => text));
    }
  });

  test('without a quorum a wish has an unknown outcome; asked again, there is one value', async () => {
    const { kv } = stage;
    await kv.decided('maybe');
    await stage.withoutQuorum(async () => {
      const error = await failure(kv.decide('maybe', 'a', { timeoutMs: 600 }));
      expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
      expect(await failure(kv.decided('maybe', { timeoutMs: 400 }))).toMatchObject({ mayHaveTakenEffect: false });
    });
    const { text } = await kv.decide('maybe', 'b');
    expect(['a', 'b']).toContain(text);
    expect((await kv.decided('maybe'))?.text).toBe(text);
    expect((await kv.decide('maybe', 'c')).text).toBe(text);
  });

  test('who leads, and who is dead, does not matter: another proposer decides', async () => {
    const { kv, group } = stage;
    const leader = await group.leader();
    await group.replica(leader).kill();
    const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => kv.decide(`leaderless/${i}`, 'x')));
    for (const { source } of answers) expect(source.replica).not.toBe(leader);
    group.replica(leader).run();
    await group.inStep();
  });

  test('registers are on disks', async () => {
    const { kv, group } = stage;
    await kv.decide('durable', 'x');
    await Promise.all(group.replicas.map((replica) => replica.kill()));
    group.startAll();
    expect(await kv.decide('durable', 'y')).toMatchObject({ text: 'x', isOurs: false });
    await group.inStep();
  });
});
