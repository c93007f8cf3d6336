import type {
  BackupCodec,
  BackupOperation,
  BackupQuery,
  BatchCodec,
  KeyValueCodec,
  LedgerCodec,
  LedgerOperation,
  LedgerQuery,
  Operation,
  Query,
  Result,
  SessionBatch,
} from '../src/index.js';

/** Codecs for tests of this project, which knows no protobuf: JSON with bytes as hexadecimal text, and binary puts. */
export function toJson(value: unknown): Uint8Array {
  // Not the second argument: buffers have turned into something else by then.
  const text = JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, name: string, inner: unknown) {
    return ArrayBuffer.isView(this[name]) ? { hex: hexOf(this[name] as Uint8Array) } : inner;
  });
  return Buffer.from(text);
}

export function fromJson<T>(bytes: Uint8Array): T {
  return JSON.parse(Buffer.from(bytes).toString(), (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && 'hex' in inner
      ? new Uint8Array(Buffer.from(inner.hex as string, 'hex'))
      : inner,
  ) as T;
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A put as three lengths and bytes; marked by its first byte, which no JSON begins with. */
export function binaryPut(key: Uint8Array, value: Uint8Array): Uint8Array {
  return Uint8Array.from([0xff, key.length >> 8, key.length & 0xff, ...key, ...value]);
}

export const jsonCodec: KeyValueCodec = {
  readPut(operation, place) {
    if (operation[0] !== 0xff || operation.length < 3) return false;
    const keyEnd = 3 + operation[1]! * 256 + operation[2]!;
    if (keyEnd > operation.length) return false;
    place.keyStart = 3;
    place.keyEnd = place.valueStart = keyEnd;
    place.valueEnd = operation.length;
    return true;
  },
  decodeOperation(bytes) {
    const operation = fromJson<Operation | { kind: 'future' }>(bytes);
    if (!['put', 'delete', 'compareAndSet', 'transaction', 'future'].includes(operation.kind))
      throw new Error('malformed');
    return operation.kind === 'future' ? undefined : operation;
  },
  decodeQuery: (bytes) => fromJson<Query>(bytes),
  encodeResult: toJson,
};

/** The ledger's are JSON behind a byte that none begins with. */
export const ofLedger = (value: unknown): Uint8Array => Uint8Array.from([0xfe, ...toJson(value)]);

export const jsonLedgerCodec: LedgerCodec = {
  isLedgers: (bytes) => bytes[0] === 0xfe,
  decodeOperation(bytes) {
    const operation = fromJson<LedgerOperation | { kind: 'future' }>(bytes.subarray(1));
    if (operation.kind === 'future') return undefined;
    if (operation.kind === 'submit' ? ArrayBuffer.isView(operation.data) : operation.kind === 'cut') return operation;
    throw new Error('malformed');
  },
  decodeQuery(bytes) {
    const query = fromJson<LedgerQuery>(bytes.subarray(1));
    if (query.kind !== 'head' && query.kind !== 'blocks') throw new Error('malformed');
    return query;
  },
  encodeResult: toJson,
};

/** Those of backups are JSON behind another byte that none begins with. */
export const ofBackup = (value: unknown): Uint8Array => Uint8Array.from([0xfd, ...toJson(value)]);

export const jsonBackupCodec: BackupCodec = {
  isBackups: (bytes) => bytes[0] === 0xfd,
  decodeOperation: (bytes) => fromJson<BackupOperation>(bytes.subarray(1)),
  decodeQuery: (bytes) => fromJson<BackupQuery>(bytes.subarray(1)),
  encodeResult: toJson,
};

export const jsonBatches: BatchCodec = {
  decodeRequest: (bytes) => fromJson<SessionBatch>(bytes),
  decodeQueries: (bytes) => fromJson<Uint8Array[]>(bytes),
  encodeResults: (results) => toJson({ results }),
  encodeSessionError: (error, openFrom) => toJson({ error, openFrom }),
};

export function resultOf(bytes: Uint8Array): Result {
  return fromJson<Result>(bytes);
}
