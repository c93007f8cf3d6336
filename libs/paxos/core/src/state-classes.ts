import { Awaited, LifeClock, Outbox, Queue } from '@synod/actor';
import { Formation } from '@synod/formation';
import { EntryBatch, RecentBatches } from '@synod/log';
import { VoteSet } from '@synod/quorum';
import { AcceptorSets } from './acceptor-set.js';
import { PaxosAcceptor } from './acceptor/acceptor.js';
import { formationOf } from './acceptor/first-start.js';
import { AcceptorRecovery } from './acceptor/recovery.js';
import { RegisterTable } from './acceptor/register-table.js';
import { Acceptor } from './acceptor/state.js';
import { VoteLog } from './acceptor/vote-log.js';
import { ChosenLog } from './proposer/chosen-log.js';
import { DecidedRegisters } from './proposer/decided-registers.js';
import { HeardValues } from './proposer/heard-values.js';
import { Instances } from './proposer/instances.js';
import { PromiseBook } from './proposer/promise-book.js';
import { PaxosProposer } from './proposer/proposer.js';
import { Proposer } from './proposer/state.js';

type Class = abstract new (...parameters: never[]) => object;

/** Every class that the state of an acceptor or a proposer is made of, for whoever writes it down. The rest is plain data. */
export const stateClasses: Readonly<Record<string, Class>> = {
  ...{ PaxosAcceptor, Acceptor, AcceptorRecovery, RegisterTable, VoteLog },
  ...{ PaxosProposer, Proposer, ChosenLog, DecidedRegisters, HeardValues, Instances, PromiseBook, AcceptorSets },
  ...{ EntryBatch, RecentBatches, Outbox, Queue, VoteSet, Awaited, LifeClock },
};

/** What of it has no state of its own, and how it is made of its owner's. */
export const derivedState: Readonly<Record<string, { readonly of: Class; readonly make: (owner: never) => object }>> = {
  Formation: { of: Formation, make: ({ acceptor }: { readonly acceptor: Acceptor }) => formationOf(acceptor) },
};
