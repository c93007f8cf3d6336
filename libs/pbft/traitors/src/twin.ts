import type { Address } from '@synod/actor';
import { PbftReplica } from '@synod/pbft-core';
import { toEach } from './traitor.js';
import type { E, I, Means, Treason } from './traitor.js';

/** The timers of the second life have names of their own: the host has one of each. */
const prefix = 'twin ';

/**
 * Two processes with one key (Twins, OPODIS 2021): the second one, with a memory of its own, keeps company with one half of the
 * others, the first one with the rest; each is honest. Whatever goes wrong between them is equivocation.
 */
export const twin: Treason = (means) => {
  const second = new Second(means);
  const isSeconds = (member: Address): boolean => means.group.placeOf(member) % 2 === 1;
  return {
    hear(input) {
      if (input.kind === 'timeout' && input.timer.startsWith(prefix)) return undefined;
      return input.kind === 'receive' && means.group.has(input.from) && isSeconds(input.from) ? undefined : input;
    },
    act(effects, input) {
      const own = toEach(effects, means, (message, to) => (isSeconds(to) ? undefined : message));
      const others = toEach(second.step(input), means, (message, to) => (isSeconds(to) || !means.group.has(to) ? message : undefined)); // prettier-ignore
      return [...own, ...others];
    },
  };
};

/** A replica whose disk is its memory: it forgets everything with the process, and snapshots are beyond it. */
class Second {
  private readonly replica: PbftReplica;
  private isBroken = false;

  constructor(private readonly means: Means) {
    const { configuration, newService, cryptography } = means;
    this.replica = new PbftReplica(configuration, newService(), cryptography);
  }

  step(input: I): readonly E[] {
    const { group } = this.means;
    switch (input.kind) {
      case 'recovered':
        this.found(input.at);
        return this.run({
          kind: 'recovered',
          tail: 'clean',
          empty: false,
          incarnation: input.incarnation,
          at: input.at,
        });
      case 'timeout':
        if (!input.timer.startsWith(prefix)) return [];
        return this.run({ ...input, timer: input.timer.slice(prefix.length) as typeof input.timer });
      case 'receive':
        return group.has(input.from) && group.placeOf(input.from) % 2 === 0 ? [] : this.run(input);
      default:
        return [];
    }
  }

  private found(at: number): void {
    this.run({ kind: 'recover', record: { kind: 'standing', standing: 'active', floor: 0, firstView: 0, founders: [] }, at }); // prettier-ignore
  }

  private run(input: I): readonly E[] {
    if (this.isBroken) return [];
    try {
      return this.carryOut(this.replica.step(input), input.at);
    } catch {
      this.isBroken = true;
      return [];
    }
  }

  /** What it writes is durable at once, in memory; what it says rests on nothing. */
  private carryOut(effects: readonly E[], at: number): readonly E[] {
    const done = effects.flatMap((effect): readonly E[] => {
      switch (effect.kind) {
        case 'send':
          return [{ ...effect, after: 0 }];
        case 'startTimer':
        case 'stopTimer':
          return [{ ...effect, timer: `${prefix}${effect.timer}` as typeof effect.timer }];
        default:
          return [];
      }
    });
    const last = effects.findLast((effect) => effect.kind === 'persist');
    return last === undefined ? done : [...done, ...this.run({ kind: 'persisted', token: last.token, at })];
  }
}
