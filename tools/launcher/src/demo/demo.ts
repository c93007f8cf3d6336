import type { Protocol } from '@synod/topology';
import type { LocalStack } from '../local-stack.js';
import { demonstratePaxos, paxosPlace } from './paxos.js';
import { demonstratePbft, pbftPlace } from './pbft.js';
import { demonstrateRaft, raftPlace } from './raft.js';
import { Stage, Troupe } from './stage.js';

interface Demonstration {
  readonly placeOf: (era: number, index: number) => string;
  readonly run: (stage: Stage) => Promise<void>;
}

const demonstrations: Readonly<Record<Protocol, Demonstration>> = {
  raft: { placeOf: raftPlace, run: demonstrateRaft },
  paxos: { placeOf: paxosPlace, run: demonstratePaxos },
  pbft: { placeOf: pbftPlace, run: demonstratePbft },
};

/** Shows what Synod is for, and checks it, one group after the other: every step that does not do what it says throws. */
export async function runDemo(local: LocalStack, say: (line: string) => void): Promise<void> {
  const troupe = await Troupe.gather(local, say);
  try {
    for (const group of local.stack.groups) {
      const { placeOf, run } = demonstrations[group.protocol];
      await run(new Stage(troupe, group, placeOf));
    }
  } finally {
    await troupe.close();
  }
}
