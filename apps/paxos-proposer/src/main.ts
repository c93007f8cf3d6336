import { proposer } from '@synod/paxos-wire';
import { proposerRole, runProcess, startReplica, storeAndLedger } from '@synod/service';

/** A Multi-Paxos proposer of a group with a key-value store and a ledger: leads, learns, executes, answers clients. */
runProcess(() => startReplica(proposerRole, { app: 'paxos-proposer', ...proposer(storeAndLedger) }));
