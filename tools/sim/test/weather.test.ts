import { Counters } from '@synod/simulator';
import { protocols } from '../src/protocols.js';

const situations = ['duplicated messages', 'lost messages', 'published while reconnecting', 'slow consumers cut off', 'slow messages']; // prettier-ignore
const raft = protocols['raft']!;
const weather = { loss: 0.05, duplication: 0.1, slow: 0.1, delayMs: [0.1, 2], slowMs: 100 };
/** No kind of message and no link has a weather of its own in these. */
const evenSeeds = [3, 4];
/** Queues hold enough for the load until freezes and cuts fill them. */
const cutSeed = 11;

/** What runs over many seeds would be reported to lack, of the situations that are a network's weather. */
async function lacking(seeds: readonly number[], change: Parameters<typeof raft.run>[2]): Promise<readonly string[]> {
  const total = new Counters();
  for (const seed of seeds) {
    const { failure, counters } = await raft.run(seed, undefined, change);
    expect(failure).toBeUndefined();
    total.merge(counters);
  }
  return total.zeros.filter((name) => situations.includes(name));
}

describe('a weather that is switched off is reported to be missing:', () => {
  const ofNats = ['published while reconnecting', 'slow consumers cut off'];
  const over = (change: Partial<typeof weather>) =>
    lacking(evenSeeds, {
      swarm: { calm: false, network: 'adversarial', virtualMs: 2000, weather: { ...weather, ...change } },
      strikes: [],
    });

  test.each([
    ['nothing', {}, []],
    ['loss', { loss: 0 }, ['lost messages']],
    ['duplication', { duplication: 0 }, ['duplicated messages']],
    ['slowness', { slow: 0 }, ['slow messages']],
  ] as const)('%s, of the network that does anything to messages', async (_what, change, missing) => {
    expect(await over(change)).toEqual([...ofNats, ...missing].sort());
  });

  test.each([
    ['nothing', {}, []],
    ['all that befalls it', { strikes: [] }, ofNats],
  ])('%s, of NATS', async (_what, change, missing) => {
    const ofMessages = ['duplicated messages', 'lost messages', 'slow messages'];
    const zeros = await lacking([cutSeed], { swarm: { calm: false, network: 'nats' }, ...change });
    expect(zeros).toEqual([...ofMessages, ...missing].sort());
  });
});
