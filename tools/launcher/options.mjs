import { parseArgs } from 'node:util';

/** The same as in libs/pbft/traitors, which is not built yet. */
export const treasonNames = [
  ...['equivocate', 'silent', 'slow', 'equivocating-primary', 'equivocating-votes', 'accomplice', 'wrong-digest'],
  ...['forged-sender', 'replay', 'unjustified-view-change', 'fabricated-new-view', 'short-new-view'],
  ...['lying-checkpoint', 'lying-transfer', 'lying-offer', 'lying-reply', 'unproven-reply', 'selective-silence'],
  ...['worthless-new-view', 'false-floor', 'lesser-lie', 'nulls', 'forged-checkpoint', 'amnesia', 'twin'],
  ...['withholding-snapshots'],
];

export const usage = `npm start -- [options]

  --groups LIST  only these groups, separated by commas: raft, paxos, pbft (default: all)
  --replicas N   Raft replicas, 1 to 9, odd is best (default 3; kept from the last start unless --fresh)
  --spares N     Multi-Paxos acceptors that are no members yet, 0 to 4: synod member add a4 (default 0; never fewer than at the
                 last start unless --fresh)
  --fresh        forget all data of the last start
  --byzantine LIST  members that lie, as pbft-r1=equivocate, separated by commas; of PBFT, as many as the group bears; how:
                 ${treasonNames.slice(0, 7).join(', ')},
                 ${treasonNames.slice(7, 13).join(', ')},
                 ${treasonNames.slice(13).join(', ')}
  --force        also more liars than the group bears: to see it break
  --demo         in each group write, read, kill whoever leads, go on, disturb more, show each round; stop;
                 with --byzantine only in the groups that have liars
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
        byzantine: { type: 'string', multiple: true, default: [] },
        force: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
  const { fresh, demo, force, help } = values;
  const replicas = numberIn('--replicas', values.replicas, 1, 9);
  const spares = numberIn('--spares', values.spares, 0, 4);
  const traitors = traitorsIn(values.byzantine);
  return { groups: groupsIn(values.groups), replicas, spares, traitors, force, fresh, demo, help };
}

/** By member; which members there are is known later. */
function traitorsIn(lists) {
  const words = lists.flatMap((list) => list.split(',').map((word) => word.trim()));
  const pairs = words.map((word) => {
    const [, member, treason] = /^([a-z0-9-]+)=(.*)$/.exec(word) ?? [];
    if (member === undefined) throw new UsageError(`--byzantine ${word}: must be like pbft-r1=equivocate\n\n${usage}`);
    if (treasonNames.includes(treason)) return [member, treason];
    throw new UsageError(`--byzantine ${word}: nobody can be ${treason || 'that'}, but ${treasonNames.join(', ')}`);
  });
  const traitors = new Map(pairs);
  if (traitors.size < pairs.length) throw new UsageError(`--byzantine ${words.join(',')}: a member is named twice`);
  return traitors;
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
