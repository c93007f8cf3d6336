import { parseArgs } from 'node:util';

export const usage = `npm start -- [options]

  --groups LIST  only these groups, separated by commas: raft, paxos, pbft (default: all)
  --replicas N   Raft replicas, 1 to 9, odd is best (default 3; kept from the last start unless --fresh)
  --spares N     Multi-Paxos acceptors that are no members yet, 0 to 4: synod member add a4 (default 0; never fewer than at the
                 last start unless --fresh)
  --fresh        forget all data of the last start
  --demo         in each group write, read, kill whoever leads, go on, disturb more, show each round; stop
  --help         this

Data, logs and credentials are in .synod/ of the checkout, or in SYNOD_DIRECTORY. NATS_URL (nats://host:port) names a broker
that runs already, instead of one of our own.`;

/** What is wrong with the call, and what would be right. */
export class UsageError extends Error {}

/** The same as in src/groups.ts, which is not built yet. */
export const groupNames = ['raft', 'paxos', 'pbft'];

/** Looked at before anything is installed or built. `replicas` and `spares` undefined: as at the last start, else 3 and none. */
export function parseOptions(args, environment) {
  requireBrokerUrl(environment.NATS_URL);
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        groups: { type: 'string' },
        replicas: { type: 'string' },
        spares: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
  const { fresh, demo, help } = values;
  const replicas = numberIn('--replicas', values.replicas, 1, 9);
  const spares = numberIn('--spares', values.spares, 0, 4);
  return { groups: groupsIn(values.groups), replicas, spares, fresh, demo, help };
}

function numberIn(name, text, least, most) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${name} ${text}: must be a whole number from ${least} to ${most}\n\n${usage}`);
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
