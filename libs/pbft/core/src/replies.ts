import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { bytesOfDigests } from './digests.js';
import { fields } from './history.js';
import { requestDigest } from './batch.js';
import type { Cryptography } from './cryptography.js';
import type { Executed } from './execution.js';
import type { Recalled } from './service.js';
import type { Pbft } from './state.js';
import type { Command, Digest, Sequence, Signed } from './statements.js';

/** An answer and whom it is for; `asked` is the digest of what was asked. */
export interface Answer {
  readonly to: Address;
  readonly client: string;
  readonly session: number;
  readonly sequence: number;
  readonly asked: Digest;
  readonly results: Uint8Array;
  readonly index: number;
  readonly ageMs: number;
}

/**
 * "The replicas send a reply to the client with the format ⟨REPLY, v, t, c, i, r⟩": all those of a batch under one signature,
 * because a signature costs more than an answer. What is committed needs no disk of ours to be true.
 *
 * What a query is told may depend on the life that is asked, which may have an image of the state at hand that a later one has not: whoever
 * executes the batch again after a restart must not contradict itself by that.
 *
 * @paper PBFT §4.1
 */
export function answerBatch(pbft: Pbft, sequence: Sequence, executed: readonly Executed[]): void {
  if (!pbft.votes) return;
  const isQuery = ({ signed }: Executed): boolean => signed.statement.holds === 'queries';
  sendAnswers(pbft, sequence, true, executed.filter((each) => !isQuery(each)).map(answerTo));
  sendAnswers(pbft, sequence, false, executed.filter(isQuery).map(answerTo));
}

/** To a request that was executed before (§4.1). */
export function answerAtOnce(pbft: Pbft, signed: Signed<Command>, { results, index }: Recalled): void {
  if (!pbft.votes) return;
  const asked = requestDigest(pbft.cryptography, signed);
  sendAnswers(pbft, pbft.executed.sequence, false, [answerTo({ asked, signed, results, index })]);
}

function answerTo({ asked, signed, results, index }: Executed): Answer {
  const { client, session, sequence } = signed.statement;
  return { to: signed.signer, client, session, sequence, asked, results, index, ageMs: 0 };
}

export function sendAnswers(pbft: Pbft, sequence: Sequence, whole: boolean, answers: readonly Answer[]): void {
  if (answers.length === 0) return;
  const leaves = answers.map((answer) => leafOf(pbft.cryptography, answer));
  const tree = treeOf(pbft.cryptography, leaves);
  const claim = { type: 'replies', view: pbft.view, sequence, whole, count: leaves.length, root: tree.root } as const;
  const signed = pbft.cryptography.sign(claim);
  for (const [place, { to, client, session, sequence: asked, results, index, ageMs }] of answers.entries()) {
    const answer = { kind: 'results', results, index, ageMs, signed, place, path: tree.pathOf(place) } as const;
    pbft.out.send(to, { kind: 'reply', client, session, sequence: asked, answer }, none);
  }
}

/** What one answer says: to this very request, at this position, these results. */
export function leafOf(
  cryptography: Cryptography,
  { asked, index, results }: Pick<Answer, 'asked' | 'index' | 'results'>,
): Digest {
  return cryptography.digest(fields('answer', [index]), bytesOfDigests([asked]), results);
}

/** What a read is known by in its answer; a request is known by its own digest. */
export function digestOfRead(cryptography: Cryptography, queries: Uint8Array): Digest {
  return cryptography.digest(fields('read', []), queries);
}

interface Tree {
  readonly root: Digest;
  /** The neighbours on the way to the root, lowest first. */
  pathOf(place: number): readonly Digest[];
}

/** A binary tree of digests; who has no neighbour goes up as it is. */
export function treeOf(cryptography: Cryptography, leaves: readonly Digest[]): Tree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    const below = level;
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, place) => {
      const right = below[2 * place + 1];
      return right === undefined ? below[2 * place]! : joined(cryptography, below[2 * place]!, right);
    });
  }
  return {
    root: levels.at(-1)![0]!,
    pathOf(place) {
      const path: Digest[] = [];
      for (const [height, level] of levels.entries()) {
        const neighbour = level[(place >> height) ^ 1];
        if (neighbour !== undefined) path.push(neighbour);
      }
      return path;
    },
  };
}

/** Where a leaf's path leads; undefined when it is not the path of that place in a tree of so many leaves. */
export function rootFrom(
  cryptography: Cryptography,
  leaf: Digest,
  place: number,
  count: number,
  path: readonly Digest[],
): Digest | undefined {
  if (place >= count) return undefined;
  let digest = leaf;
  let used = 0;
  for (let at = place, size = count; size > 1; at >>= 1, size = Math.ceil(size / 2)) {
    if ((at ^ 1) >= size) continue;
    const neighbour = path[used++];
    if (neighbour === undefined) return undefined;
    digest = at % 2 === 0 ? joined(cryptography, digest, neighbour) : joined(cryptography, neighbour, digest);
  }
  return used === path.length ? digest : undefined;
}

function joined(cryptography: Cryptography, left: Digest, right: Digest): Digest {
  return cryptography.digest(fields('answers', []), bytesOfDigests([left, right]));
}
