import { parseArgs } from 'node:util';

export const usage = `npm start -- [options]

  --groups LIST  only these groups, separated by commas: raft, paxos, pbft (default: all)
  --replicas N   Raft replicas, 1 to 9, odd is best (default 3; kept from the last start unless --fresh)
  --fresh        forget all data of the last start
  --demo         in each group write, read, kill whoever leads, go on, disturb more, show each round; stop
  --help         this

Data, logs and credentials are in .synod/ of the checkout, or in SYNOD_DIRECTORY. NATS_URL (nats://host:port) names a broker
that runs already, instead of one of our own.`;

/** What is wrong with the call, and what would be right. */
export class UsageError extends Error {}

/** The same as in src/groups.ts, which is not built yet. */
export const groupNames = ['raft', 'paxos', 'pbft'];

/** Looked at before anything is installed or built. `replicas` undefined: as at the last start, else 3. */
export function parseOptions(args, environment) {
  requireBrokerUrl(environment.NATS_URL);
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        groups: { type: 'string' },
        replicas: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
  const { fresh, demo, help } = values;
  const replicas = values.replicas === undefined ? undefined : Number(values.replicas);
  if (replicas !== undefined && !(Number.isInteger(replicas) && replicas >= 1 && replicas <= 9)) {
    throw new UsageError(`--replicas ${values.replicas}: must be a whole number from 1 to 9\n\n${usage}`);
  }
  return { groups: groupsIn(values.groups), replicas, fresh, demo, help };
}

function groupsIn(list) {
  if (list === undefined) return undefined;
  const groups = list.split(',').map((name) => name.trim());
  const unknown = groups.filter((name) => !groupNames.includes(name));
  if (unknown.length === 0) return groups;
  throw new UsageError(`--groups ${list}: there is no ${unknown.join(', ')}, but ${groupNames.join(', ')}\n\n${usage}`);
}

function requireBrokerUrl(url) {
  if (!url || (URL.canParse(url) && /^nats:$/.test(new URL(url).protocol))) return;
  throw new UsageError(`NATS_URL=${JSON.stringify(url)}: must be like nats://127.0.0.1:4222`);
}
