import { printBallot } from '@synod/paxos-core';
import type { Stage } from './stage.js';

export const paxosPlace = (ballot: number, slot: number): string => `ballot ${printBallot(ballot)}, slot ${slot}`;

export async function demonstratePaxos(stage: Stage): Promise<void> {
  stage.title('Multi-Paxos. A write: a proposer leads, the acceptors vote, and a majority of them has it on disk');
  await stage.put('river/fr', 'Seine');
  await stage.get('river/fr', 'Seine');
  await killLeader(stage);
  await pauseAcceptor(stage);
  stage.title('Every proposer has the same state; the acceptors have none, only promises and votes');
  await stage.showEqualStates();
}

async function killLeader(stage: Stage): Promise<void> {
  const leader = await stage.leader();
  stage.title(`kill -9 of the leading proposer ${leader}: another one has the acceptors promise it a higher ballot`);
  stage.kill(leader);
  await stage.put('river/de', 'Spree');
  await stage.showElection('paxos.phase1', 'phase 1, once for all slots');
  await stage.get('river/fr', 'Seine');
  await stage.get('river/de', 'Spree');
  await stage.isBack(leader);
  stage.say(`${leader} was started again and learns`);
}

async function pauseAcceptor(stage: Stage): Promise<void> {
  const acceptor = stage.group.services.find(({ role }) => role === 'acceptor')!.name;
  stage.title(`${acceptor} stands still (SIGSTOP): the other acceptors are a quorum, nobody waits for it`);
  stage.signal(acceptor, 'SIGSTOP');
  try {
    await stage.put('river/it', 'Tiber');
    await stage.get('river/it', 'Tiber');
  } finally {
    stage.signal(acceptor, 'SIGCONT');
  }
  stage.say(`${acceptor} goes on`);
}
