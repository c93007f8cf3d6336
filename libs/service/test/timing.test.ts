import { electionSettings, readEnvironment, timingOf } from '../src/index.js';

const timing = (environment: NodeJS.ProcessEnv) => timingOf(readEnvironment(electionSettings, environment));

test('unless told otherwise, by the preset, of which each may be replaced', () => {
  expect(timing({})).toEqual({ electionTimeout: { minMs: 150, maxMs: 300 }, heartbeatMs: 50 });
  expect(timing({ SYNOD_TIMING: 'wan' })).toEqual({ electionTimeout: { minMs: 1000, maxMs: 2000 }, heartbeatMs: 100 });
  expect(timing({ SYNOD_TIMING: 'wan', SYNOD_HEARTBEAT_MS: '500' }).heartbeatMs).toBe(500);
  expect(timing({ SYNOD_ELECTION_MS: '100-200' }).electionTimeout).toEqual({ minMs: 100, maxMs: 200 });
});

test.each([
  [{ SYNOD_HEARTBEAT_MS: '400' }, 400, 150],
  [{ SYNOD_HEARTBEAT_MS: '76' }, 76, 150],
  [{ SYNOD_ELECTION_MS: '99-200' }, 50, 99],
  [{ SYNOD_TIMING: 'wan', SYNOD_HEARTBEAT_MS: '501' }, 501, 1000],
])(
  'a heartbeat of which none may be lost before an election is refused, and what to set is said: %j',
  (said, heartbeat, election) => {
    expect(() => timing(said)).toThrow(
      `a heartbeat of ${heartbeat} ms needs an election timeout of at least ${2 * heartbeat} ms, not ${election}: set SYNOD_ELECTION_MS or SYNOD_HEARTBEAT_MS`,
    );
  },
);
