import type { Stage } from './stage.js';

export const raftPlace = (term: number, index: number): string => `term ${term}, index ${index}`;

export async function demonstrateRaft(stage: Stage): Promise<void> {
  stage.title('Raft. A write: the leader sends it, a majority has it on disk, then it is answered');
  await stage.put('capital/fr', 'Paris');
  await stage.get('capital/fr', 'Paris');
  if (stage.group.services.length > 2) {
    await killLeader(stage);
    await cutOffLeader(stage);
  } else stage.say('(with fewer than three replicas there is no majority to lose a leader from)');
  stage.title('Every replica has the same state');
  await stage.showEqualStates();
}

async function killLeader(stage: Stage): Promise<void> {
  const leader = await stage.leader();
  stage.title(`kill -9 of the leader ${leader}: the others elect another, nothing is lost`);
  stage.kill(leader);
  await stage.put('capital/de', 'Berlin');
  await stage.showElection('raft.election', 'the election');
  await stage.get('capital/fr', 'Paris');
  await stage.get('capital/de', 'Berlin');
  await stage.isBack(leader);
  stage.say(`${leader} was started again and follows`);
}

async function cutOffLeader(stage: Stage): Promise<void> {
  const leader = await stage.leader();
  stage.title(`A partition: ${leader} leads, but reaches nobody; it must not answer, the others go on`);
  await stage.partition([leader]);
  await stage.put('capital/it', 'Rome');
  await stage.get('capital/it', 'Rome');
  stage.say(`now ${await stage.leader(leader)} leads; the partition heals`);
  await stage.partition([]);
}
