import { comesToItsEnd, sentences } from './compose-file.js';
import type { ComposeFile, Rule } from './compose-file.js';

/** Programs that are not those which are meant, or are told what opens them or lets them grow; a problem for each. */
export function programProblems(file: ComposeFile): readonly string[] {
  return sentences(file, program, broker, keys, traces, measurements, dashboards, hosts);
}

/** Images bring what they run. Three are told a command: those that are no service of ours, and are looked at below. */
const program: Rule = ({ entrypoint, command }, name) => [
  ...(entrypoint === undefined || ['nats', 'secrets'].includes(name) ? [] : [`runs ${entrypoint.join(' ')}`]),
  ...(command === undefined || comesToItsEnd(name) || ['jaeger', 'prometheus'].includes(name) ? [] : [`runs its image with ${command.join(' ')}`]), // prettier-ignore
];

/** Without its configuration anybody who reaches the broker may say anything; with `-m` anybody sees who is connected. */
const broker: Rule = ({ entrypoint = [], user }, name) => {
  if (name !== 'nats') return [];
  const isMeant = entrypoint.join(' ') === 'nats-server -c /secrets/nats-server.conf';
  return [
    ...(isMeant ? [] : ['runs without its configuration, or with more than that']),
    ...(user === '1000:1000' ? [] : ['cannot read its configuration, which belongs to 1000:1000']),
  ];
};

/** A second start makes no new ones, which nobody would have; and whoever is revoked stays so. */
const keys: Rule = ({ command = [] }, name) =>
  ['identities', 'keys'].includes(name) && command.slice(0, 3).join(' ') !== `${name} init --keep`
    ? ['does not keep the keys that there are, nor who is revoked']
    : [];

/** In memory, all of them: of whom many ask there are many. */
const traces: Rule = ({ command = [] }, name) =>
  name !== 'jaeger' || (command.length === 1 && /\.max_traces=\d{1,5}$/.test(command[0]!))
    ? []
    : ['keeps traces until its memory is full, or is told more than how many to keep'];

const measurements: Rule = ({ command = [] }, name) => {
  if (name !== 'prometheus') return [];
  const open = command.filter((word) => word.startsWith('--web.'));
  return [
    ...(command.some((word) => /^--storage\.tsdb\.retention\.time=\d+d$/.test(word)) ? [] : ['keeps all that it ever measured']), // prettier-ignore
    ...open.map((word) => `lets everybody change what it has measured: ${word}`),
  ];
};

/** Whoever reaches it may look, without a name; nobody may do more. */
const dashboards: Rule = ({ environment = {} }, name) => {
  if (name !== 'grafana') return [];
  const { GF_AUTH_ANONYMOUS_ORG_ROLE: role, GF_AUTH_DISABLE_LOGIN_FORM: isWithoutLogin } = environment;
  const doors = Object.keys(environment).filter((variable) => /^GF_(USERS|SECURITY|SERVER|AUTH_(?!ANONYMOUS_|DISABLE_LOGIN_FORM))/.test(variable)); // prettier-ignore
  return [
    ...(role === undefined ? [] : ['lets everybody change it']),
    ...(isWithoutLogin === 'true' ? [] : ['asks for the password that everybody knows']),
    ...doors.map((variable) => `lets in by ${variable}`),
  ];
};

/** A name that is none of its own is how another site's page asks it through somebody's browser. */
const hosts: Rule = ({ environment }) => (environment?.['SYNOD_HTTP_HOSTS']?.includes('*') ? ['answers to any name'] : []); // prettier-ignore
