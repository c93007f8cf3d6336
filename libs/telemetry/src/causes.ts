/** All values of `synod.cause`, by span. They are the cores' own words, of their events. */
export const causes = {
  'raft.election': {
    started: 'no leader was heard since the replica started',
    leaderSilent: 'the leader was not heard for an election timeout (§5.2)',
    newerTerm: 'another one stood in a newer term, and nobody leads in it',
    lostElection: 'a majority refused its vote in the election before, which is linked',
    undecided: 'the election before found neither a majority nor a leader in time; it is linked',
    lostQuorum: 'it led, and no majority answered for an election timeout (thesis §6.2)',
    handover: 'the leader asked it to take over (thesis §3.10)',
    rejoin: 'it leads, and a follower that lost its disk needs a newer term (departure)',
  },
  'paxos.phase1': {
    started: 'no leader was heard since the proposer started',
    leaderSilent: 'the leader was not heard for an election timeout',
    preempted:
      'a higher ballot came between, and nobody leads in it; the attempt before is linked, and its rival from there',
    notPromised: 'no phase-1 quorum promised in the attempt before, which is linked',
    lostQuorum: 'it led, and no phase-2 quorum answered for an election timeout',
    behind: 'the acceptors had trimmed what it had not learned, which it has now',
    handover: 'the leader asked it to take over',
  },
  'pbft.view_change': {
    requestTimeout: 'f + 1 complain; this replica, that a request was not executed in time; that is linked',
    requestsWait:
      'f + 1 complain; this replica, that requests wait too long on average, if any is executed at all; the one that waits longest is linked',
    primaryStopping: 'this replica was the primary and asked to be relieved, because it stops',
    primaryLostDisk: 'the primary asked to be relieved, because it lost its disk',
    memberLeftAlone:
      'the primary asked to be relieved, because a member left its view alone and cannot come back to it',
    abdication: 'the primary asked to be relieved',
    complaints: 'f + 1 complain, and this replica of nothing',
    equivocation: 'the primary signed what contradicts itself, and that is proven',
    joined: 'f + 1 members left for later views (§4.5.2)',
    newViewTimeout: 'no valid new view came in time (§4.5.2); the view change before is linked',
  },
  'raft.state_transfer': {
    logBehind: 'the log ends before what is committed',
    logBehindSnapshot: 'so far before that the leader has cut those entries away',
    diskLost: 'the disk was lost',
  },
  'paxos.state_transfer': {
    missedValues: 'others know more slots to be chosen',
    behindSnapshot: 'so many that the first of them are in a snapshot only',
    emptyDisk: 'nothing is on the disk: the proposer is new, or lost it',
  },
  'pbft.state_transfer': {
    checkpointAhead: 'a quorum is at a checkpoint beyond what was executed here',
    diskLost: 'the disk was lost',
  },
} as const;

/** Of a cause, for people: `leaderSilent` is `leader silent`. */
export function inWords(cause: string): string {
  return cause.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
