import type { Actor, Address, Effect, Input, SnapshotId } from '@synod/actor';
import type { Frame } from '@synod/api';
import { keyValueCodec } from '@synod/api';
import type { Message, PaxosVocabulary, Reply, Timer } from '@synod/paxos-core';
import { acceptor, paxosMessages, paxosRecords, proposer } from '@synod/paxos-wire';
import { KeyValueStore } from '@synod/state-machine';
import type { SnapshotSource } from '@synod/state-machine';

type V = PaxosVocabulary;

interface Mail {
  readonly at: number;
  readonly from: Address;
  readonly to: Address;
  readonly kind: string;
  readonly payload: Uint8Array;
}

/** One process. Its disk is bytes, and stays when it is started again. */
interface Node {
  readonly actor: Actor<V>;
  readonly service: SnapshotSource;
  readonly disk: Disk;
  readonly timers: Map<Timer, number>;
  readonly inputs: Input<V>[];
  up: boolean;
}

interface Disk {
  readonly frames: { readonly type: number; readonly payload: Uint8Array; readonly log: Frame['log'] }[];
  readonly snapshots: Map<number, Buffer>;
}

const timing = { electionTimeout: { minMs: 150, maxMs: 300 }, heartbeatMs: 50 };
const everyone = 'replicas';

/** A group as `proposer` and `acceptor` make it, whose processes have nothing in common but bytes. Syncs take no time. */
export class ByteGroup {
  readonly proposers = ['p1', 'p2', 'p3'];
  readonly acceptors = ['a1', 'a2', 'a3'];
  readonly replies: Reply[] = [];
  /** Kinds of messages and types of records that were understood. */
  readonly understood = new Set<string>();
  passes: (from: Address, to: Address) => boolean = () => true;
  private readonly nodes = new Map<Address, Node>();
  private mail: Mail[] = [];
  private now = 0;
  private incarnations = 0;
  private random = 1;

  constructor() {
    for (const address of [...this.acceptors, ...this.proposers]) this.start(address);
  }

  start(address: Address, disk: Disk = this.nodes.get(address)?.disk ?? { frames: [], snapshots: new Map() }): void {
    const { proposers, acceptors } = this;
    const settings = { self: address, proposers, acceptors, snapshotMiB: 1 };
    const made = this.proposers.includes(address)
      ? proposer(() => new KeyValueStore(keyValueCodec)).make(settings, timing)
      : acceptor().make(settings, timing);
    const node: Node = { ...made, disk, timers: new Map(), inputs: [], up: true };
    this.nodes.set(address, node);
    for (const frame of disk.frames) {
      this.understood.add(`record ${frame.type}`);
      this.step(address, { kind: 'recover', record: paxosRecords.decode(frame), at: this.now });
    }
    const empty = disk.frames.length === 0;
    this.step(address, { kind: 'recovered', tail: 'clean', empty, incarnation: ++this.incarnations, at: this.now });
  }

  startEmpty(address: Address): void {
    this.start(address, { frames: [], snapshots: new Map() });
  }

  crash(address: Address): void {
    const node = this.nodes.get(address)!;
    node.up = false;
    node.timers.clear();
  }

  stop(address: Address): void {
    this.step(address, { kind: 'stopping', at: this.now });
  }

  inspect(address: Address): Readonly<Record<string, unknown>> {
    return this.nodes.get(address)!.actor.inspect();
  }

  get leader(): Address | undefined {
    return this.proposers.find((address) => this.nodes.get(address)!.up && this.inspect(address)['role'] === 'leader');
  }

  /** Somebody outside asks. */
  ask(to: Address, message: Message): void {
    this.say('user', to, message);
  }

  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const timers = [...this.nodes.values()].flatMap((node) => [...node.timers.values()]);
      const next = Math.min(this.mail[0]?.at ?? Infinity, ...timers);
      if (next > end) break;
      this.now = Math.max(this.now, next);
      const first = this.mail[0];
      if (first !== undefined && first.at <= this.now) this.deliver(this.mail.shift()!);
      else this.fire();
    }
    this.now = end;
  }

  say(from: Address, to: Address, message: Message): void {
    const [kind, payload] = [paxosMessages.kindOf(message), paxosMessages.encode(message)];
    const receivers = to === everyone ? [...this.nodes.keys()].filter((name) => name !== from) : [to];
    for (const receiver of receivers) {
      if (this.passes(from, receiver)) this.mail.push({ at: this.now + 1, from, to: receiver, kind, payload });
    }
  }

  /** The receive buffer is another message's soon. */
  private deliver({ from, to, kind, payload }: Mail): void {
    const buffer = Buffer.from(payload);
    const message = paxosMessages.decode(kind, buffer);
    buffer.fill(0xee);
    this.understood.add(kind.split('.')[0]!);
    if (message.kind === 'reply') this.replies.push(message);
    else if (this.nodes.get(to)?.up) this.step(to, { kind: 'receive', from, message, at: this.now });
  }

  private fire(): void {
    for (const [address, { timers }] of this.nodes) {
      for (const [timer, due] of timers) {
        if (due > this.now) continue;
        timers.delete(timer);
        return this.step(address, { kind: 'timeout', timer, at: this.now });
      }
    }
  }

  private step(address: Address, input: Input<V>): void {
    const node = this.nodes.get(address)!;
    node.inputs.push(input);
    if (node.inputs.length > 1) return; // further down in this very call
    while (node.inputs.length > 0) {
      for (const effect of node.actor.step(node.inputs[0]!)) this.execute(address, node, effect);
      node.inputs.shift();
    }
  }

  private execute(address: Address, node: Node, effect: Effect<V>): void {
    const { disk, service, timers, inputs } = node;
    const at = this.now;
    switch (effect.kind) {
      case 'persist': {
        const { type, payload, log } = paxosRecords.encode(effect.record);
        disk.frames.push({ type, payload: Uint8Array.from(Buffer.concat(payload)), log });
        return void inputs.push({ kind: 'persisted', token: effect.token, at });
      }
      case 'send':
        return this.say(address, effect.to, effect.message);
      case 'startTimer': {
        const { minMs, maxMs } = effect.delay;
        this.random = (this.random * 48271) % 2147483647;
        return void timers.set(effect.timer, at + minMs + (this.random / 2147483647) * (maxMs - minMs));
      }
      case 'stopTimer':
        return void timers.delete(effect.timer);
      case 'readLog': {
        const { id, from, through } = effect;
        const frames = disk.frames.filter(({ log }) => log && log.first <= through && log.first + log.count > from);
        return void inputs.push({ kind: 'logRead', id, batches: frames.map(paxosRecords.batchOf), at });
      }
      case 'takeSnapshot': {
        const file = Buffer.concat(framed([...pages(service)]));
        disk.snapshots.set(effect.snapshot.index, file);
        const { id, snapshot } = effect;
        return void inputs.push({ kind: 'snapshotTaken', id, snapshot, sizeBytes: file.length, at });
      }
      case 'stop':
        return this.crash(address);
      default:
        return this.executeTransfer(node, effect);
    }
  }

  private executeTransfer({ disk, service, inputs }: Node, effect: Effect<V>): void {
    const at = this.now;
    switch (effect.kind) {
      case 'readChunk': {
        const { id, snapshot, offset, maxBytes } = effect;
        const file = disk.snapshots.get(snapshot.index);
        const bytes = file?.subarray(offset, offset + maxBytes);
        const chunk = bytes && { snapshot, offset, totalBytes: file!.length, bytes, checksum: 0 };
        return void inputs.push({ kind: 'chunkRead', id, chunk, at });
      }
      case 'writeChunk': {
        const { snapshot, offset, bytes } = effect.chunk;
        const held = disk.snapshots.get(snapshot.index) ?? Buffer.alloc(0);
        const file = held.length === offset ? Buffer.concat([held, bytes]) : held;
        disk.snapshots.set(snapshot.index, file);
        return void inputs.push({ kind: 'chunkWritten', id: effect.id, heldBytes: file.length, at });
      }
      case 'installSnapshot': {
        const ok = install(disk, effect.snapshot, service);
        return void inputs.push({ kind: 'snapshotInstalled', id: effect.id, ok, at });
      }
    }
  }
}

function* pages(service: SnapshotSource): Iterable<Uint8Array> {
  for (let all = service.snapshot(), page = all.next(); !page.done; page = all.next()) yield page.value;
}

function framed(pages: readonly Uint8Array[]): Uint8Array[] {
  return pages.flatMap((page) => [new Uint8Array(Uint32Array.of(page.length).buffer), page]);
}

function install({ snapshots }: Disk, { index }: SnapshotId, service: SnapshotSource): boolean {
  const file = snapshots.get(index);
  if (file === undefined) return false;
  const target = service.restore();
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at);
    target.page(file.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  target.finish();
  return true;
}
