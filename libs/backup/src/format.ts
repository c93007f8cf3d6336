/*
 * A file: "SYNODSNP", the format's version, the header behind its length, records, and SHA-256 over all of that. A record is its
 * kind, its length, and so many bytes. Numbers are big-endian, of four bytes.
 *
 *   page      one of a snapshot of store and ledger, in their order
 *   register  length of the key (one byte), key, value
 *   end       how many pages and registers there are; nothing comes after it but the hash
 */
export const magic = Buffer.from('SYNODSNP', 'latin1');
export const formatVersion = 1;
export const hashBytes = 32;
/** Of everything before the header's bytes. */
export const leadBytes = magic.length + 8;
export const headerMost = 65_536;
export const recordLeadBytes = 5;
export const endBytes = 8;

export const kinds = { page: 1, register: 2, end: 3 } as const;
/** Of each kind of record, by number. */
export const recordMost: Readonly<Record<number, number>> = {
  [kinds.page]: 65_536,
  [kinds.register]: 1 + 255 + 131_072,
  [kinds.end]: endBytes,
};

/** What a file says of itself. */
export interface BackupHeader {
  readonly protocol: string;
  readonly group: string;
  readonly cluster: string;
  /** The group's own number, or the epoch of its keys: another group of the same name has another one. */
  readonly clusterId: string;
  /** The place of the log at which the state was as it is here. */
  readonly position: number;
  /** No revision in it is higher. */
  readonly revision: number;
  /** Of store and ledger. */
  readonly stateHash: string;
  readonly keys: number;
  readonly blocks: number;
  /** When it was saved, by the clock of whoever did: ISO 8601. */
  readonly savedAt: string;
  /** Of the command that saved it. */
  readonly version: string;
}

/** The file is not one of these, or not whole. The message says so in one sentence that begins with what is wrong. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}

const texts = ['protocol', 'group', 'cluster', 'clusterId', 'stateHash', 'savedAt', 'version'] as const;
const numbers = ['position', 'revision', 'keys', 'blocks'] as const;
const textMost = 256;

export function encodeHeader(header: BackupHeader): Buffer {
  const named = [...texts, ...numbers].map((name) => [name, header[name]] as const);
  const bytes = Buffer.from(JSON.stringify(Object.fromEntries(named)));
  const lead = Buffer.alloc(leadBytes);
  magic.copy(lead);
  lead.writeUInt32BE(formatVersion, magic.length);
  lead.writeUInt32BE(bytes.length, magic.length + 4);
  return Buffer.concat([lead, bytes]);
}

/** Fields that it does not know are left out. */
export function decodeHeader(bytes: Uint8Array): BackupHeader {
  let said: Readonly<Record<string, unknown>>;
  try {
    said = JSON.parse(Buffer.from(bytes).toString()) as Readonly<Record<string, unknown>>;
  } catch {
    throw new BackupFileError('its header is damaged');
  }
  const isText = (name: string): boolean => typeof said[name] === 'string' && said[name].length <= textMost;
  const isNumber = (name: string): boolean => Number.isSafeInteger(said[name]) && (said[name] as number) >= 0;
  const isSound = typeof said === 'object' && said !== null && texts.every(isText) && numbers.every(isNumber);
  if (!isSound) throw new BackupFileError('its header is damaged');
  return Object.fromEntries([...texts, ...numbers].map((name) => [name, said[name]])) as unknown as BackupHeader;
}
