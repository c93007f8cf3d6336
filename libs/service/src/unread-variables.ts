import type { Settings } from './environment.js';
import { settingsOfApps } from './service-settings.js';

/**
 * What else of Synod reads the environment, and stands in the same files and shells as what services read. A test compares these with
 * what those programs read.
 */
export const readElsewhere: Readonly<Record<string, readonly { readonly variable: string }[]>> = {
  'the command line': [
    { variable: 'SYNOD_CREDENTIALS' },
    { variable: 'SYNOD_DIRECTORY' },
    { variable: 'SYNOD_GROUP' },
    { variable: 'SYNOD_USER' },
  ],
  'npm start and npm test': [
    { variable: 'SYNOD_DEBUG' },
    { variable: 'SYNOD_NATS_SERVER' },
    { variable: 'SYNOD_JAEGER' },
    { variable: 'SYNOD_FUZZ_RUNS' },
    { variable: 'SYNOD_PIN_FORMATS' },
    { variable: 'SYNOD_PIN_RENDERED' },
    { variable: 'SYNOD_PROMTOOL' },
    { variable: 'SYNOD_STORMS' },
    { variable: 'SYNOD_TREASON' },
  ],
  'npm run bench': [{ variable: 'SYNOD_ETCD' }, { variable: 'SYNOD_JETSTREAM_SERVER' }],
  'docker-compose.yml': [
    { variable: 'SYNOD_GATEWAY_PORT' },
    { variable: 'SYNOD_JAEGER_PORT' },
    { variable: 'SYNOD_PROMETHEUS_PORT' },
    { variable: 'SYNOD_GRAFANA_PORT' },
  ],
};

const ours = /^SYNOD_/;

/**
 * SYNOD_… variables that are set and that nothing reads, each as a sentence, with the nearest of those that this service reads. They
 * are refused nowhere: several services may share one file of variables, and one of them may be of another release.
 */
export function unreadVariables(own: Settings, environment: NodeJS.ProcessEnv): readonly string[] {
  const names = Object.values(own).map(({ variable }) => variable);
  const others = [
    ...Object.values(settingsOfApps).flatMap((one) => Object.values(one)),
    ...Object.values(readElsewhere).flat(),
  ];
  const known = new Set([...names, ...others.map(({ variable }) => variable)]);
  return Object.keys(environment)
    .filter((name) => ours.test(name) && !known.has(name) && !isServiceLink(name, environment))
    .sort()
    .map((name) => {
      const near = nearest(name, names);
      return `${name} is set, and nothing reads it${near === undefined ? '' : `: is ${near} meant?`}`;
    });
}

/** Kubernetes tells each container of the services in its namespace, and one of them may be named `synod-…`. */
function isServiceLink(name: string, environment: NodeJS.ProcessEnv): boolean {
  const [, service] = /^(SYNOD_\w+?)_(?:SERVICE|PORT)(?:_\w+)?$/.exec(name) ?? [];
  return service !== undefined && `${service}_SERVICE_HOST` in environment;
}

/** Of what is told apart, a third may be wrong; whether a value or the file with it is named is forgotten first of all. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [bare, ...all] = [name, ...names].map((one) => one.replace(ours, '').replace(/_FILE$/, ''));
  const near = all
    .map((one, i) => ({ name: names[i]!, slips: distance(bare!, one) }))
    .sort((a, b) => a.slips - b.slips)[0];
  return near !== undefined && near.slips <= Math.ceil(bare!.length / 3) ? near.name : undefined;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length]!;
}
