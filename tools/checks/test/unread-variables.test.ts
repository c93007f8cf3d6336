import { readElsewhere, settingsOfApps } from '@synod/service';
import { filesBelow, readText } from '../src/workspace.js';

/** How programs and tests read the environment, the command line names its options' variables, and compose fills its file in. */
const ways = [
  /\bprocess\.env(?:\??\.|\[')(SYNOD_[A-Z0-9_]+)/g,
  /\bvariable: '(SYNOD_[A-Z0-9_]+)'/g,
  /\$\{(SYNOD_[A-Z0-9_]+):?-/g,
];
/** Names in it that only stand for any. */
const about = 'tools/settings/test/variables.test.ts';

function readIn(paths: readonly string[]): ReadonlySet<string> {
  const texts = paths.filter((path) => /\.(c|m)?[jt]s$|\.yml$/.test(path) && path !== about).map(readText);
  return new Set(texts.flatMap((text) => ways.flatMap((way) => [...text.matchAll(way)].map(([, name]) => name!))));
}

test('what something else of the workspace reads is no slip to a service, and of each such variable there is a reader', () => {
  const elsewhere = Object.values(readElsewhere).flatMap((list) => list.map(({ variable }) => variable));
  const schemas = Object.values(settingsOfApps).flatMap((settings) => Object.values(settings));
  const known = new Set([...schemas.map(({ variable }) => variable), ...elsewhere]);
  const all = ['apps', 'libs', 'tools', 'examples'].flatMap(filesBelow);
  const own = 'libs/service/src/unread-variables.ts';
  const found = readIn([...all.filter((path) => path !== own), 'docker-compose.yml']);
  expect(found).toEqual(new Set([...found].filter((name) => known.has(name))));
  expect(elsewhere.filter((name) => !found.has(name))).toEqual([]);
});
