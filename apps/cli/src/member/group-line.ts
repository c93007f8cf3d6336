import { decodeReply, encodeReconfiguration } from '@synod/api';
import type { Reconfiguration } from '@synod/api';
import { Admin } from '../admin.js';
import { findClusterWith } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { CommandError } from '../exit-codes.js';
import { protocolNamed } from '../protocols/index.js';
import type { Membership } from '../protocols/protocol.js';
import { askStatus } from '../status/group-status.js';
import type { GroupStatus } from '../status/group-status.js';

const patienceMs = 1000;

/** Who the members are, at the moment, and who leads. */
export interface Sight extends GroupStatus {
  readonly membership: Membership;
  readonly leader: string | undefined;
}

export type Change = Pick<Reconfiguration, 'version' | 'add' | 'remove' | 'phase1' | 'phase2' | 'force'>;

/** What became of a change that was asked for. */
export type Answer =
  | { readonly kind: 'decided'; readonly from: number }
  /** Not done, and asking again may help. */
  | { readonly kind: 'later'; readonly why: string }
  /** It may have been done: see who the members are. */
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly why: string };

/** One group, for whoever changes its members. */
export class GroupLine {
  private sequence = 0;

  private constructor(
    readonly cluster: Cluster,
    private readonly admin: Admin,
  ) {}

  static async open(call: Call): Promise<GroupLine> {
    const cluster = findClusterWith(call, (protocol) => protocolNamed(protocol).membership !== undefined);
    return new GroupLine(cluster, await Admin.connect(call, cluster));
  }

  /** Throws when nobody answers, and when the group's members are fixed. */
  async look(): Promise<Sight> {
    const { cluster } = this;
    const status = await askStatus(this.admin, cluster, patienceMs);
    const { protocol, reports, overview } = status;
    if (reports.size === 0) throw new CommandError('noCluster', `no member of group ${cluster.group} answers`);
    if (protocol.membership === undefined) {
      throw new CommandError(
        'usage',
        `the members of group ${cluster.group} are fixed: it speaks ${overview.protocol ?? 'a protocol of its own'}`,
        'unsupported',
      );
    }
    const membership = protocol.membership(reports);
    if (membership !== undefined) return { ...status, membership, leader: overview.leader };
    throw new CommandError('noCluster', `nobody of group ${cluster.group} knows its members yet: was it formed?`);
  }

  /** Asks the leader, once. */
  async ask(leader: string, change: Change): Promise<Answer> {
    const sequence = ++this.sequence;
    const encode = (client: string) => encodeReconfiguration({ client, sequence, ...change });
    const bytes = await this.admin.request(leader, 'member', encode, patienceMs);
    if (bytes === undefined) return { kind: 'open' };
    const { answer } = decodeReply(bytes);
    if (answer.kind === 'reconfigured') return { kind: 'decided', from: answer.from };
    if (answer.kind !== 'refusal') return { kind: 'refused', why: `answered with ${answer.kind}` };
    switch (answer.reason) {
      case 'malformed':
      case 'unauthorized':
      case 'tooLarge':
        return { kind: 'refused', why: answer.detail || answer.reason };
      case 'steppedDown':
        return { kind: 'open' };
      default:
        return { kind: 'later', why: answer.detail === '' ? answer.reason : `${answer.reason}: ${answer.detail}` };
    }
  }

  close(): Promise<void> {
    return this.admin.close();
  }
}
