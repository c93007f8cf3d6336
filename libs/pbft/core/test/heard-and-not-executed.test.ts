import { Group, texts } from './group.js';
import { Disk } from './server.js';

const fetched = ['history', 'snapshotOffer', 'snapshotChunk'];

/** Which proposals r4 is sent in a second of rest, when it was away or lost its disk, all after that is committed there, and it is still fetching what was before. */
function sentWhileItFetches(how: 'was away' | 'lost its disk') {
  const group = new Group({ limits: { checkpointInterval: 20, logSize: 100, inFlight: 1, inFlightSmall: 1 } });
  let away = how === 'was away';
  const proposals: number[] = [];
  let counting = false;
  group.network = (from, to, message) => {
    if (away && (from === 'r4' || to === 'r4')) return false;
    if (counting && to === 'r4' && message.kind === 'prePrepare') proposals.push(message.signed.statement.sequence);
    return to !== 'r4' || !fetched.includes(message.kind);
  };
  group.put(...texts(50));
  if (how === 'lost its disk') {
    group.crash('r4');
    group.start('r4', new Disk());
  }
  away = false;
  group.run(1000);
  group.put(...texts(55, 'u'));
  group.run(2000);
  counting = true;
  group.run(1000);
  const { state, replica } = group.server('r4');
  expect(state.lastExecuted).toBeLessThan(50);
  expect(replica['pbft'].log.highest).toBe(group.server('r1').state.lastExecuted);
  return proposals;
}

test.each(['was away', 'lost its disk'] as const)(
  'Who %s, and has committed what it cannot execute before it has fetched the rest, is not sent it again with each status',
  (how) => {
    const proposals = sentWhileItFetches(how);
    // Null requests, which bring back who lost its disk, go there as well, and may overtake what it says of them.
    const times = proposals.map((sequence) => proposals.filter((each) => each === sequence).length);
    expect(Math.max(0, ...times)).toBeLessThanOrEqual(2);
  },
);
