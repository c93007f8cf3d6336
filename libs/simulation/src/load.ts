import type { Swarm, WorkloadOptions } from '@synod/simulator';

/** What clients do. */
export type Load = Pick<
  WorkloadOptions,
  'clients' | 'workers' | 'keys' | 'multiKey' | 'timeoutsMs' | 'thinkMs' | 'pace'
>;

/** Two hundred of three clients in twenty seconds. */
const operationsPerClientSecond = 200 / 3 / 20;

/** Few keys, so that clients meet; fewer still where their histories are judged together. */
export function loadOf({ clients, multiKey, thinkMs, virtualMs }: Swarm): Load {
  return {
    clients: Array.from({ length: clients }, (_, i) => `c${i + 1}`),
    workers: 2,
    keys: multiKey ? ['a', 'k1', 'k2'] : ['a', 'b', 'k1', 'k2', 'k3'],
    multiKey,
    timeoutsMs: [150, 1000, 5000],
    thinkMs,
    pace: { operations: Math.ceil((operationsPerClientSecond * clients * virtualMs) / 1000), withinMs: virtualMs },
  };
}
