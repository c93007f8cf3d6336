import { rmSync } from 'node:fs';
import { poll } from '@synod/process-group';
import type { TraceSpan } from '@synod/telemetry';
import { TestStack } from './test-stack.js';
import type { StackOptions } from './test-stack.js';
import { run } from './world.js';

// Of each protocol, with real processes and the local trace store: an election after a kill says what caused it, and what a
// member that lost its disk gets from the others is a trace.

jest.setTimeout(120_000);

let stack: TestStack;

afterEach(() => stack?.close());

type Protocol = NonNullable<StackOptions['protocol']>;

const expected: { readonly [protocol in Protocol]: { election: string; cause: RegExp; lost: string } } = {
  raft: { election: 'raft.election', cause: /^leaderSilent$/, lost: 'diskLost' },
  paxos: { election: 'paxos.phase1', cause: /^leaderSilent$/, lost: 'emptyDisk' },
  pbft: { election: 'pbft.view_change', cause: /^(requestTimeout|requestsWait)$/, lost: 'diskLost' },
};

const synod = (...args: readonly string[]) => run(args, { directory: stack.directory, columns: 150 });
/** The trace of the request that waits for an election. */
const waited = 'a'.repeat(32);
const causeOf = ({ attributes }: TraceSpan): string => String(attributes['synod.cause']);

/** The first such span that was sent to the store. */
async function spanThat(what: string, is: (span: TraceSpan) => boolean): Promise<TraceSpan> {
  let spans: readonly TraceSpan[] = [];
  const sent = async () => (spans = await stack.traces()).find(is);
  return poll(sent, 60_000, () => {
    const causes = spans.filter(({ attributes }) => 'synod.cause' in attributes);
    return `there is no ${what}; there are ${JSON.stringify(causes.map(({ name, service, attributes }) => [name, service, attributes]))}`;
  });
}

test.each(Object.keys(expected) as Protocol[])(
  '%s: who stands after a kill says why, and a lost disk is fetched in a trace',
  async (protocol) => {
    const { election, cause, lost } = expected[protocol];
    stack = await TestStack.start({ protocol });
    const { group } = stack;
    const leader = await group.leader();
    const kv = (await group.client()).group(protocol);
    for (let i = 0; i < 130; i++) await kv.put(`k${i}`, 'v');
    if (protocol !== 'pbft') {
      const isFirst = ({ name, attributes }: TraceSpan) =>
        name === election && attributes['synod.outcome'] === 'elected';
      expect(causeOf(await spanThat('first election', isFirst))).toBe('started');
    }

    await group.replica(leader).kill();
    await kv.put('after', 'the kill', { traceparent: `00-${waited}-${'1'.repeat(16)}-01` });
    const stood = await spanThat('election after the kill', ({ name, service, attributes }) => name === election && service !== leader && cause.test(String(attributes['synod.cause']))); // prettier-ignore
    expect(stood.parentId).toBeUndefined();
    const causes = stood.links.filter(({ kind }) => kind === 'cause').map(({ traceId }) => traceId);
    if (protocol === 'pbft') expect(causes).toEqual([waited]);
    const shown = await synod('trace', stood.traceId);
    const words = causeOf(stood).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    expect(shown.out.split('\n')[0]).toContain(`, cause: ${words}`);
    for (const { out } of [shown, await synod('trace', 'list')]) expect(out).toContain(`${election} (${words})`);

    const { data } = group.replica(leader);
    rmSync(data, { recursive: true });
    stack.run(leader);
    const fetched = await spanThat('state transfer', ({ name, service }) => name === `${protocol}.state_transfer` && service === leader); // prettier-ignore
    expect(causeOf(fetched)).toBe(lost);
    expect(fetched.parentId).toBeUndefined();
    expect(group.names).toContain(fetched.attributes['synod.source']);
    expect(fetched.attributes).toMatchObject({ 'synod.index.first': 1, 'synod.outcome': 'caught up' });
    expect(Number(fetched.attributes['synod.index.last'])).toBeGreaterThanOrEqual(100);
  },
);
