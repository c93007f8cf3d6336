import type { Address, Vocabulary } from '@synod/actor';
import type { Deed } from './chronicle.js';
import type { Telling } from './retell.js';

/** A run that is to be told as a scenario. */
export interface Ran<V extends Vocabulary> {
  readonly deeds: readonly Deed<V>[];
  /** Who formed the group; the first of them gives it its id. */
  readonly founders: readonly Address[];
  /** Of the first line, however it is told: `spare=a4`. */
  readonly words: readonly string[];
  /** `window=300`, where the run had another limit than production. */
  readonly limits: readonly string[];
  /** Without the messages by which the group was formed; undefined when it never was. Default: as where `activate` ends that. */
  readonly later?: (deeds: readonly Deed<V>[]) => readonly Deed<V>[] | undefined;
  /** Without what only brought others than founders to know of the group: in one that is formed already they do. */
  readonly knowing?: (deeds: readonly Deed<V>[]) => readonly Deed<V>[];
  /** How clients' messages are said; as long as they were, where limits count bytes. */
  readonly asking: (sameLength: boolean) => Telling<V>['asks'];
}

export interface Tellings<V extends Vocabulary> {
  readonly manners: readonly Telling<V>[];
  readonly faithful: Telling<V>;
}

/** From the plainest on: a group that is formed already, disks that are quick, no limits, no time. */
export function tellingsOf<V extends Vocabulary>(ran: Ran<V>): Tellings<V> {
  const { deeds, founders, words, limits, asking, knowing = (all) => all } = ran;
  const { later: formed = (all) => afterFormation(founders, all) } = ran;
  const later = formed(deeds);
  const fresh = { begins: ['fresh'], deeds: [...hellos(founders), ...deeds] };
  const beginnings = later === undefined ? [fresh] : [{ begins: [], deeds: knowing(later) }, fresh];
  const manners: Telling<V>[] = [];
  for (const syncs of [false, true])
    for (const { begins, deeds: all } of beginnings)
      for (const otherwise of ['asYoung', 'oldest'] as const)
        for (const waits of [false, true])
          for (const limited of limits.length > 0 ? [false, true] : [false]) {
            const options = [...words, ...begins, ...(limited ? limits : []), 'judged'];
            manners.push({ syncs, otherwise, waits, options, asks: asking(limited), deeds: all });
          }
  const faithful = manners.findLast(({ otherwise }) => otherwise === 'asYoung')!;
  return { manners, faithful };
}

/** Histories and liveness are judged by those who see a whole run. */
export function isJudged(failure: Error, sentences: Iterable<string>): boolean {
  const { invariant } = failure as { readonly invariant?: string };
  return failure.name !== 'Violation' || [...sentences].some((sentence) => sentence === invariant);
}

/** A scenario's members are silent when they start. */
function hellos<V extends Vocabulary>(founders: readonly Address[]): Deed<V>[] {
  return founders.map((at) => ({ timeMs: 0, at, kind: 'timeout', timer: 'hello', crashAfter: undefined }));
}

/** Without the messages by which the group was formed; undefined when it never was. Who joins it later asks the same way. */
function afterFormation<V extends Vocabulary>(
  founders: readonly Address[],
  deeds: readonly Deed<V>[],
): readonly Deed<V>[] | undefined {
  const waiting = new Set(founders.slice(1));
  const formedAt = deeds.findIndex((deed) => {
    if (deed.kind === 'received' && deed.message.kind === 'activate') waiting.delete(deed.at);
    return waiting.size === 0;
  });
  if (formedAt < 0) return undefined;
  return deeds.filter((deed, place) => place > formedAt || !isFormation(deed, founders));
}

const formation = new Set(['hello', 'helloReply', 'form', 'formed', 'activate']);

function isFormation<V extends Vocabulary>(deed: Deed<V>, founders: readonly Address[]): boolean {
  if (deed.kind === 'synced') return true;
  if (!founders.includes(deed.at)) return false;
  if (deed.kind === 'timeout') return deed.timer === 'hello';
  return deed.kind === 'received' && founders.includes(deed.from) && formation.has(deed.message.kind);
}
