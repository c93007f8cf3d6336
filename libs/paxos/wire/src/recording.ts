import type { Frame } from '@synod/api';
import { EntryBatch } from '@synod/log';
import { derivedState, stateClasses } from '@synod/paxos-core';
import { paxosMessages } from './messages.js';
import { paxosPrinter } from './print.js';
import { paxosRecords } from './records.js';

/**
 * What the flight recorder must know of Multi-Paxos, of proposers and of acceptors, and `synod replay`; the fields are those of
 * actor-host's `Recordable`.
 */
export const paxosRecording = {
  protocol: 'paxos',
  messages: paxosMessages,
  records: paxosRecords,
  batch: EntryBatch,
  frameOf: (batch: EntryBatch): Frame => paxosRecords.encode({ kind: 'chosenValues', batch }),
  classes: stateClasses,
  derived: derivedState,
  printer: paxosPrinter,
};
