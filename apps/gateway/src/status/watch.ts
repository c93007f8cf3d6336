import type { Overview } from './overview.js';
import { mergeRounds, overviewOf } from './overview.js';
import type { Member, Report, Round } from './report.js';

/** A group with its last rounds: what the page shows. */
export interface Sight extends Overview {
  readonly rounds: readonly Round[];
}

const mostRounds = 40;

/** What is known of the groups, asked again while somebody looks. */
export class Watch {
  private readonly members = new Map<string, readonly Member[]>();
  private readonly rounds = new Map<string, readonly Round[]>();
  private readonly viewers = new Set<(sights: readonly Sight[]) => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly groups: readonly string[],
    private readonly ask: (group: string) => Promise<readonly Report[]>,
    private readonly everyMs = 500,
  ) {}

  get viewerCount(): number {
    return this.viewers.size;
  }

  /** How a group is now. */
  async look(group: string): Promise<Sight> {
    const reports = await this.ask(group);
    const overview = overviewOf(group, reports, this.members.get(group) ?? []);
    const rounds = mergeRounds(this.rounds.get(group) ?? [], reports, mostRounds);
    this.members.set(
      group,
      overview.replicas.map(({ replica: name, kind }) => ({ name, kind })),
    );
    this.rounds.set(group, rounds);
    return { ...overview, rounds };
  }

  lookAtAll(): Promise<readonly Sight[]> {
    return Promise.all(this.groups.map((group) => this.look(group)));
  }

  /** Calls `show` now and then until the returned function is called. */
  subscribe(show: (sights: readonly Sight[]) => void): () => void {
    this.viewers.add(show);
    if (this.timer === undefined) this.poll();
    return () => {
      this.viewers.delete(show);
      if (this.viewers.size > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  private poll(): void {
    // Set before the first answer, so that a second viewer does not begin a second poll.
    this.timer = setTimeout(() => this.poll(), this.everyMs);
    void this.lookAtAll().then((sights) => {
      for (const show of this.viewers) show(sights);
    });
  }
}
