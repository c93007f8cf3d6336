import type { Protocol } from '@synod/topology';
import type { Metrics } from './scrape.js';

export interface Messages {
  readonly count: number;
  readonly bytes: number;
}

/** All messages between two moments, by kind. */
export interface Traffic {
  readonly elapsedMs: number;
  /** By members; a multicast is one. */
  readonly sent: Readonly<Record<string, Messages>>;
  /** By clients, as often as they came to members. */
  readonly asked: Readonly<Record<'request' | 'read', Messages>>;
}

/** For how much messages of a kind are due. What has no entry is for nothing. */
interface Due {
  /** For a round of writes. */
  readonly write?: number;
  /** For a message of reads. */
  readonly read?: number;
  /** For a heartbeat, whatever that was for. */
  readonly heartbeat?: number;
  /** In a period of the clock. */
  readonly period?: number;
}

interface Traffics {
  /** Members that a client asks at once. */
  readonly asked: number;
  readonly periodMs: number;
  readonly due: Readonly<Record<string, Due>>;
}

/** As the gate runs its groups: three replicas, three acceptors and proposers, four replicas; periods as in its environment. */
const traffics: Readonly<Record<Protocol, Traffics>> = {
  raft: {
    asked: 1,
    periodMs: 100,
    due: {
      'append-entries': { write: 1 },
      'append-entries-reply': { write: 2, heartbeat: 2 },
      heartbeat: { read: 1, period: 1 },
      reply: { write: 1, read: 1 },
    },
  },
  paxos: {
    asked: 1,
    periodMs: 100,
    due: {
      accept: { write: 1 },
      accepted: { write: 3, heartbeat: 3 },
      heartbeat: { read: 1, period: 1 },
      // The other proposers say how far they are, and ask for the last values when nothing follows.
      progress: { period: 4 },
      reply: { write: 1, read: 1 },
    },
  },
  pbft: {
    asked: 4,
    periodMs: 5000,
    due: {
      'pre-prepare': { write: 1 },
      prepare: { write: 3 },
      commit: { write: 4 },
      checkpoint: { write: 4 / 50 },
      progress: { period: 4 },
      reply: { write: 4, read: 4 },
    },
  },
};

/** What a slow machine tears in two or has sent again, and what members say now and then. */
const seldom = 0.05;
const few = 5;

export function trafficOf(before: readonly Metrics[], after: readonly Metrics[], elapsedMs: number): Traffic {
  const rose = (name: string): number => sum(after, name) - sum(before, name);
  const messages = (way: 'sent' | 'received', kind: string): Messages => ({
    count: rose(`synod_messages_${way}_total{kind="${kind}"}`),
    bytes: rose(`synod_message_${way}_bytes_total{kind="${kind}"}`),
  });
  const all = kindsIn(after).map((kind) => [kind, messages('sent', kind)] as const);
  return {
    elapsedMs,
    sent: Object.fromEntries(all.filter(([, { count }]) => count > 0)),
    asked: { request: messages('received', 'request'), read: messages('received', 'read') },
  };
}

/** Sentences about kinds of which more was sent than is due. */
export function beyondDue(protocol: Protocol, traffic: Traffic): readonly string[] {
  const { due, periodMs } = traffics[protocol];
  const { sent, elapsedMs } = traffic;
  const { writes, reads } = roundsAsked(protocol, traffic);
  const heartbeats = sent['heartbeat']?.count ?? 0;
  const periods = 1 + elapsedMs / periodMs;
  return Object.entries(sent).flatMap(([kind, { count }]) => {
    const { write = 0, read = 0, heartbeat = 0, period = 0 } = due[kind] ?? { write: seldom, read: seldom };
    const asked = write * writes + read * reads + heartbeat * heartbeats + period * periods;
    const most = (1 + seldom) * asked + few;
    return count > most ? [`${count} messages ${kind}, at most ${Math.floor(most)} are due`] : [];
  });
}

/**
 * Sentences about kinds whose messages are larger than they were in that run. What is sent seldom does not count. Of answers to both
 * rounds and heartbeats, which are not of one size, there are the more of the larger ones the longer a run takes: they are compared
 * with the run that had most of those.
 */
export function fatter(protocol: Protocol, now: Traffic, then: readonly Traffic[], run: number): readonly string[] {
  const { writes, reads } = roundsAsked(protocol, now);
  return Object.entries({ ...now.sent, ...now.asked }).flatMap(([kind, messages]) => {
    const { write = 0, heartbeat = 0 } = traffics[protocol].due[kind] ?? {};
    const known = (write * heartbeat > 0 ? then : [then[run]!]).map((traffic) => sizeOf(messagesOf(traffic, kind)));
    const most = (1 + seldom) * Math.max(...known);
    if (messages.count <= seldom * (writes + reads) || most === 0 || sizeOf(messages) <= most) return [];
    return [`${sizeOf(messages).toFixed(1)} bytes in each ${kind}, at most ${most.toFixed(1)} are due`];
  });
}

function messagesOf({ sent, asked }: Traffic, kind: string): Messages | undefined {
  return sent[kind] ?? (asked as Traffic['sent'])[kind];
}

function sizeOf({ count, bytes }: Messages = { count: 0, bytes: 0 }): number {
  return count === 0 ? 0 : bytes / count;
}

/** Messages that clients sent; those that went to several are one. */
export function roundsAsked(
  protocol: Protocol,
  { asked }: Traffic,
): { readonly writes: number; readonly reads: number } {
  const each = traffics[protocol].asked;
  return { writes: asked.request.count / each, reads: asked.read.count / each };
}

function kindsIn(all: readonly Metrics[]): readonly string[] {
  const kinds = all.flatMap((metrics) =>
    [...metrics.keys()].flatMap((name) => /^synod_messages_sent_total\{kind="(.*)"\}$/.exec(name)?.[1] ?? []),
  );
  return [...new Set(kinds)].sort();
}

export function sum(all: readonly Metrics[], name: string): number {
  return all.reduce((total, metrics) => total + (metrics.get(name) ?? 0), 0);
}
