import { LocalGroup } from './local-group.js';

let local: LocalGroup;
beforeAll(async () => {
  local = await LocalGroup.start();
}, 60_000);
afterAll(() => local.close());

test('a value comes back byte for byte, under any key', async () => {
  const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const key of ['plain', 'a%2Fb%2Fc', '%00', '%FF%FE%25', encodeURIComponent('ключ'), 'capital/fr']) {
    const put = await fetch(local.of(`/kv/${key}`), { method: 'PUT', body: value });
    expect([put.status, await put.json()]).toEqual([201, expect.objectContaining({ existed: false })]);
    const got = await fetch(local.of(`/kv/${key}`));
    expect(got.status).toBe(200);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(value);
    expect(got.headers.get('etag')).toBe(put.headers.get('etag'));
    const gone = await fetch(local.of(`/kv/${key}`), { method: 'DELETE' });
    expect(await gone.json()).toMatchObject({ existed: true });
    expect((await fetch(local.of(`/kv/${key}`))).status).toBe(404);
  }
});
