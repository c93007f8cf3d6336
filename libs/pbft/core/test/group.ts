import { rootFrom, leafOf, requestDigest } from '@synod/pbft-core';
import type { Command, Message, PbftLimits, PbftTimings, Request, Signed } from '@synod/pbft-core';
import { Agenda } from './agenda.js';
import { Audit } from './audit.js';
import { cryptographyOf, isGenuine } from './cryptography.js';
import { Disk, Server } from './server.js';
import type { World } from './server.js';

export interface GroupOptions {
  readonly n?: number;
  readonly limits?: Partial<PbftLimits>;
  readonly timings?: Partial<PbftTimings>;
  /** False: nothing is founded yet. */
  readonly founded?: boolean;
}

/** Lets a message pass, or not, or another one instead, or so many milliseconds later. */
type Network = (from: string, to: string, message: Message) => Message | boolean | number;

/** A group in virtual time, and a client that asks everybody. Everything is delivered after a millisecond, unless `network` says else. */
export class Group implements World {
  readonly names: readonly string[];
  readonly servers = new Map<string, Server>();
  /** Who stands in for a member that lies: it gets what is sent to that member. */
  readonly traitors = new Map<string, (from: string, message: Message) => void>();
  network: Network = () => true;
  /** Listens to correct members. */
  readonly audit = new Audit();
  /** Messages that were delivered to correct members. */
  delivered = 0;
  private readonly replies: { readonly from: string; readonly message: Message }[] = [];
  private readonly client = cryptographyOf('ann');
  private readonly agenda = new Agenda();
  private time = 1000;
  private lives = 0;
  private sequence = 0;

  constructor(private readonly options: GroupOptions = {}) {
    this.names = Array.from({ length: options.n ?? 4 }, (_, place) => `r${place + 1}`);
    for (const name of this.names) {
      const disk = new Disk();
      if (options.founded !== false) {
        disk.journal.push({
          token: 0,
          record: { kind: 'standing', standing: 'active', floor: 0, firstView: 0, founders: [] },
        });
      }
      this.start(name, disk);
    }
  }

  now = (): number => this.time;

  later(ms: number, run: () => void): void {
    this.agenda.plan(this.time + ms, run);
  }

  server(name: string): Server {
    return this.servers.get(name)!;
  }

  /** Those that run, in the order of members. */
  get live(): readonly Server[] {
    return [...this.servers.values()].filter(({ alive }) => alive);
  }

  start(name: string, disk: Disk, setAside = false): Server {
    const { limits, timings } = this.options;
    const options = { members: this.names, setAside, ...(limits && { limits }), ...(timings && { timings }) };
    const server = new Server(name, this, disk, options, ++this.lives);
    this.servers.set(name, server);
    return server;
  }

  crash(...names: readonly string[]): void {
    for (const name of names) this.server(name).crash();
  }

  restart(name: string, disk: Disk = this.server(name).disk, setAside = false): Server {
    this.server(name).crash();
    return this.start(name, disk, setAside);
  }

  /** Takes a member out and lets `hear` answer for it. */
  betray(name: string, hear: (from: string, message: Message) => void = () => undefined): void {
    this.crash(name);
    this.traitors.set(name, hear);
  }

  publish(from: string, to: string, message: Message): void {
    this.audit.hear(from, message);
    if (message.kind === 'reply') {
      this.replies.push({ from, message });
      return;
    }
    const receivers = to === 'everyone' ? this.names : [to];
    for (const receiver of receivers) if (receiver !== from) this.post(from, receiver, message);
  }

  /** To one member, as the network has it. */
  post(from: string, to: string, message: Message): void {
    this.later(1, () => {
      const passed = this.network(from, to, message);
      if (typeof passed === 'number') this.later(passed, () => this.deliver(from, to, message));
      else if (passed !== false) this.deliver(from, to, passed === true ? message : passed);
    });
  }

  /** It arrives, if it is genuine: the authenticator before the mailbox sees to that. */
  deliver(from: string, to: string, message: Message): void {
    if (!isGenuine(message)) return;
    const traitor = this.traitors.get(to);
    if (traitor !== undefined) return traitor(from, message);
    const server = this.server(to);
    if (!server.alive || server.stopped) return;
    this.delivered++;
    server.hear(from, message);
  }

  /** Lets time pass. */
  run(ms: number): void {
    const end = this.time + ms;
    for (let next = this.agenda.take(end); next !== undefined; next = this.agenda.take(end)) {
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }

  request(text: string, user = 'ann', holds: Command['holds'] = 'operations'): Request {
    const statement: Command = {
      type: 'request',
      client: 'c',
      session: 1,
      sequence: ++this.sequence,
      holds,
      batch: Uint8Array.from(Buffer.from(text)),
    };
    const signed = (user === 'ann' ? this.client : cryptographyOf(user)).sign(statement);
    return { kind: 'request', signed };
  }

  /** A client's request, to everybody or to some. */
  ask(text: string, to: readonly string[] = this.names): Request {
    const request = this.request(text);
    for (const name of to) this.post('ann', name, request);
    return request;
  }

  /** Asks, one after the other, and waits until each is answered. */
  put(...texts: readonly string[]): void {
    for (const text of texts) {
      const request = this.ask(text);
      for (let waited = 0; this.answerTo(request.signed) === undefined; waited += 10) {
        if (waited > 120_000) throw new Error(`no answer to ${text}`);
        this.run(10);
      }
    }
  }

  /** What f + 1 members say alike, each answer proven by its path (§4.1). */
  answerTo(request: Signed<Command>): string | undefined {
    const weak = Math.floor((this.names.length - 1) / 3) + 1;
    const bySaid = new Map<string, Set<string>>();
    for (const { from, message } of this.replies) {
      if (message.kind !== 'reply' || message.answer.kind !== 'results') continue;
      const { results, index, signed, place, path } = message.answer;
      const leaf = leafOf(this.client, { asked: requestDigest(this.client, request), index, results });
      if (rootFrom(this.client, leaf, place, signed.statement.count, path) !== signed.statement.root) continue;
      const said = Buffer.from(results).toString();
      bySaid.set(said, (bySaid.get(said) ?? new Set()).add(from));
    }
    for (const [said, members] of bySaid) if (members.size >= weak) return said;
    return undefined;
  }

  /** Replies that were sent so far. */
  get told(): readonly { readonly from: string; readonly message: Message }[] {
    return this.replies;
  }

  /** What all live correct members have executed, if they agree; one that is behind has a part of it. */
  history(): readonly string[] {
    const histories = this.live.map(({ service }) => service.applied);
    const longest = histories.reduce((a, b) => (b.length > a.length ? b : a), []);
    for (const history of histories) expect(longest.slice(0, history.length)).toEqual(history);
    return longest;
  }
}

/** `count` different texts. */
export function texts(count: number, prefix = 't'): readonly string[] {
  return Array.from({ length: count }, (_, place) => `${prefix}${place + 1}`);
}
