import { parseArgs } from 'node:util';

export interface LauncherOptions {
  /** Undefined: as at the last start, else 3. */
  readonly replicas: number | undefined;
  readonly fresh: boolean;
  readonly demo: boolean;
  readonly directory: string;
}

export const usage = `npm start -- [options]

  --replicas N   Raft replicas, 1 to 9, odd is best (default 3; kept from the last start unless --fresh)
  --fresh        forget all data of the last start
  --demo         write, read, stop a leader, write, partition and heal, show each round, stop
  --help         this

Data, logs and credentials are in .synod/ of the checkout.`;

/** Throws an Error that says what would be right. */
export function parseOptions(args: readonly string[], directory: string): LauncherOptions | 'help' {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        replicas: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
  if (values.help) return 'help';
  const replicas = values.replicas === undefined ? undefined : Number(values.replicas);
  if (replicas !== undefined && !(Number.isInteger(replicas) && replicas >= 1 && replicas <= 9)) {
    throw new Error(`--replicas ${values.replicas}: must be a whole number from 1 to 9\n\n${usage}`);
  }
  return { replicas, fresh: values.fresh, demo: values.demo, directory };
}
