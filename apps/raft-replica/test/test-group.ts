import { ProcessGroup } from '@synod/process-group';

/** A group that takes faults, at a broker that knows somebody who means no good, and somebody who listens. */
export function startGroup(
  environment: Readonly<Record<string, string>> = {},
  program = 'apps/raft-replica/src/main.ts',
): Promise<ProcessGroup> {
  return ProcessGroup.start({
    program,
    environment: { SYNOD_FAULTS: '1', ...environment },
    identities: [
      { role: 'client', name: 'mallory' },
      { role: 'gateway', name: 'gateway' },
      { role: 'observer', name: 'observer' },
    ],
  });
}
