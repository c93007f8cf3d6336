/**
 * Every span name and attribute key that Synod emits. Dashboards and queries are built on these: a test pins them.
 * Names are of low cardinality; values of users never enter spans.
 */
export const spanNames = {
  /** On the leader's side: its disk. On a peer's side: that peer's disk, under its `process` span. */
  sync: 'journal.sync',
  /** Committed → the first answer leaves (or, without clients, until applied). */
  apply: 'apply',
  /** First to last answer of the round. */
  reply: 'reply',
  /** In the trace of each further client of a round, beside the first one's: from its request to its answer. */
  consensus: 'consensus',
  /** One per round or vote request, however many receivers. */
  publish: (template: string) => `publish ${template}`,
  /** A peer handles what was published, until its answer leaves. */
  process: (template: string) => `process ${template}`,
  /** A replica gets from others what they know and it lacks: a snapshot, many entries, batches. A trace of its own. */
  stateTransfer: (protocol: string) => `${protocol}.state_transfer`,
  /** One phase of an instance outside the log: `ask`, `prepare`, `accept`. */
  phase: (phase: string) => phase,
  /** In the trace of an election that was won: the moment in which that leadership was lost to a rival. */
  preempted: 'preempted',
  /** There, too: another one stands, although this one has won. */
  rival: 'rival',
  /** Published → that peer's acknowledgement counts, or the wait was given up. */
  await: (peer: string) => `await ${peer}`,
} as const;

export const attributes = {
  app: 'synod.app',
  group: 'synod.group',
  protocol: 'synod.protocol',
  /** What the replica was in this round: leader, follower, candidate, voter. */
  role: 'synod.role',
  /** The era of a round in each protocol's own word. */
  era: { raft: 'synod.term', paxos: 'synod.ballot', pbft: 'synod.view' } as Readonly<Record<string, string>>,
  indexFirst: 'synod.index.first',
  indexLast: 'synod.index.last',
  /** Client batches in the round. */
  batchSize: 'synod.batch.size',
  /** The member whose acknowledgement or vote completed the quorum. */
  completedBy: 'synod.quorum.completed_by',
  /** publish, sync, quorum, apply or reply. */
  slowestStage: 'synod.slowest_stage',
  /** decided, lost leadership, timed out, elected, …; of who is awaited: timeout, surplus (the quorum was complete without it). */
  outcome: 'synod.outcome',
  /**
   * Of an election, phase 1, a view change and a state transfer: why it began, one of `causes`. Where that is a traced round or
   * another such trace, a link of kind `cause` leads there.
   */
  cause: 'synod.cause',
  /** On a link: its `LinkKind`. */
  link: 'synod.link',
  /** From whom a state transfer gets what it lacks: whom it asked last. */
  source: 'synod.source',
  /** Of the snapshot that a state transfer installed, or was getting. */
  snapshotBytes: 'synod.snapshot.bytes',
  /** preVote, vote; canvass, prepare; accept. */
  phase: 'synod.phase',
  granted: 'synod.granted',
  peer: 'synod.peer',
  /** Who stood at the same time, in which era: on a span, who preempted it; its trace is linked. */
  rival: 'synod.rival',
  rivalEra: 'synod.rival.era',
  /** The round was not sampled; its spans were made from recorded times because it was slow or failed. */
  afterwards: 'synod.afterwards',
  messagingSystem: 'messaging.system.name',
  operationType: 'messaging.operation.type',
  operationName: 'messaging.operation.name',
  destinationTemplate: 'messaging.destination.template',
  serviceName: 'service.name',
  serviceNamespace: 'service.namespace',
  serviceVersion: 'service.version',
} as const;

export const spanEvents = {
  quorum: 'quorum',
  retransmission: 'retransmission',
  vote: 'vote',
  phase: 'phase',
  timeout: 'timeout',
  /** Another one came between, in a higher era. */
  preempted: 'preempted',
  /** Another one stands at the same time. */
  rival: 'rival',
  /** Executed here. */
  applied: 'applied',
  /** A state transfer goes on with another source. */
  source: 'source',
  /** It goes on as a snapshot. */
  snapshot: 'snapshot',
  /** What a source gave, or that it gave nothing, was of no use. */
  sourceFailed: 'source failed',
  /** The snapshot took the place of the state. */
  installed: 'installed',
} as const;

/** What a link leads to. */
export type LinkKind =
  /** Why this span began. */
  | 'cause'
  /** No cause is traced: the last traced round that this replica took part in. */
  | 'before'
  /** Another client's request in the same round. */
  | 'request'
  /** The round that the request of this span shares. */
  | 'round'
  /** Where the awaited answer was sent. */
  | 'answer'
  /** Who stood for leader at the same time. */
  | 'rival';

/** How a protocol's spans tell the era: the key, and the value as people know it. */
export interface EraAttribute {
  readonly key: string;
  readonly value: (era: number) => string | number;
}

export function eraAttribute(vocabulary: { readonly protocol: string; eraName?(era: number): string }): EraAttribute {
  const { protocol } = vocabulary;
  const key = attributes.era[protocol] ?? `synod.${protocol}.era`;
  return { key, value: (era) => vocabulary.eraName?.(era) ?? era };
}

/** The subject's pattern: what is the same for all replicas and clusters. */
export function subjectTemplate(kind: string): string {
  return `synod.{cluster}.{group}.{from}.{to}.${kind}`;
}

/** Of a span, for people: subject templates begin alike. */
export function shortName(name: string): string {
  return name.replace(subjectTemplate(''), '');
}
