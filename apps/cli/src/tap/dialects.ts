import { protocolNamed, protocols } from '../protocols/index.js';
import type { Protocol, Unwrapped, Words } from '../protocols/protocol.js';
import type { Fact } from './facts.js';

/** LIMIT: groups remembered; whoever may publish can invent names. */
const remembered = 256;

/**
 * Which protocol a group speaks: as the local stack says, or as its messages tell. Several protocols have messages of one
 * name, a heartbeat for example; their bytes differ, so that only one of them understands each.
 */
export class Dialects {
  private readonly spoken = new Map<string, Protocol>();

  /** What is known beforehand, by group. */
  constructor(known: Readonly<Record<string, { readonly protocol: string }>> = {}) {
    for (const [group, { protocol }] of Object.entries(known)) this.learn(group, protocolNamed(protocol));
  }

  /** Undefined when no protocol has such a message. Throws what is wrong with the bytes. */
  factsOf(group: string, kind: string, payload: Uint8Array, values: boolean): readonly Fact[] | undefined {
    const speakers = protocols.filter(({ messages }) => messages.kinds.has(kind));
    const known = this.spoken.get(group);
    const candidates = known !== undefined && speakers.includes(known) ? [known] : speakers;
    let wrong: unknown;
    for (const protocol of candidates) {
      try {
        const facts = protocol.messages.facts(kind, payload, values);
        this.learn(group, protocol);
        return facts;
      } catch (error) {
        wrong = error;
      }
    }
    if (candidates.length > 0) throw wrong;
    return undefined;
  }

  /** A client's message without what its group's protocol wraps it in; of a group that nobody knows yet, as it can be read. */
  unwrapped(group: string, kind: string, payload: Uint8Array): Unwrapped {
    const known = this.spoken.get(group);
    if (known !== undefined) return known.messages.unwrap?.(kind, payload) ?? { kind, payload };
    for (const protocol of protocols) {
      try {
        const inner = protocol.messages.unwrap?.(kind, payload);
        if (inner !== undefined && inner.payload !== payload) return inner;
      } catch {
        // Not of this protocol.
      }
    }
    return { kind, payload };
  }

  /** What eras and positions are called there; undefined when nobody knows yet. */
  wordsOf(group: string): Words | undefined {
    return this.spoken.get(group)?.words;
  }

  private learn(group: string, protocol: Protocol): void {
    if (this.spoken.size < remembered) this.spoken.set(group, protocol);
  }
}
