import { randomBytes } from 'node:crypto';
import { REPORT, ROOT, SubjectReader } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import { readReport } from './report.js';
import type { Report } from './report.js';

/** The name that all replicas of a group hear. */
const everyone = 'replicas';

interface Question {
  readonly reports: Map<string, Report>;
  readonly answered: () => void;
}

/** Asks all replicas of a group how they are. */
export class StatusLine {
  private readonly token = randomBytes(12).toString('hex');
  private readonly subjects = new SubjectReader();
  private readonly questions = new Map<string, Question>();
  private readonly asking = new Map<string, Promise<readonly Report[]>>();

  constructor(
    private readonly connection: Connection,
    private readonly cluster: string,
    private readonly user: string,
  ) {
    connection.subscribe(`${ROOT}.${cluster}.*.*.${user}.${REPORT}.${this.token}`, ({ subject, data }) => {
      const { group, from } = this.subjects.read(subject) ?? {};
      if (group === undefined || from === undefined) return;
      const report = readReport(from, data);
      if (report !== undefined) this.take(group, report);
    });
  }

  /** The reports that come within `withinMs`, sooner when all have answered. Who asks meanwhile gets the same ones. */
  ask(group: string, withinMs = 500): Promise<readonly Report[]> {
    let asking = this.asking.get(group);
    if (asking === undefined) {
      asking = this.gather(group, withinMs).finally(() => this.asking.delete(group));
      this.asking.set(group, asking);
    }
    return asking;
  }

  private gather(group: string, withinMs: number): Promise<readonly Report[]> {
    return new Promise((resolve) => {
      const reports = new Map<string, Report>();
      const finish = (): void => {
        clearTimeout(timer);
        this.questions.delete(group);
        resolve([...reports.values()]);
      };
      const timer = setTimeout(finish, withinMs);
      this.questions.set(group, { reports, answered: finish });
      const subject = `${ROOT}.${this.cluster}.${group}.${this.user}.${everyone}.status`;
      this.connection.publish(subject, Buffer.from(JSON.stringify({ client: this.token })));
    });
  }

  private take(group: string, report: Report): void {
    const question = this.questions.get(group);
    if (question === undefined || question.reports.size >= 64) return;
    question.reports.set(report.replica, report);
    if (report.members.length > 0 && report.members.every(({ name }) => question.reports.has(name)))
      question.answered();
  }
}
