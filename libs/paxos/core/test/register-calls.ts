import { Group, bytes, text } from './group.js';

// Registers of a group as its clients see them.

export function decide(group: Group, to: string, key: string, value: string | undefined, sequence: number): void {
  const wished = value === undefined ? undefined : bytes(value);
  group.tell('user', to, { kind: 'decide', client: 'c', sequence, key, value: wished });
}

/** What was said to this request. */
export function answer(group: Group, asked: number): string | undefined {
  const said = group.replies.find(({ sequence }) => sequence === asked)?.answer;
  if (said?.kind === 'refused') return said.reason;
  return said?.kind === 'decided' && said.value !== undefined ? text(said.value) : undefined;
}

/** Three registers, which is all; the first one does not get to whom `passes` keeps it from. */
export function filled(passes: Group['passes']): Group {
  const group = new Group({ acceptorLimits: { registers: 3, registerPromises: 2 } });
  group.run(3000);
  group.passes = passes;
  decide(group, 'p2', 'k1', 'V1', 1);
  group.run(500);
  group.passes = () => true;
  decide(group, 'p2', 'k2', 'V2', 2);
  decide(group, 'p2', 'k3', 'V3', 3);
  group.run(500);
  return group;
}
