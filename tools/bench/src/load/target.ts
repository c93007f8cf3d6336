/** What a load is put on: one client of one store. */
export interface Target {
  /** A read sees every write that was acknowledged before it began. */
  readonly linearizable: boolean;
  /** Resolves when the store has acknowledged the write. The bytes may be reused when the call returns. */
  put(key: string, value: Uint8Array): Promise<void>;
  /** The value, or undefined when there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** How a load process reaches its store. */
export type TargetSettings =
  | ({ readonly kind: 'synod' | 'singly' | 'foreign' } & GroupAddress)
  | { readonly kind: 'etcd'; readonly endpoints: readonly string[]; readonly pack: number }
  | { readonly kind: 'jetstream'; readonly servers: string; readonly bucket: string };

export interface GroupAddress {
  readonly servers: string;
  readonly cluster: string;
  readonly group: string;
  /** The file with user and key. */
  readonly credentials: string;
  /** The directory with the keys of a group whose members sign. */
  readonly keys: string;
}

export interface LoadSettings {
  readonly target: TargetSettings;
  /** Three characters that nobody else's keys begin with. */
  readonly prefix: string;
}
