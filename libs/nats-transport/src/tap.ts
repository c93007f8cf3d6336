import type { TraceContext } from '@synod/actor-host';
import type { Connection, Listening } from './connection.js';
import { BULK_ROOT, ROOT, SubjectReader, requireToken } from './subjects.js';
import type { Subject } from './subjects.js';
import { readTrace } from './trace-headers.js';

/** One message as it passed by. */
export interface Overheard {
  /** As sent; `subject` is undefined when it is not of our form. */
  readonly text: string;
  readonly subject: Subject | undefined;
  /** Valid only during the call. */
  readonly payload: Uint8Array;
  readonly context: TraceContext | undefined;
}

/** Hears everything in `cluster`, snapshots included. `connection` must be an observer's. Decoding is the caller's. */
export function tap(connection: Connection, cluster: string, hear: (message: Overheard) => void): Listening {
  requireToken(cluster, 'cluster');
  const subjects = new SubjectReader();
  const taps = [ROOT, BULK_ROOT].map((root) =>
    connection.subscribe(`${root}.${cluster}.>`, (message) => {
      const text = message.subject;
      hear({ text, subject: subjects.read(text), payload: message.data, context: readTrace(message) });
    }),
  );
  return { stop: () => taps.forEach((listening) => listening.stop()) };
}
