import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectionReason as PaxosReason, Event as PaxosEvent } from '@synod/paxos-core';
import { roundOf as pbftRoundOf } from '@synod/pbft-core';
import type { Event as PbftEvent } from '@synod/pbft-core';
import type { ElectionReason as RaftReason, Event as RaftEvent } from '@synod/raft-core';
import { causes } from '@synod/telemetry';

// What `synod.cause` may be is one table, which the cores' types, and the READMEs, are held to.

type Causes = typeof causes;
type Why<E, K extends string> = E extends { readonly kind: K; readonly why: infer W } ? W : never;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

/** Compiled only if the table has exactly what the cores' events may say. */
export const same: readonly true[] = [
  true satisfies Same<keyof Causes['raft.election'], RaftReason>,
  true satisfies Same<keyof Causes['paxos.phase1'], PaxosReason>,
  true satisfies Same<keyof Causes['raft.state_transfer'], Why<RaftEvent, 'catchingUp' | 'snapshotReceiving'>>,
  true satisfies Same<keyof Causes['paxos.state_transfer'], Why<PaxosEvent, 'catchingUp' | 'snapshotFetching'>>,
  true satisfies Same<keyof Causes['pbft.state_transfer'], Why<PbftEvent, 'transferBegan' | 'snapshotFetching'>>,
];

type Started = Extract<PbftEvent, { kind: 'viewChangeStarted' }>;

/** A record lists every member of a union, or is not compiled. */
const reasons: Record<Started['why'], true> = { complaints: true, equivocation: true, abdication: true, joined: true, timeout: true }; // prettier-ignore
const grievances: Record<NonNullable<Started['grievance']>, true> = { silent: true, slow: true, stopping: true, recovering: true, leftAlone: true }; // prettier-ignore
const keys = <K extends string>(record: Record<K, true>): readonly K[] => Object.keys(record) as K[];

test('a view change has the causes of the table and no other', () => {
  const told = keys(reasons).flatMap((why) =>
    [undefined, ...keys(grievances)].map((grievance) =>
      pbftRoundOf({ kind: 'viewChangeStarted', view: 1, why, grievance, request: undefined }),
    ),
  );
  const said = told.map((fact) => (fact?.part === 'campaigned' ? fact.why : undefined));
  expect([...new Set(said)].sort()).toEqual(Object.keys(causes['pbft.view_change']).sort());
});

test.each(Object.entries(causes))('the README lists the causes of %s', (span, known) => {
  const [protocol] = span.split('.');
  const readme = readFileSync(join(__dirname, '../../../libs', protocol!, 'README.md'), 'utf8');
  const table = readme.split(`| \`synod.cause\` of \`${span}\` |`)[1]!.split('\n\n')[0]!;
  const rows = Array.from(table.matchAll(/^\| `(\w+)` \| (.+) \|$/gm), ([, cause, means]) => [cause, means]);
  expect(rows).toEqual(Object.entries(known));
});
