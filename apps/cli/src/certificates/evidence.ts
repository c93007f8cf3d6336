import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GroupKeys } from '@synod/keys';
import { Admin } from '../admin.js';
import { findClusterWith } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere, trust } from '../options.js';
import { publicKeysOf } from './keys.js';
import { verdictOf } from './verify.js';

export const evidence: Command = {
  words: ['evidence'],
  summary: 'which members are proven to be faulty, and the proofs (PBFT)',
  arguments: [],
  options: {
    save: { value: 'DIR', meaning: 'write each proof into a file there, for `synod verify`', complete: 'directory' },
    timeout: { value: 'MS', meaning: 'how long a member may take to answer (default 1000)' },
    ...connection,
    ...trust,
    group: {
      value: 'NAME',
      meaning: 'default: the first group of the local stack whose members sign',
      variable: 'SYNOD_GROUP',
    },
    ...everywhere,
  },
  details: [
    'A member that signs two statements of which a correct one signs only one proves itself to be faulty to whoever has both.' +
      ' Whoever of the others meets both keeps them as a file in its data directory; this asks all members for theirs. No' +
      ' member is believed: each proof is checked here, with the public keys of the group.',
    'Exits with 4 when no member answers. Asks as user admin.',
  ],
  examples: ['evidence', 'evidence --group pbft --save proofs', 'evidence --json'],
  run: runEvidence,
};

/** One proof, whoever has it. */
interface Proof {
  readonly of: string;
  readonly says: string;
  readonly bytes: Uint8Array;
  readonly keptBy: string[];
}

interface Findings {
  readonly proofs: readonly Proof[];
  /** What members called evidence, and why it is none. */
  readonly nothing: readonly string[];
  readonly answered: number;
}

async function runEvidence(call: Call): Promise<ExitCode> {
  const { output } = call;
  const cluster = findClusterWith(call, (protocol) => protocol === 'pbft');
  const keys = publicKeysOf(cluster.keys, cluster.group);
  const timeoutMs = call.values.wholeNumber('timeout', 1000, 1, 60_000);
  const admin = await Admin.connect(call, cluster);
  let found: Findings;
  try {
    found = await gather(admin, cluster, keys, timeoutMs);
  } finally {
    await admin.close();
  }
  if (found.answered === 0) throw new CommandError('noCluster', `no member of group ${cluster.group} answers`);
  const saved = save(call, found.proofs);
  if (output.json) {
    for (const { of, says, keptBy, bytes } of found.proofs)
      output.document({ group: cluster.group, of, says, keptBy, certificate: Buffer.from(bytes).toString('base64') });
  } else tell(call, cluster, found, saved);
  for (const line of found.nothing) output.remark(line);
  return 'ok';
}

async function gather(admin: Admin, cluster: Cluster, keys: GroupKeys, timeoutMs: number): Promise<Findings> {
  const { members } = keys;
  const isComplete = (answers: ReadonlyMap<string, unknown>): boolean => members.every((name) => answers.has(name));
  const answers = await admin.ask(cluster.everyone, 'evidence', {}, isComplete, timeoutMs);
  const proofs = new Map<string, Proof>();
  const nothing: string[] = [];
  for (const [member, answer] of [...answers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const file of filesIn(answer)) {
      const told = await admin.ask(member, 'evidence', { file }, (heard) => heard.has(member), timeoutMs);
      const judged = judge(keys, told.get(member));
      if (typeof judged === 'string') nothing.push(`${file} of ${member} proves nothing: ${judged}`);
      else rememberProof(proofs, judged, member);
    }
  }
  return { proofs: [...proofs.values()], nothing, answered: answers.size };
}

function rememberProof(proofs: Map<string, Proof>, proof: Omit<Proof, 'keptBy'>, member: string): void {
  const name = Buffer.from(proof.bytes).toString('latin1');
  const known = proofs.get(name);
  if (known === undefined) proofs.set(name, { ...proof, keptBy: [member] });
  else if (!known.keptBy.includes(member)) known.keptBy.push(member);
}

/** LIMIT: of one member; it keeps no more, and who lies may say anything. */
const filesMost = 16;

function filesIn(answer: unknown): readonly string[] {
  const { files } = (answer ?? {}) as { readonly files?: unknown };
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string').slice(0, filesMost) : [];
}

/** A proof that holds, or why it is none. */
function judge(keys: GroupKeys, answer: unknown): Omit<Proof, 'keptBy'> | string {
  const { bytes: text, error } = (answer ?? {}) as { readonly bytes?: unknown; readonly error?: unknown };
  if (typeof text !== 'string') return typeof error === 'string' ? error : 'it was not told';
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const verdict = verdictOf(keys, bytes);
  if (!verdict.holds) return verdict.why;
  const { certificate, says } = verdict;
  return certificate.kind === 'equivocation' ? { of: certificate.first.signer, says, bytes } : 'it accuses nobody';
}

function save({ values, directory }: Call, proofs: readonly Proof[]): readonly string[] {
  const wanted = values.text('save');
  if (wanted === undefined) return [];
  try {
    mkdirSync(resolve(directory, wanted), { recursive: true });
    return proofs.map(({ of, bytes }, place) => {
      const path = join(wanted, `${String(place + 1).padStart(2, '0')}-equivocation-of-${of}.cert`);
      writeFileSync(resolve(directory, path), bytes);
      return path;
    });
  } catch (error) {
    throw new CommandError('failed', `the proofs cannot be written: ${(error as Error).message}`);
  }
}

function tell({ output }: Call, { group }: Cluster, { proofs, answered }: Findings, saved: readonly string[]): void {
  if (proofs.length === 0) output.line(`nobody in group ${group} is proven to be faulty, as far as the ${answered} members that answer know`); // prettier-ignore
  for (const [place, { says, keptBy }] of proofs.entries()) {
    output.line(`${says}; kept by ${keptBy.join(', ')}`);
    const path = saved[place];
    if (path !== undefined) output.remark(`certificate: ${path}; check it with: synod verify ${path}`);
  }
}
