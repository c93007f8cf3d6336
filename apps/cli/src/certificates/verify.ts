import { resolve } from 'node:path';
import { sha256, verifyEd25519 } from '@synod/keys';
import type { GroupKeys } from '@synod/keys';
import { Group, defaultLimits } from '@synod/pbft-core';
import { verifyCertificate } from '@synod/pbft-wire';
import type { Verdict } from '@synod/pbft-wire';
import type { Call, Command } from '../command.js';
import { usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, trust } from '../options.js';
import { readRegularFile } from '../regular-file.js';
import { publicKeys } from './keys.js';

/** LIMIT: far above any certificate. */
const mostBytes = 64 * 1024 * 1024;

export const verify: Command = {
  words: ['verify'],
  summary: 'check offline what a certificate proves',
  arguments: [{ name: 'FILE', meaning: 'as `put --certificate FILE` writes it, or a replica that found a traitor' }],
  options: {
    group: { value: 'NAME', meaning: 'whose keys to check with (default: whichever of those there are fits)' },
    ...trust,
    ...everywhere,
  },
  details: [
    'A certificate is made of statements that members signed: that a request was answered so, that a batch prepared, that a' +
      ' checkpoint or a snapshot is agreed on, that a view began rightly, or that a member contradicted itself. It is checked' +
      ' with the public keys only: no cluster is asked. Exits with 1 when it proves nothing.',
    'Of an answer it says what was asked, what was answered, and at which position in the order of all requests: an old answer' +
      ' is as right as it was then. Compare the position with one that you know of.',
  ],
  examples: ['verify answer.cert', 'verify answer.cert --trust deploy/keys --group pbft --json'],
  run: (call) => Promise.resolve(runVerify(call)),
};

function runVerify(call: Call): ExitCode {
  const { output } = call;
  const bytes = contentOf(resolve(call.directory, call.arguments[0] ?? ''));
  const all = publicKeys(call);
  const verdicts = all.map((group) => ({ group: group.group, epoch: group.epoch, verdict: verdictOf(group, bytes) }));
  const found = verdicts.find(({ verdict }) => verdict.holds) ?? verdicts[0]!;
  const { group, epoch, verdict } = found;
  if (output.json) output.document({ group, epoch, holds: verdict.holds, ...sentence(verdict) });
  else if (verdict.holds) output.line(`holds in group ${group}: ${verdict.says}`);
  else for (const one of verdicts) output.remark(`proves nothing in group ${one.group}: ${whyOf(one.verdict)}`);
  return verdict.holds ? 'ok' : 'failed';
}

export function verdictOf({ cluster, group, epoch, members, ...keys }: GroupKeys, bytes: Uint8Array): Verdict {
  const domain = { cluster, group, epoch };
  const { logSize } = defaultLimits;
  const parts = { domain, group: new Group(members), logSize, keys, sha256, verify: verifyEd25519 };
  return verifyCertificate(parts, bytes);
}

function sentence(verdict: Verdict): object {
  if (!verdict.holds) return { why: verdict.why };
  const { certificate, says, told } = verdict;
  const results = certificate.kind === 'reply' && {
    ...told,
    results: Buffer.from(certificate.results).toString('base64'),
  };
  return { kind: certificate.kind, says, ...results };
}

function whyOf(verdict: Verdict): string {
  return verdict.holds ? '' : verdict.why;
}

function contentOf(path: string): Uint8Array {
  try {
    return readRegularFile(path, mostBytes);
  } catch (error) {
    throw usageError(`cannot read ${path}: ${(error as Error).message}`);
  }
}
