import { Formation } from '../src/index.js';
import type { FormationMessage, FormationState, HelloReply, Standing } from '../src/index.js';

export const members = ['m1', 'm2', 'm3'];

export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly message: FormationMessage;
}

/** A member, its disk, and what its protocol was told. A life ends with `restart`. */
export class Member implements FormationState {
  standing: Standing = 'empty';
  clusterId = 0;
  answers = new Map<string, HelloReply>();
  formation!: Formation;
  asking = false;
  activations = 0;
  readonly heard: string[] = [];
  readonly rejected: string[] = [];
  readonly recorded = new Set<number>();
  losses = 0;
  disk: { readonly standing: Standing; readonly clusterId: number } | undefined;
  incarnation = 0;

  constructor(
    readonly self: string,
    private readonly group: Group,
    public founding: Uint8Array,
  ) {
    this.restart();
  }

  restart(standing: Standing = 'empty'): void {
    this.incarnation = ++this.group.lives;
    this.answers = new Map();
    Object.assign(this, this.disk ?? { standing, clusterId: 0 });
    const { self, founding } = this;
    this.formation = new Formation({ self, members, everyone: 'everyone', founding }, this, {
      era: () => 7,
      send: (to, message) => this.group.send(self, to, message),
      startAsking: () => (this.asking = true),
      stopAsking: () => (this.asking = false),
      persist: () => this.persist(),
      activated: () => this.activations++,
      lost: (answers) => this.lost(answers),
      heardHello: (from, theirs) => this.heard.push(`${from} ${theirs}`),
      rejected: (from, reason) => this.rejected.push(`${from} ${reason}`),
    });
    this.formation.ask();
  }

  loseDisk(): void {
    this.disk = undefined;
    this.restart();
  }

  hear(from: string, message: FormationMessage): void {
    const { formation } = this;
    switch (message.kind) {
      case 'hello':
        return formation.onHello(from, message);
      case 'helloReply':
        return formation.onHelloReply(from, message);
      case 'form':
        return formation.onForm(from, message);
      case 'formed':
        return formation.onFormed(from, message);
      case 'activate':
        return formation.onActivate(from, message);
    }
  }

  private persist(): void {
    const { standing, clusterId } = this;
    this.disk = { standing, clusterId };
    this.recorded.add(clusterId);
    if (standing === 'active') this.group.checkActivation(clusterId);
  }

  /** As Raft does it: when all have answered, and none of them is without its state. */
  private lost(answers: ReadonlyMap<string, HelloReply>): void {
    this.losses++;
    const known = [...answers.values()];
    if (known.length < members.length - 1) return;
    if (known.some(({ standing }) => standing !== 'active' && standing !== 'formed')) return;
    this.clusterId = known.find(({ standing }) => standing === 'active')!.clusterId;
    this.standing = 'recovering';
    this.persist();
  }
}

/** Members and what is between them; nothing is delivered before a test says so. */
export class Group {
  lives = 100;
  wire: Sent[] = [];
  readonly all: Member[] = [];

  constructor(founding: (self: string) => Uint8Array = () => new Uint8Array(0)) {
    for (const self of members) this.all.push(new Member(self, this, founding(self)));
  }

  member(self: string): Member {
    return this.all.find((member) => member.self === self)!;
  }

  send(from: string, to: string, message: FormationMessage): void {
    const receivers = to === 'everyone' ? members.filter((member) => member !== from) : [to];
    for (const receiver of receivers) this.wire.push({ from, to: receiver, message });
  }

  /** Delivers all that is under way and what comes of it, but what goes to or comes from `silent`. */
  settle(...silent: string[]): void {
    for (let sent = this.wire.shift(); sent !== undefined; sent = this.wire.shift()) {
      if (!silent.includes(sent.from) && !silent.includes(sent.to)) this.deliver(sent);
    }
  }

  deliver({ from, to, message }: Sent): void {
    this.member(to).hear(from, message);
  }

  ask(): void {
    for (const member of this.all) if (member.asking) member.formation.ask();
  }

  standings(): string[] {
    return this.all.map(({ standing }) => standing);
  }

  /** Nobody votes in a cluster that not everybody knew, nor beside one that is active under another id. */
  checkActivation(clusterId: number): void {
    for (const { recorded, disk } of this.all) {
      if (!recorded.has(clusterId)) throw new Error('active before every member has recorded the cluster id');
      if (disk?.standing === 'active' && disk.clusterId !== clusterId) throw new Error('two clusters are active');
    }
  }
}
