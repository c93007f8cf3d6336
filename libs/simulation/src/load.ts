import type { Swarm, WorkloadOptions } from '@synod/simulator';

/** What clients do. */
export type Load = Pick<WorkloadOptions, 'clients' | 'workers' | 'keys' | 'multiKey' | 'timeoutsMs' | 'thinkMs'>;

/** Few keys, so that clients meet; fewer still where their histories are judged together. */
export function loadOf({ clients, multiKey, thinkMs }: Swarm): Load {
  return {
    clients: Array.from({ length: clients }, (_, i) => `c${i + 1}`),
    workers: 2,
    keys: multiKey ? ['a', 'k1', 'k2'] : ['a', 'b', 'k1', 'k2', 'k3'],
    multiKey,
    timeoutsMs: multiKey ? [5000] : [150, 1000, 5000],
    thinkMs,
  };
}
