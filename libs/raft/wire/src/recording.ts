import type { Frame } from '@synod/api';
import { EntryBatch } from '@synod/log';
import { derivedState, stateClasses } from '@synod/raft-core';
import { raftMessages } from './messages.js';
import { raftPrinter } from './print.js';
import { raftRecords } from './records.js';

/** What the flight recorder must know of Raft, and `synod replay`; the fields are those of actor-host's `Recordable`. */
export const raftRecording = {
  protocol: 'raft',
  messages: raftMessages,
  records: raftRecords,
  batch: EntryBatch,
  frameOf: (batch: EntryBatch): Frame => raftRecords.encode({ kind: 'entries', batch }),
  classes: stateClasses,
  derived: derivedState,
  printer: raftPrinter,
};
