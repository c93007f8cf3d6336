import { PinoEventLog, createLogger } from '../src/index.js';
import { vocabulary } from './support/replicas.js';

function capture(environment: NodeJS.ProcessEnv = {}) {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, logger: createLogger({ service: 'raft-r1', environment, destination }) };
}

test('lines are JSON with the service, a level in words and a time; secrets and values are redacted', () => {
  const { lines, logger } = capture();
  logger.info({ password: 'p', request: { value: 'v', key: 'k' } }, 'hello');
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'raft-r1',
      password: '(redacted)',
      request: { value: '(redacted)', key: 'k' },
      msg: 'hello',
    },
  ]);
});

test.each(['password', 'secret', 'seed', 'token', 'authorization', 'cookie', 'value', 'payload', 'bytes'])(
  'what is named %s is in no line, nor what is so named in something else',
  (name) => {
    const { lines, logger } = capture();
    logger.info({ [name]: 'SUAMS', of: { [name]: 'SUAMS', user: 'raft-r1' } }, 'hello');
    expect(JSON.stringify(lines)).not.toContain('SUAMS');
    expect(lines).toMatchObject([{ [name]: '(redacted)', of: { [name]: '(redacted)', user: 'raft-r1' } }]);
  },
);

test('the level comes from SYNOD_LOG_LEVEL and can be changed while running; an unknown one is refused by name', () => {
  const { lines, logger } = capture({ SYNOD_LOG_LEVEL: 'warn' });
  logger.info('not shown');
  logger.level = 'debug';
  logger.debug('shown');
  expect(lines.map((line) => line['msg'])).toEqual(['shown']);
  expect(() => capture({ SYNOD_LOG_LEVEL: 'loud' })).toThrow(
    'SYNOD_LOG_LEVEL="loud": must be one of debug, info, warn, error, silent',
  );
});

test('events become lines with the trace they belong to', () => {
  const { lines, logger } = capture();
  const log = new PinoEventLog(logger, { ...vocabulary, describe: () => ({ level: 'info', text: 'leads term 2' }) });
  log.event({ kind: 'becameLeader' }, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
  expect(lines[0]).toMatchObject({
    event: 'becameLeader',
    trace_id: 'a'.repeat(32),
    span_id: 'b'.repeat(16),
    msg: 'leads term 2',
  });
});

test('refusals: the first of a reason at once, the others as counts, however many reasons there are', () => {
  const { lines, logger } = capture();
  const log = new PinoEventLog(logger, vocabulary);
  for (let n = 0; n < 1000; n++) log.rejected('c1', 'malformed', 1000 + n);
  log.sweep(5000);
  expect(lines.map((line) => line['msg'])).toEqual(['refused a message of c1: malformed']);
  log.sweep(12_000);
  expect(lines[1]).toMatchObject({ count: 999, reason: 'malformed' });
  for (let n = 0; n < 1000; n++) log.rejected('c1', `reason ${n}`, 13_000);
  expect(lines.length).toBeLessThan(70);
  log.sweep(60_000);
  expect(lines.at(-1)).toMatchObject({ reason: 'other' });
});

test('what came too late to matter is no warning', () => {
  const { lines, logger } = capture();
  const log = new PinoEventLog(logger, vocabulary);
  for (let n = 0; n < 1000; n++) log.rejected('r2', 'worthless', 1000 + n);
  log.sweep(12_000);
  expect(lines).toEqual([]);
});
