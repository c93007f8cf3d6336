import { comesToItsEnd, isMember, sentences } from './compose-file.js';
import type { ComposeFile, ComposeService, Rule } from './compose-file.js';

/** Where something that is written is lost, is the machine's own, or is seen by others; a problem for each. */
export function volumeProblems(file: ComposeFile): readonly string[] {
  const { volumes = {} } = file;
  const elsewhere = Object.entries(volumes).filter(([, said]) => said !== null);
  const unnamed: Rule = (service) =>
    mounts(service)
      .filter((mount) => !mount.endsWith(':ro') && !(mount.split(':')[0]! in volumes))
      .map((mount) => `keeps what it writes in no named volume: ${mount}`);
  return [
    // In memory, on a network, or a folder of the machine: that is what options and drivers are for.
    ...elsewhere.map(([name, said]) => `the volume ${name} is another thing than a volume: ${JSON.stringify(said)}`),
    ...sentences(file, unnamed, data, memory, foreign),
  ];
}

/** Compose takes objects for mounts, too; here nothing is said that needs one. */
const mounts = ({ volumes = [] }: ComposeService): readonly string[] =>
  volumes.map((mount: unknown) => (typeof mount === 'string' ? mount : JSON.stringify(mount)));

/** A member that forgets what it promised breaks what its group has agreed on: its journal is in a volume that is its own. */
const data: Rule = (service, name) => {
  if (!isMember(service)) return [];
  const told = service.environment?.['SYNOD_DATA'];
  return [
    ...(mounts(service).includes(`${name}:/data`) ? [] : ['keeps what it writes in no named volume: /data']),
    ...(told === undefined ? [] : [`writes to ${told}, and not to its volume`]),
  ];
};

const memory: Rule = ({ tmpfs = [] }) =>
  [tmpfs].flat().flatMap((path) => (path === '/tmp' ? [] : [`keeps ${path} in memory, and loses it`]));

/** The machine's own files beyond the checkout's configuration of metrics; and what others keep there. */
const foreign: Rule = (service, name) => {
  if (comesToItsEnd(name))
    return mounts(service)
      .filter((mount) => !/^[a-z0-9-]+:\//.test(mount))
      .map(asMount);
  const isOwn = (mount: string): boolean =>
    isMember(service) ? mount === `${name}:/data` : mount.startsWith(`${name}:/`);
  const isConfiguration = (mount: string): boolean =>
    mount.startsWith('./deploy/metrics/') && mount.endsWith(':ro') && !mount.includes('..');
  return mounts(service)
    .filter((mount) => !isOwn(mount) && !isConfiguration(mount) && mount !== `secrets-${name}:/secrets:ro`)
    .map(asMount);
};

const asMount = (mount: string): string => `mounts ${mount}`;
