/** What members write when somebody begins to lead: in which term, ballot or view. */
const began = /"msg":"(?:leads (?:in ballot|term)|is in view) ([\d.]+)[;,]/g;

/**
 * How many leaderships there have been, as members say in their logs, which outlive them; each counts once, whoever tells of it. Terms
 * and ballots themselves say less: some are won by nobody, and who lost its disk draws its next round far above all others.
 */
export function leadershipsIn(logs: Iterable<string>): number {
  const eras = new Set<string>();
  for (const log of logs) for (const [, era] of log.matchAll(began)) eras.add(era!);
  return eras.size;
}
