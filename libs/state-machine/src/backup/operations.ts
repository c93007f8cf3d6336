/** Who may save and restore: the admin, whose name the broker or his signature vouches for. Nothing else of a state is open to him. */
export const administrator = 'admin';

/** Saves or restores a state. Executed in log order. */
export type BackupOperation = Freeze | Thaw | Begin | Load | Finish | Abandon;

/** Asks for the frozen state, or how far a restoration is. */
export type BackupQuery = AskImage | AskPage | AskRestoration;

/**
 * Keeps the state as it is at this place of the log, for whoever asks for its pages. It changes nothing of the state, and is
 * answered as every version answers what it does not know: members of two versions stay equal.
 */
export interface Freeze {
  readonly kind: 'freeze';
}

/** Nobody needs the image of this position any more. Answered as `Freeze` is. */
export interface Thaw {
  readonly kind: 'thaw';
  readonly position: number;
}

/** An empty group is to become what was saved. */
export interface Begin {
  readonly kind: 'begin';
  /** Of what was saved: a hash of all of it. */
  readonly id: Uint8Array;
  /** No revision in it is higher; those to come are. */
  readonly revision: number;
  readonly pages: number;
}

export interface Load {
  readonly kind: 'load';
  readonly id: Uint8Array;
  /** From 0. */
  readonly number: number;
  readonly page: Uint8Array;
}

/** All pages are there: the group has the state from here on. */
export interface Finish {
  readonly kind: 'finish';
  readonly id: Uint8Array;
  /** Of the state that was saved. Members of earlier versions told none: what is loaded is believed then. */
  readonly hash?: string;
}

/** The group is empty again. */
export interface Abandon {
  readonly kind: 'abandon';
  readonly id: Uint8Array;
}

export interface AskImage {
  readonly kind: 'image';
  readonly position: number;
}

export interface AskPage {
  readonly kind: 'page';
  readonly position: number;
  readonly number: number;
}

export interface AskRestoration {
  readonly kind: 'restoration';
}

export type BackupResult = Image | Page | End | Later | RestorationStatus | BackupError;

/** What is frozen. */
export interface Image {
  readonly kind: 'image';
  readonly position: number;
  /** Of store and ledger. */
  readonly hash: string;
  readonly keys: number;
  readonly blocks: number;
  /** No revision is higher. */
  readonly revision: number;
}

export interface Page {
  readonly kind: 'page';
  readonly bytes: Uint8Array;
}

/** There are so many pages, and none of that number. */
export interface End {
  readonly kind: 'end';
  readonly pages: number;
}

/** Not yet: this member has not been asked for the pages before it. Ask again. */
export interface Later {
  readonly kind: 'later';
}

export interface RestorationStatus {
  readonly kind: 'restoration';
  /** `used`: something was executed in the group, and nothing was ever restored into it. */
  readonly phase: 'empty' | 'used' | 'loading' | 'restored';
  /** Of what is or was restored; empty when nothing is. */
  readonly id: Uint8Array;
  /** The page that comes next. */
  readonly next: number;
  readonly pages: number;
  /** Of store and ledger. */
  readonly hash: string;
}

/** Nothing was changed, unless it says so. */
export interface BackupError {
  readonly kind: 'error';
  readonly code: BackupErrorCode;
}

/**
 * `notAllowed`: not the admin. `noImage`: this member keeps no image of that position. `notEmpty`: the group has keys or blocks, or had.
 * `another`: something else is being restored, or was. `notBegun`: nothing is being restored. `notNext`: another page comes first.
 * `damaged`: what was loaded is no state; the group is empty again. `notWhole`: pages are missing.
 * `differs`: what was loaded has another hash than was told, or revisions above; the group is empty again.
 */
export type BackupErrorCode =
  | 'malformed'
  | 'unknown'
  | 'notAllowed'
  | 'noImage'
  | 'notEmpty'
  | 'another'
  | 'notBegun'
  | 'notNext'
  | 'damaged'
  | 'notWhole'
  | 'differs';

/** What bounds saving and restoring; part of what replicas must agree on, so not configurable. */
export const backupLimits = {
  idBytes: 32,
  /** Of one page: `SnapshotSource` says so. */
  pageBytes: 65_536,
  /** 64 GiB. */
  pages: 1 << 20,
  /** Half of what a number can be: what is added to it are positions of a log. */
  revision: 2 ** 52,
} as const;

/** How operations become bytes. Decoders throw on anything malformed and give undefined for a kind they do not know. */
export interface BackupCodec {
  isBackups(bytes: Uint8Array): boolean;
  /** What it gives may be views of the bytes. */
  decodeOperation(bytes: Uint8Array): BackupOperation | undefined;
  decodeQuery(bytes: Uint8Array): BackupQuery | undefined;
  encodeResult(result: BackupResult): Uint8Array;
}
