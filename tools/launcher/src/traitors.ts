import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { traitorsMost, withTraitors } from '@synod/topology';
import type { GroupPlan } from '@synod/topology';
import type { Wanted } from './layout.js';

/**
 * These groups, with traitors among their members. What a traitor signed it may not know of when it is honest again: so who was one
 * in these data counts, too. Throws for members that there are not, and for more traitors than a group bears.
 */
export function betrayed(
  plans: readonly GroupPlan[],
  { traitors = new Map(), force = false }: Pick<Wanted, 'traitors' | 'force'>,
  former: ReadonlySet<string>,
): readonly GroupPlan[] {
  for (const name of traitors.keys()) requireMember(plans, name);
  return plans.map((plan) => {
    const named = [...traitors].filter(([name]) => isIn(plan, name));
    const group = withTraitors(plan, new Map(named));
    if (!force) requireFew(plan, new Set(traitors.keys()), former);
    return group;
  });
}

function isIn({ services }: GroupPlan, name: string): boolean {
  return services.some((service) => service.name === name);
}

function requireMember(plans: readonly GroupPlan[], name: string): void {
  if (plans.some((plan) => isIn(plan, name))) return;
  const possible = plans.filter((plan) => traitorsMost(plan) > 0).flatMap(({ services }) => services);
  const those = possible.length === 0 ? 'nobody' : possible.map((service) => service.name).join(', ');
  throw new Error(
    `--byzantine ${name}: there is no such member in the groups that are started; who can lie there: ${those}`,
  );
}

function requireFew(plan: GroupPlan, now: ReadonlySet<string>, former: ReadonlySet<string>): void {
  const names = plan.services.map(({ name }) => name);
  const liars = names.filter((name) => now.has(name) || former.has(name));
  const most = traitorsMost(plan);
  if (liars.length <= most) return;
  const before = liars.filter((name) => !now.has(name));
  const why = before.length > 0 ? ` (${before.join(', ')} lied before, in the same data: --fresh forgets them)` : '';
  throw new Error(
    `${liars.join(', ')} would be ${liars.length} liars of ${names.length}, and group ${plan.name} bears ${most}${why}; --force starts them all the same`,
  );
}

const fileIn = (directory: string): string => join(directory, 'data', 'traitors');

/** Who ever was one in these data. */
export function formerTraitors(directory: string): ReadonlySet<string> {
  const path = fileIn(directory);
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);
}

/** Before any of them is started. */
export function rememberTraitors(directory: string, traitors: Iterable<string>): void {
  const all = new Set([...formerTraitors(directory), ...traitors]);
  if (all.size > 0) writeFileSync(fileIn(directory), [...all].map((name) => `${name}\n`).join(''));
}
