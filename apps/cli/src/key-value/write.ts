import type { KeyValueGroup, Source, WriteOptions } from '@synod/client';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { protocolNamed } from '../protocols/index.js';
import type { Words } from '../protocols/protocol.js';
import { roundOf } from '../status/round.js';
import type { Round } from '../status/report.js';
import { timeoutOf, withGroup } from './group.js';
import { traced } from './traced.js';

/** What a single write tells of itself. */
export interface Written<T> {
  readonly answer: T;
  /** The words of the protocol that did it. */
  readonly words: Words;
  /** From sending to the answer, as this process saw it. */
  readonly ms: number;
  /** Undefined when a sampler was configured that left it out. */
  readonly traceId: string | undefined;
  /** The leader's own view of the round, when its status may be asked. */
  readonly round: Round | undefined;
}

/** One write, at a place of its own session, in a trace of its own. */
export function write<T extends { readonly source: Source }>(
  call: Call,
  operation: (group: KeyValueGroup, options: WriteOptions) => Promise<T>,
): Promise<Written<T>> {
  return withGroup(call, (group, cluster) => writeTo(group, cluster, call, operation));
}

export async function writeTo<T extends { readonly source: Source }>(
  group: KeyValueGroup,
  cluster: Cluster,
  call: Call,
  operation: (group: KeyValueGroup, options: WriteOptions) => Promise<T>,
): Promise<Written<T>> {
  const timeoutMs = timeoutOf(call);
  const session = await group.openSession({ timeoutMs });
  const once = { session, sequence: 1 };
  const written = await traced(call, cluster, (context) => operation(group, { timeoutMs, once, ...context }));
  const { words } = protocolNamed(group.protocol);
  return { ...written, words, round: await roundOf(call, cluster, written.answer.source) };
}

/** `committed by raft-r1, term 2, index 7, 0.4 ms, quorum by raft-r3, trace <id>` */
export function sentenceOf({ answer, words, ms, traceId, round }: Written<{ readonly source: Source }>): string {
  const { replica, term, index } = answer.source;
  const place = [`${words.era} ${words.printEra(term)}`, `${words.position} ${index}`];
  const parts = [`committed by ${replica}`, ...place, `${milliseconds(ms)} ms`];
  if (round?.completedBy !== undefined) parts.push(`quorum by ${round.completedBy}`);
  if (traceId !== undefined) parts.push(`trace ${traceId}`);
  return parts.join(', ');
}

/** `term` and `index` are there whatever the protocol; where it calls its eras otherwise, that word too. */
export function documentOf({ answer, words, ms, traceId, round }: Written<{ readonly source: Source }>) {
  const { replica, term, index } = answer.source;
  return {
    replica,
    term,
    ...(words.era !== 'term' && { [words.era]: words.printEra(term) }),
    index,
    ms: Number(ms.toFixed(3)),
    ...(round && { quorumBy: round.completedBy, round }),
    ...(traceId && { traceId }),
  };
}

export function milliseconds(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms.toFixed(1);
}
