import { createContext, runInContext } from 'node:vm';
import access from '../src/page/access.client.js';
import live from '../src/page/page.client.js';

// The scripts of the page that have to do with tokens, in a window that is not there.

interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

class Element {
  hidden = true;
  value = '';
  textContent = '';
  readonly dataset: Record<string, string> = {};
  submit: (event: { preventDefault(): void }) => void = () => undefined;

  addEventListener(_name: string, listener: Element['submit']): void {
    this.submit = listener;
  }
}

function open(answer: (asked: Asked) => Response) {
  const elements = new Map<string, Element>();
  const kept = new Map<string, string>();
  const asked: Asked[] = [];
  const listeners: (() => void)[] = [];
  const shown: unknown[] = [];
  const element = (id: string): Element => elements.get(id) ?? (elements.set(id, new Element()), elements.get(id)!);
  const window = createContext({
    ...{ TextDecoderStream, Error, Event, clearTimeout: () => undefined, setTimeout: () => undefined },
    document: { getElementById: element },
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    },
    fetch: (path: string, { headers = {} }: { readonly headers?: Asked['headers'] }) => {
      asked.push({ path, headers });
      return Promise.resolve(answer(asked.at(-1)!));
    },
    addEventListener: (_name: string, listener: () => void) => listeners.push(listener),
    dispatchEvent: () => {
      for (const listener of listeners.splice(0)) listener();
    },
  });
  runInContext(access, window);
  runInContext(live, window);
  (window as { show?: unknown }).show = (groups: unknown) => shown.push(groups);
  const enter = (token: string): void => {
    element('token-field').value = token;
    element('token').submit({ preventDefault: () => undefined });
  };
  return { element, kept, asked, shown, enter };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const events = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } });

test('a gateway without tokens is asked without one, and none is wanted of who looks', async () => {
  const { element, asked, shown } = open(() => events('retry: 1000\n\nevent: groups\ndata: [{"group":"kv"}]\n\n'));
  await settled();
  expect(asked).toEqual([{ path: '/v1/events', headers: {} }]);
  expect(shown).toEqual([[{ group: 'kv' }]]);
  expect(element('token').hidden).toBe(true);
});

test('where one is wanted it is entered once, kept by the tab, and shown with every question', async () => {
  const right = 'Bearer synod_right';
  const page = open(({ headers }) =>
    headers['authorization'] === right ? events('event: groups\ndata: []\n\n') : new Response('{}', { status: 401 }),
  );
  await settled();
  expect([page.element('token').hidden, page.element('live').textContent]).toEqual([false, 'no token']);
  expect(page.element('token-about').textContent).toContain('who asks');
  page.enter('synod_wrong');
  await settled();
  expect(page.element('token-about').textContent).toContain('does not know');
  expect(page.kept.size).toBe(0);
  page.enter(' synod_right ');
  await settled();
  expect([page.element('token').hidden, page.element('token-field').value]).toEqual([true, '']);
  expect(page.asked.at(-1)).toEqual({ path: '/v1/events', headers: { authorization: right } });
  expect(page.shown).toEqual([[]]);
  expect([...page.kept]).toEqual([['synod-token', 'synod_right']]);
});

test('whose token is not for this is told so, and keeps it', async () => {
  const page = open(() => new Response('{}', { status: 403 }));
  await settled();
  expect(page.element('live').textContent).toContain('may not see');
  expect(page.element('token').hidden).toBe(true);
});
