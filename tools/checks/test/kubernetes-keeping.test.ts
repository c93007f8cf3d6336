import { softSpots } from '../src/kubernetes/hardening.js';
import { losses } from '../src/kubernetes/keeping.js';
import { objectsOf } from '../src/kubernetes/manifests.js';
import type { Manifest } from '../src/kubernetes/manifests.js';
import { downfalls } from '../src/kubernetes/staying-up.js';

const base = JSON.stringify(objectsOf('deploy/kubernetes/base'));

/** When the base's text, as JSON, is another one. */
function problemsOf(from: string, to: string): string {
  expect(base).toContain(from);
  const changed = JSON.parse(base.replace(from, () => to)) as readonly Manifest[];
  return [...losses(changed), ...downfalls(changed), ...softSpots(changed)].join('\n');
}

test('as it is, there is nothing to say', () => {
  expect(problemsOf('"replicas":3', '"replicas":3')).toBe('');
});

const broker = '"command":["nats-server","-c","/secrets/nats-server.conf","-m","8222"]';
const image = '"image":"synod/raft-replica",';
const secret = '{"name":"secrets","secret":{"secretName":"raft-replica"';
const claim = '"accessModes":["ReadWriteOnce"]';

test.each([
  [broker, '"command":["nats-server","-m","8222"]', 'nats runs without its configuration, or with more than that'],
  [broker, '"command":["nats-server","-c","/secrets/nats-server.conf","-m","8222","-js"]', 'or with more than that'],
  [`${broker},`, '', 'nats runs without its configuration'],
  [broker, `${broker},"args":["-js"]`, 'nats says args'],
  [
    '"mountPath":"/secrets/nats-server.conf"',
    '"mountPath":"/secrets/nats.conf"',
    'nats runs without its configuration',
  ],
  [image, `${image}"command":["sleep","1d"],`, 'raft-replica runs sleep 1d'],
  ['"limits":{"memory":"1Gi"}', '"limits":{"memory":"64Mi"}', 'is killed for the memory that it needs: 64Mi'],
  ['"limits":{"memory":"1Gi"}', '"limits":{"memory":"1G"}', 'is killed for the memory that it needs: 1G'],
  ['"memory":"256Mi"}', '"memory":"2Gi"}', 'is killed for the memory that it needs: 1Gi'],
  [',"limits":{"memory":"1Gi"}', '', 'says nothing of what it needs'],
])('of what runs, %s changed to %s is noticed', (from, to, problem) => {
  expect(problemsOf(from, to)).toContain(problem);
});

test.each([
  [claim, '"accessModes":["ReadWriteMany"]', 'has a volume that others may mount, too: ReadWriteMany'],
  [claim, '"accessModes":["ReadWriteOnce","ReadOnlyMany"]', 'others may mount, too: ReadWriteOnce,ReadOnlyMany'],
  [claim, `${claim},"volumeMode":"Block"`, 'raft-replica says volumeMode'],
  [claim, `${claim},"dataSource":{}`, 'raft-replica says dataSource'],
  ['"storage":"10Gi"', '"storage":"10Mi"', 'has no room for what it writes: 10Mi'],
  ['"mountPath":"/data"', '"mountPath":"/data","readOnly":true', 'raft-replica cannot write to its volume'],
  ['"mountPath":"/data"', '"mountPath":"/data","subPath":"all"', 'raft-replica says subPath'],
  ['"mountPath":"/data"', '"mountPath":"/date"', 'raft-replica keeps what it writes in no claim of its own'],
  ['{"name":"data","mountPath":"/data"}', '{"name":"data","mountPath":"/data"},{"name":"secrets","mountPath":"/data/synod"}', 'keeps what it writes in no claim of its own'], // prettier-ignore
  [secret, `{"name":"data","emptyDir":{"medium":"Memory"}},${secret}`, 'raft-replica says emptyDir'],
  ['"value":"/data/synod"', '"value":"/tmp"', 'raft-replica writes to /tmp, and not to a folder of its volume'],
])('of what is kept, %s changed to %s is noticed', (from, to, problem) => {
  expect(problemsOf(from, to)).toContain(problem);
});

const live = '"livenessProbe":{"httpGet":{"path":"/livez","port":"http"},"periodSeconds":10,"timeoutSeconds":5';

test.each([
  ['"failureThreshold":60', '"failureThreshold":6', 'raft-replica is restarted before it has read its journal'],
  ['"timeoutSeconds":2,"failureThreshold":60', '"exec":{"command":["true"]},"failureThreshold":60', 'says exec'],
  [live, live.replace(':10', ':2'), 'is restarted for being busy'],
  [live, live.replace(':5', ':1'), 'is restarted for being busy'],
  [`${live},"failureThreshold":6`, `${live},"failureThreshold":600`, 'is not restarted when it hangs'],
  [live, live.replace('"port"', '"host":"127.0.0.1","port"'), 'says host'],
  ['"timeoutSeconds":3,"failureThreshold":2', '"timeoutSeconds":3,"failureThreshold":200', 'is asked for long when it answers nothing'], // prettier-ignore
])('of probes, %s changed to %s is noticed', (from, to, problem) => {
  expect(problemsOf(from, to)).toContain(problem);
});
