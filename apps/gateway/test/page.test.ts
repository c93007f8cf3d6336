import access from '../src/page/access.client.js';
import ledger from '../src/page/ledger.client.js';
import members from '../src/page/members.client.js';
import live from '../src/page/page.client.js';
import trace from '../src/page/trace.client.js';

test('no two scripts of the page give a name to two things: they share one scope, and the later one would be meant', () => {
  const names = [access, ledger, members, live, trace].flatMap((script) =>
    Array.from(script.matchAll(/^(?:async )?(?:function|const|let|globalThis\.)\s*(\w+)/gm), ([, name]) => name!),
  );
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
