import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCompose } from '../src/compose/compose-file.js';
import { manifestsIn, objectsOf } from '../src/kubernetes/manifests.js';
import type { Manifest } from '../src/kubernetes/manifests.js';
import { rendered, renderers } from '../src/kubernetes/rendering.js';
import type { Renderer } from '../src/kubernetes/rendering.js';
import { differences } from '../src/rendered/differences.js';
import { asWritten, byTitle, withoutHashes, yamlOf } from '../src/rendered/kept.js';
import { renderedSecrets } from '../src/rendered/secrets.js';
import { readText } from '../src/workspace.js';

/*
 * What is deployed, with everything that is shared put where it is meant: who reads a change of one line sees here what it means for
 * each container. It changes by decision only, with
 *
 *   SYNOD_PIN_RENDERED=1 npx jest -c tools/checks/jest.config.cjs rendered; npx prettier --write tools/checks/test/rendered
 *
 * What is right about it other tests say, each with its reason; this one notices what nobody has thought of.
 */
const isPinned = process.env['SYNOD_PIN_RENDERED'] === '1';

function kept(name: string, now: () => readonly unknown[]): string {
  const path = join(__dirname, 'rendered', name);
  if (isPinned) writeFileSync(path, yamlOf(now()));
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function composed(text: string): object {
  const all = Object.entries(readCompose(text)).filter(([key]) => !key.startsWith('x-'));
  return Object.fromEntries(all);
}

const compose = readText('docker-compose.yml');
const keptCompose = kept('compose.yaml', () => [composed(compose)]);
const composeDifferences = (text: string): string[] => differences(composed(text), composed(keptCompose));

test('docker-compose.yml is what it was', () => {
  expect(composeDifferences(compose)).toEqual([]);
});

const folder = 'deploy/kubernetes';
const all = renderers();
if (all.length === 0) console.warn('SKIPPED: neither kubectl nor kustomize is here, so no overlay is compared');

function objectsNow(renderer: Renderer, name: string): readonly Manifest[] {
  if (name === 'secrets') return renderedSecrets(renderer, `${folder}/secrets`);
  return withoutHashes(rendered(renderer, `${folder}/${name}`));
}

function keptObjects(name: string): readonly Manifest[] {
  const file = `kubernetes-${name.replace(/.*\//, '')}.yaml`;
  const now = () => {
    if (all[0] === undefined) throw new Error('kubectl or kustomize is needed to write what they render');
    return objectsNow(all[0], name);
  };
  return manifestsIn(kept(file, now), file);
}

const objectDifferences = (now: readonly Manifest[], before: readonly Manifest[]): string[] =>
  differences(byTitle(now), byTitle(before));

test.each(['base', 'overlays/local', 'overlays/production', 'secrets'])('%s, rendered, is what it was', (name) => {
  const objects = keptObjects(name);
  expect(objects.length).toBeGreaterThan(5);
  for (const renderer of all) expect(objectDifferences(objectsNow(renderer, name), objects)).toEqual([]);
});

const base = asWritten(keptObjects('base'));

test('the base is what it was, where nothing renders it, too', () => {
  expect(objectDifferences(objectsOf(`${folder}/base`), base)).toEqual([]);
});

test.each([
  ['nats-server.conf]', 'nats-server.conf, -js]', 'services.nats.entrypoint[3] is "-js", and was not there'],
  ['retries: 3', 'retries: 300', 'services.nats.healthcheck.retries is 300, and was 3'],
  ["max-file: '3'", "max-file: '9'", 'services.grafana.logging.options.max-file is "9", and was "3"'],
  ['APP: pbft-replica }', 'APP: cli }', 'services.pbft-r1.build.args.APP is "cli", and was "pbft-replica"'],
  ['context: .', 'context: ..', 'services.identities.build.context is "..", and was "."'],
  ['  backups:\n', '  backups: { external: true }\n', 'volumes.backups is {"external":true}, and was null'],
  ['max_traces=20000', 'max_traces=2e9', 'services.jaeger.command[0] is'],
  ['\nvolumes:', '\nnetworks: { default: { external: true } }\nvolumes:', 'networks is {"default":{"external":true}}, and was not there'], // prettier-ignore
])('in docker-compose.yml, %s changed to %s is noticed', (from, to, difference) => {
  expect(compose).toContain(from);
  const changed = composeDifferences(compose.replace(from, () => to));
  expect(changed.join('\n')).toContain(difference);
});

test.each([
  ['"memory":"1Gi"', '"memory":"1Mi"', 'StatefulSet raft-replica.spec.template.spec.containers[raft-replica].resources.limits.memory is "1Mi", and was "1Gi"'], // prettier-ignore
  ['"failureThreshold":60', '"failureThreshold":1', 'startupProbe.failureThreshold is 1, and was 60'],
  ['"accessModes":["ReadWriteOnce"]', '"accessModes":["ReadWriteMany"]', 'accessModes[0] is "ReadWriteMany", and was'],
  ['"SYNOD_TIMING":"wan"', '"SYNOD_TIMING":"local"', 'ConfigMap raft.data.SYNOD_TIMING is "local", and was "wan"'],
])('in the base, %s changed to %s is noticed', (from, to, difference) => {
  const text = JSON.stringify(objectsOf(`${folder}/base`));
  expect(text).toContain(from);
  const changed = JSON.parse(text.replace(from, to)) as readonly Manifest[];
  expect(objectDifferences(changed, base)).toEqual([expect.stringContaining(difference)]);
});
