/** What bounds the gateway; all are in the OpenAPI document, for people. */
export const httpLimits = {
  /** A value, and so the body of a PUT. */
  valueBytes: 65_536,
  keyBytes: 1024,
  /** A write-once register's value and key. */
  registerValueBytes: 4096,
  registerKeyBytes: 128,
  /** A transaction of the ledger. */
  ledgerTransactionBytes: 8192,
  /** JSON of a transaction; what it holds must fit the group's 130,000 bytes per operation, too. */
  transactionBytes: 524_288,
  /** Request line and headers. */
  headerBytes: 16_384,
  connections: 1024,
  /** Requests under way, all together. */
  requests: 1024,
  /** Requests under way on one connection, which pipelines. */
  requestsPerConnection: 32,
  /** Bytes of bodies that are being received. */
  bodyBytes: 33_554_432,
  /** Pages that are kept up to date. */
  eventStreams: 64,
} as const;

/** Milliseconds. */
export const httpTimes = {
  /** For headers; and for a whole request, body included. */
  headers: 10_000,
  request: 30_000,
  /** A body of which nothing more comes, whatever it promised: a chunk may claim to have 2^64 bytes. */
  silence: 5000,
  /** A connection without a request. */
  keepAlive: 30_000,
  /** A connection on which nothing moves: the reader of an answer hangs. Above any `timeout_ms`. */
  idle: 65_000,
  /** How often Node looks for requests that are too slow. */
  check: 1000,
  /** After an answer to a request whose body is not wanted, so that the caller can read it before the connection closes. */
  linger: 500,
} as const;

export type HttpTimes = { readonly [Name in keyof typeof httpTimes]: number };
