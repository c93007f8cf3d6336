import { comesToItsEnd, isOurs, sentences } from './compose-file.js';
import type { ComposeFile, ComposeService, Rule } from './compose-file.js';

/** What makes a service one that stays and is seen to be well, whatever becomes of the others; a problem for each that is not so. */
export function lifeProblems(file: ComposeFile): readonly string[] {
  return sentences(file, restart, sight, waiting, asking);
}

const restart: Rule = ({ restart: policy }, name) => {
  const meant = comesToItsEnd(name) ? 'no' : 'unless-stopped';
  return policy === meant ? [] : [`is to be started again: ${policy}, not ${meant}`];
};

/** What ends at once, and what not everybody has, is started by who wants it. */
const asking: Rule = ({ profiles = [] }, name) => {
  const meant = { cli: 'cli', prometheus: 'metrics', grafana: 'metrics' }[name] ?? '';
  return profiles.join() === meant ? [] : [`is started with ${profiles.join() || 'all'}, not with ${meant || 'all'}`];
};

/** Our own images bring a check, which asks whether the service is ready; one that is said here would take its place. */
const sight: Rule = (service, name) => {
  if (isOurs(service)) return service.healthcheck === undefined ? [] : ['is not looked at as its image says'];
  const needsNone = comesToItsEnd(name) || service.profiles?.includes('metrics');
  return needsNone || isAsked(service) ? [] : ['is not looked at: nobody knows whether it is well'];
};

/** The program itself is asked; a check that runs anything else may be content with whatever it is. */
function isAsked({ healthcheck: { test = [], disable } = {} }: ComposeService): boolean {
  return disable === undefined && /^CMD wget -q --spider http:\/\/127\.0\.0\.1:\d+\/\w+$/.test(test.join(' '));
}

/** Keys are there before who reads them. Beyond that whoever waits for another one is away for as long as that one is. */
const waiting: Rule = (service, name) => {
  const { depends_on: said = [] } = service;
  const meant = awaitedBy(service, name);
  const awaited = Array.isArray(said) ? said.map((other) => [other, {}]) : Object.entries(said);
  const done = { condition: 'service_completed_successfully' };
  const isMeant = ([other, how]: (typeof awaited)[number]) =>
    other === meant && JSON.stringify(how) === JSON.stringify(meant === 'nats' ? {} : done);
  return [
    ...awaited.filter((one) => !isMeant(one)).map((one) => `waits for ${JSON.stringify(one)}`),
    ...(meant === undefined || awaited.some(isMeant) ? [] : [`does not wait for ${meant}`]),
  ];
};

function awaitedBy(service: ComposeService, name: string): string | undefined {
  const steps: Readonly<Record<string, string>> = { nats: 'secrets', secrets: 'keys', keys: 'identities' };
  // To be there when it stops, and that is all: a member that starts waits for the broker by itself.
  return isOurs(service) ? 'nats' : steps[name];
}
