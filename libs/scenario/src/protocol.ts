import type { Address, Printer, Vocabulary } from '@synod/actor';
import type { MessageCodec, RecordCodec } from '@synod/actor-host';
import type { Born, DiskTampering, Machine, Witness, World } from '@synod/simulator';

/** `name=value` words of a command; a bare word has the value ''. */
export type Options = ReadonlyMap<string, string>;

/** What a scenario must know of one protocol; everything else is the same for all. */
export interface Protocol<V extends Vocabulary> {
  readonly printer: Printer<V>;
  cluster(members: readonly Address[], options: Options): Cluster<V>;
  /** A client's message that asks for a change, or reads; `text` is what stands between the quotes. */
  request(client: Address, sequence: number, text: string): V['message'];
  read(client: Address, sequence: number, text: string, options: Options): V['message'];
  /** What `state` and `log` say about one replica that is up. */
  state(machine: Machine<V>): string;
  log(machine: Machine<V>): string;
  /** For `judged` scenarios: watches the world and says when something is not true of it. */
  readonly judge?: (world: World<V>) => Witness<V>;
  /** Stands between the stores and their disks, in place of a mistake in them. */
  readonly tamper?: DiskTampering | undefined;
}

export interface Cluster<V extends Vocabulary> {
  readonly multicast: ReadonlyMap<Address, readonly Address[]>;
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  make(address: Address): Born<V>;
  /** What is on a replica's disk at the start, or after `given r1 …`. */
  disk(address: Address, options: Options): readonly V['record'][];
}
