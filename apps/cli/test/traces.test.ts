import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './world.js';

const traceID = '4bf92f3577b34da6a3ce929d0e0e4736';
const startTime = Date.parse('2024-01-01T00:00:00Z') * 1000;
const span = {
  traceID,
  spanID: '00f067aa0ba902b7',
  references: [],
  startTime,
  duration: 1500,
  tags: [],
  logs: [],
  warnings: null,
};
const trace = {
  traceID,
  spans: [{ ...span, operationName: 'raft.round\u001b[2J', processID: 'p1' }],
  processes: { p1: { serviceName: 'raft-r1', tags: [] } },
  warnings: null,
};

/** Jaeger's query service, which wants a service to be named. */
let answer: (path: string) => readonly [status: number, body: unknown] = jaeger;
let server: Server;
let url: string;

function jaeger(path: string): readonly [number, unknown] {
  if (path === '/api/services') return [200, { data: ['raft-r1', 'raft-r2'] }];
  if (path.startsWith('/api/traces?')) {
    return path.includes('service=')
      ? [200, { data: [trace] }]
      : [400, { data: null, errors: [{ msg: 'service is required' }] }];
  }
  return path === `/api/traces/${traceID}`
    ? [200, { data: [trace] }]
    : [404, { data: null, errors: [{ msg: 'trace not found' }] }];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body] = answer(request.url!);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = jaeger;
});

const traceOf = (...args: string[]) => run(['trace', ...args, '--traces', url]);

test('a trace is named by how its id begins, and by nothing that stands elsewhere in it', async () => {
  expect(await traceOf('4bf92f35')).toMatchObject({ code: 0, out: expect.stringContaining('raft-r1') });
  expect((await traceOf('92f3577b')).code).not.toBe(0);
});

test.each(['last', traceID, '4bf92f'])(
  '%s is rendered from what Jaeger answers, and cannot steer the terminal',
  async (which) => {
    const { out, code } = await traceOf(which);
    expect(code).toBe(0);
    expect(out).toContain(`trace ${traceID}, 1.50 ms`);
    expect(out).toMatch(/raft-r1 {2}raft\.round\\u001b\[2J/);
  },
);

test('below the tree stands a table with a column for each service', async () => {
  const lines = (await traceOf('last')).out.split('\n');
  const head = lines.findIndex((line) => /^ +ms {2}raft-r1$/.test(line));
  expect(lines.slice(head + 2)).toContainEqual(expect.stringMatching(/^ +0\.000 {2}┌ raft\.round/));
});

test('the slowest is the round whose root took longest, however long its laggards, and no election', async () => {
  const tags = [{ key: 'synod.batch.size', type: 'int64', value: 1 }];
  const other = (traceId: string, duration: number, more: object = {}, laggardMs = 0) => ({
    ...trace,
    traceID: traceId,
    spans: [
      { ...span, traceID: traceId, operationName: 'raft.round', processID: 'p1', duration, tags, ...more },
      { ...span, traceID: traceId, spanID: '1'.repeat(16), operationName: 'await r2', processID: 'p1', duration: laggardMs * 1000,
        references: [{ refType: 'CHILD_OF', traceID: traceId, spanID: span.spanID }] }, // prettier-ignore
    ],
  });
  const [quick, slow, election] = ['1', '2', '3'].map((digit) => digit.repeat(32));
  const data = [other(quick!, 1000, {}, 90_000), other(slow!, 7000), other(election!, 99_000, { tags: [] })];
  answer = (path) => [200, { data: path.includes('?') ? data : data.filter(({ traceID: id }) => path.endsWith(id)) }];
  expect((await traceOf('--slow')).out).toContain(`trace ${slow}`);
  const list = (await traceOf('list', '--slow')).out.trim().split('\n').slice(1);
  expect(list.map((line) => line.split(/ +/)[3])).toEqual([slow!.slice(0, 12), quick!.slice(0, 12)]);
  const refused = await traceOf('4bf92f', '--slow');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('leave WHICH out');
});

test('a list has a line for each; JSON is what Jaeger takes back', async () => {
  expect((await traceOf('list')).out).toMatch(/00:00:00\.000 {2}1\.50 +1 {2}4bf92f3577b3 /);
  expect(JSON.parse((await traceOf('list', '--json')).out)).toMatchObject({
    traceId: traceID,
    durationMs: 1.5,
    services: ['raft-r1'],
  });
  expect(JSON.parse((await traceOf('last', '--json')).out).data[0].spans[0].spanID).toBe(span.spanID);
});

test('with --group, only traces in which that group took part', async () => {
  const of = (group: string, traceID: string, startTime: number) => {
    const tags = [{ key: 'synod.group', type: 'string', value: group }];
    return { ...trace, traceID, spans: [{ ...trace.spans[0]!, traceID, startTime, tags }] };
  };
  const [ofRaft, ofPaxos] = [of('raft', `a${traceID.slice(1)}`, startTime + 9), of('paxos', traceID, startTime)];
  answer = (path) =>
    path.startsWith('/api/traces?') ? [200, { data: [ofRaft, ofPaxos] }] : [200, { data: [path.endsWith(traceID) ? ofPaxos : ofRaft] }]; // prettier-ignore
  expect((await traceOf('last')).out).toContain(`trace ${ofRaft.traceID}`);
  expect((await traceOf('last', '--group', 'paxos')).out).toContain(`trace ${traceID}`);
  expect((await traceOf('list', '--group', 'paxos', '--json')).out.trim().split('\n')).toHaveLength(1);
  expect((await traceOf(traceID, '--group', 'paxos')).code).toBe(0);
  expect(await traceOf(traceID, '--group', 'raft')).toMatchObject({
    code: 3,
    err: expect.stringContaining(`there is no trace ${traceID} of group raft`),
  });
});

test('who stood for leader is shown with its rivals, as long as it matters; those have theirs in their own traces', async () => {
  const idOf = (n: number) => `${n}`.repeat(32);
  const spanIdOf = (n: number) => `${n}`.repeat(16);
  const tagsOf = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => ({ key, type: 'string', value }));
  /** Proposer n stands in ballot n, and leads for a second, until the next one does. */
  const leadership = (n: number) => {
    const shared = { ...span, traceID: idOf(n), processID: 'p1' };
    const stood = { 'synod.protocol': 'paxos', 'synod.ballot': `${n}.0` };
    const rival = { 'synod.protocol': 'paxos', 'synod.rival': `paxos-p${n + 1}`, 'synod.rival.era': `${n + 1}.0` };
    const link = { refType: 'FOLLOWS_FROM', traceID: idOf(n + 1), spanID: spanIdOf(n + 1) };
    const at = (ms: number) => startTime + ms * 1000;
    return {
      ...trace,
      traceID: idOf(n),
      spans: [
        { ...shared, spanID: spanIdOf(n), operationName: 'paxos.phase1', startTime: at(n * 1000), duration: 20_000, tags: tagsOf(stood) }, // prettier-ignore
        { ...shared, operationName: 'preempted', startTime: at(n * 1000 + 1000), duration: 0, tags: tagsOf(rival), references: [link] }, // prettier-ignore
      ],
      processes: { p1: { serviceName: `paxos-p${n}`, tags: [] } },
    };
  };
  const all = [1, 2, 3, 4].map(leadership);
  answer = (path) => {
    const found = all.filter(({ traceID: id }) => path.endsWith(id));
    return found.length > 0 ? [200, { data: found }] : [404, { data: null, errors: [{ msg: 'trace not found' }] }];
  };
  const [headline, ...lines] = (await traceOf(idOf(1))).out.split('\n');
  expect(headline).toContain(`trace ${idOf(1)} with its rivals' ${idOf(2).slice(0, 12)}, 1020 ms, 3 spans`);
  expect(lines.filter((line) => /^paxos-p\d /.test(line)).map((line) => line.split(/ {2,}/)[1])).toEqual([
    'paxos.phase1',
    'preempted by paxos-p2 in ballot 2.0',
    'paxos.phase1',
  ]);
});

test('what is not there, or not a trace store, is told', async () => {
  expect(await traceOf('0'.repeat(32))).toMatchObject({
    code: 3,
    err: expect.stringContaining('there is no trace 0000'),
  });
  expect(await traceOf('xyz')).toMatchObject({ code: 2 });
  answer = () => [200, '<html>'];
  expect(await traceOf('last')).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not answer like a trace store'),
  });
  answer = () => [200, { data: [{ traceID }] }];
  expect(await traceOf('last')).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not answer like a trace store'),
  });
  answer = () => [200, { data: [] }];
  expect(await traceOf('last')).toMatchObject({ code: 3, err: expect.stringContaining('there are no traces') });
  expect(await run(['trace', '--traces', 'http://127.0.0.1:1'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('no trace store answers'),
  });
  expect(await run(['trace', '--traces', 'localhost'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not a URL'),
  });
});
