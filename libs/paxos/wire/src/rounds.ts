import type { Description, RoundVocabulary } from '@synod/actor';
import { printBallot, roundOf, roundOfBallot } from '@synod/paxos-core';
import type { AcceptorSet, Event, PaxosVocabulary } from '@synod/paxos-core';

/** What Multi-Paxos tells telemetry about its words. */
export const paxosRounds: RoundVocabulary<PaxosVocabulary> = {
  protocol: 'paxos',
  roundSpan: 'paxos.round',
  electionSpan: 'paxos.phase1',
  instanceSpan: 'paxos.register',
  eraName: printBallot,
  eraNumber: roundOfBallot,
  roundOf,
  describe,
};

const info = (text: string): Description => ({ level: 'info', text });
const warn = (text: string): Description => ({ level: 'warn', text });
const debug = (text: string): Description => ({ level: 'debug', text });

function describe(event: Event): Description | undefined {
  return describeLeadership(event) ?? describeLearning(event) ?? describeAcceptor(event);
}

function describeLeadership(event: Event): Description | undefined {
  switch (event.kind) {
    case 'becameFollower':
      return info(
        `follows ${event.leader ?? 'nobody yet'} in ballot ${printBallot(event.ballot)} (${whyFollows(event)})`,
      );
    case 'canvassing':
      return info(`asks whether ballot ${printBallot(event.ballot)} would be promised (${event.why})`);
    case 'preparing':
      return info(`prepares ballot ${printBallot(event.ballot)} from slot ${event.from} on (${event.why})`);
    case 'becameLeader':
      return info(`leads in ballot ${printBallot(event.ballot)}; the quorum was completed by ${event.completedBy}`);
    case 'adopted':
      return info(`proposes slots ${event.first} to ${event.last} again, ${event.noOps} of them held nothing`);
    case 'lostSlot': {
      const then = event.again ? 'it is proposed again' : 'its client is told';
      return info(`a command lost slot ${event.slot} to another value; ${then}`);
    }
    case 'handingOver':
      return info(`hands leadership of ballot ${printBallot(event.ballot)} over to ${event.to}`);
    default:
      return undefined;
  }
}

function whyFollows({ why, by }: Extract<Event, { kind: 'becameFollower' }>): string {
  return by === undefined ? why : `${why} by ${by.proposer} in ballot ${printBallot(by.ballot)}`;
}

function describeLearning(event: Event): Description | undefined {
  switch (event.kind) {
    case 'founded':
      return info(`is in cluster ${event.clusterId}, founded by ${printSet(event.founding)}`);
    case 'outlived':
      return warn(`its acceptors are of another group, cluster ${event.by}: it serves nobody`);
    case 'reconfigured':
      return info(`from slot ${event.from} on the acceptors are ${printSet(event.set)}`);
    case 'registersMoved':
      return info(`the registers are now at ${printSet(event.set)}`);
    case 'catchingUp':
      return debug(`asks ${event.from} what was chosen in slots ${event.slot} to ${event.through} (${event.why})`);
    case 'snapshotTaken':
      return info(`took a snapshot at slot ${event.snapshot.index}, ${event.sizeBytes} bytes`);
    case 'snapshotFetching':
      return info(`fetches the snapshot at slot ${event.snapshot.index} from ${event.from} (${event.why})`);
    case 'snapshotGivenUp':
      return warn(`${event.from} does not serve as a source of a snapshot (${event.why})`);
    case 'snapshotInstalled':
      return info(`installed the snapshot at slot ${event.snapshot.index}`);
    case 'caughtUp':
      return debug(`has caught up through slot ${event.slot}`);
    default:
      return undefined;
  }
}

function describeAcceptor(event: Event): Description | undefined {
  switch (event.kind) {
    case 'standing':
      if (event.standing === 'lost') return warn('lost its state: it joins with a new disk, and never helps to found');
      return info(`is ${event.standing} in cluster ${event.clusterId}, disk ${event.disk}`);
    case 'promiseGiven':
      return info(`promises ballot ${printBallot(event.ballot)} to ${event.proposer}`);
    case 'refused': {
      const { phase, ballot, promised } = event;
      return debug(`refuses a ${phase} of ballot ${printBallot(ballot)}, having promised ${printBallot(promised)}`);
    }
    default:
      return undefined;
  }
}

/** `a1 a2 a3, quorums of 2 and 2`: phase 1 and phase 2. */
function printSet({ acceptors, phase1, phase2 }: AcceptorSet): string {
  return `${acceptors.map(({ address }) => address).join(' ')}, quorums of ${phase1} and ${phase2}`;
}
