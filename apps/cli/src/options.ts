import type { Options } from './command.js';

/** Every command has these. */
export const everywhere: Options = {
  json: { meaning: 'one JSON document; of a stream, one per line' },
  help: { meaning: 'this', short: 'h' },
};

/** Where the cluster is, and as whom to speak. Without them the running local stack answers. */
export const connection: Options = {
  nats: { value: 'URL', meaning: 'NATS servers, separated by commas', variable: 'SYNOD_NATS_URL' },
  cluster: { value: 'NAME', meaning: 'first part of every subject (default local)', variable: 'SYNOD_CLUSTER' },
  credentials: {
    value: 'DIR',
    meaning: 'directory with <user>.json, as `synod identities init` writes it',
    variable: 'SYNOD_CREDENTIALS',
    complete: 'directory',
  },
  user: { value: 'NAME', meaning: 'whose credentials to use there', variable: 'SYNOD_USER' },
  ca: {
    value: 'FILE',
    meaning: 'TLS: certificate (PEM) of the authority of the NATS servers',
    variable: 'SYNOD_NATS_CA_FILE',
    complete: 'file',
  },
  cert: {
    value: 'FILE',
    meaning: 'TLS: certificate (PEM) to show, where servers demand one',
    variable: 'SYNOD_NATS_CERT_FILE',
    complete: 'file',
  },
  key: { value: 'FILE', meaning: 'TLS: its key (PEM)', variable: 'SYNOD_NATS_KEY_FILE', complete: 'file' },
};

export const trust: Options = {
  trust: {
    value: 'DIR',
    meaning: 'directory with the keys of groups whose members sign, as `synod keys init` writes it',
    variable: 'SYNOD_KEYS',
    complete: 'directory',
  },
};

export const group: Options = {
  group: { value: 'NAME', meaning: 'default: the first group of the local stack, or raft', variable: 'SYNOD_GROUP' },
};

/** For what concerns all groups unless one is named. */
export const onlyGroup: Options = {
  group: { value: 'NAME', meaning: 'only this group (default: all of the local stack)', variable: 'SYNOD_GROUP' },
};

export const timeout: Options = {
  timeout: { value: 'MS', meaning: 'give up after so many milliseconds (default 5000)' },
};

export const traces: Options = {
  traces: {
    value: 'URL',
    meaning: "the local stack's trace store, or a Jaeger query service",
    variable: 'SYNOD_TRACES_URL',
  },
};

/** What commands on keys have in common. */
export const keyValue: Options = { ...connection, ...trust, ...group, ...timeout };

export const readLevel: Options = {
  stale: { meaning: 'ask any replica, which may be behind; the index and age of its state are told' },
  'max-age': {
    value: 'MS',
    meaning: 'with --stale: only a state that held, so long ago at most, all that was done',
  },
};
