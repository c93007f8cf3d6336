import { protocols } from '../protocols/index.js';
import { positions, sentenceOf } from './facts.js';
import type { Heard } from './line.js';

const remembered = 4096;

/** What a quiet cluster says all the time: heartbeats and their answers, unless they tell something new; probes; status. */
export class Chatter {
  private readonly lastSaid = new Map<string, string>();

  includes({ subject, facts }: Heard): boolean {
    if (subject === undefined) return false;
    const { kind, group, from, to } = subject;
    if (from === to || kind === 'probe' || kind === 'status' || kind === 'report') return true;
    if (!protocols.some(({ messages }) => messages.chatter.has(kind))) return false;
    if (facts.some(([name]) => positions.has(name))) return false;
    return this.repeats(`${group} ${from} ${to} ${kind}`, sentenceOf(facts));
  }

  private repeats(who: string, says: string): boolean {
    const repeats = this.lastSaid.get(who) === says;
    if (this.lastSaid.size >= remembered) this.lastSaid.clear();
    this.lastSaid.set(who, says);
    return repeats;
  }
}
