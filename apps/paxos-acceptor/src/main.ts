import { acceptor } from '@synod/paxos-wire';
import { acceptorRole, runProcess, startReplica } from '@synod/service';

/** A Multi-Paxos acceptor: promises and votes, durably. */
runProcess(() => startReplica(acceptorRole, { app: 'paxos-acceptor', ...acceptor() }));
