import type { MemberOverview } from '../overview.js';
import type { Report } from '../report.js';

/** What the gateway must know of one protocol to show how its groups are. */
export interface ProtocolStatus {
  /** Which leadership a member knows of, as a number that grows. */
  readonly eraOf: (report: Report) => number;
  /** An era as the protocol's people write it, where that is not just the number. */
  readonly printBallot?: (era: number) => string;
  /** An era is a view. */
  readonly hasViews?: true;
  /** What is shown of a member that answered, beside what is alike everywhere. */
  readonly fieldsOf: (report: Report, leader: Report | undefined) => Partial<MemberOverview>;
}
