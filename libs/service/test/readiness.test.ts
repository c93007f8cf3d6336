import { ProcessGroup, poll } from '@synod/process-group';

test('without NATS no member is ready, whatever else it needs, and with it each is again', async () => {
  // An acceptor needs nobody else.
  const group = await ProcessGroup.start({ protocol: 'paxos', counts: { proposer: 1, acceptor: 1 } });
  const answers = () =>
    Promise.all(
      group.replicas.map(async ({ httpPort }) => {
        const answer = await fetch(`http://127.0.0.1:${httpPort}/readyz`);
        return `${answer.status} ${(await answer.text()).trim()}`;
      }),
    );
  const all = async (wanted: string) => {
    let said: readonly string[] = [];
    const is = async () => (said = await answers()).every((one) => one === wanted);
    await poll(is, 20_000, () => `${said.join(', ')}, not ${wanted}`);
  };
  try {
    await group.leader();
    await all('200 ok');
    await group.broker.kill();
    await all('503 not ready: no connection to NATS');
    await group.broker.servers[0]!.run();
    await all('200 ok');
  } finally {
    await group.close();
  }
}, 90_000);
