import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  EnvironmentError,
  describeProcess,
  processSettings,
  readEnvironment,
  takeHeaders,
  withoutUserInfo,
} from '../src/index.js';

const refusal = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readEnvironment(processSettings, environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message.split('\n');
  }
};

test('nothing need be said, and an empty text says nothing', () => {
  expect(refusal({})).toEqual([]);
  expect(refusal({ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_TRACES_SAMPLER: '', OTEL_EXPORTER_OTLP_HEADERS: '' })).toEqual(
    [],
  );
});

test.each([
  ['SYNOD_LOG_LEVEL', 'loud', 'must be one of debug, info, warn, error, silent'],
  ['SYNOD_EXIT_WITH_STDIN', 'yes', 'must be 0 or 1'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'must be a URL such as http://127.0.0.1:4318'],
  ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'grpc', 'must be one of http/protobuf'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zstd', 'must be one of gzip, none'],
  ['OTEL_TRACES_SAMPLER', 'sometimes', 'must be one of always_on, always_off'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5', 'must be a number from 0 to 1'],
  ['OTEL_BSP_SCHEDULE_DELAY', '0', 'must be a whole number from 1'],
  ['OTEL_SPAN_LINK_COUNT_LIMIT', '-1', 'must be a whole number from 0'],
])('%s=%s is refused at the start', (variable, value, message) => {
  expect(refusal({ [variable]: value })).toEqual([expect.stringContaining(`${variable}="${value}": ${message}`)]);
});

test('what is shown at start is the level and what was said, without secrets', () => {
  expect(describeProcess({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x', OTEL_SDK_DISABLED: 'true' })).toEqual({
    SYNOD_LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_HEADERS: '(secret)',
    OTEL_SDK_DISABLED: 'true',
  });
});

test('headers that are secrets come from a file that nobody else reads, and go before the variable', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'synod-headers-')), 'headers');
  const environment: NodeJS.ProcessEnv = { OTEL_EXPORTER_OTLP_HEADERS_FILE: path, OTEL_EXPORTER_OTLP_HEADERS: 'a=b' };
  writeFileSync(path, 'authorization=x\n', { mode: 0o644 });
  expect(refusal(environment)).toEqual([expect.stringContaining('can be read by others')]);
  chmodSync(path, 0o600);
  takeHeaders(readEnvironment(processSettings, environment), environment);
  expect(environment['OTEL_EXPORTER_OTLP_HEADERS']).toBe('authorization=x');
  expect(environment['OTEL_EXPORTER_OTLP_TRACES_HEADERS']).toBeUndefined();
  expect(JSON.stringify(describeProcess(environment))).not.toContain('authorization');
  rmSync(dirname(path), { recursive: true });
});

test('nobody reads the password in a URL: not in what is in force, nor in what is wrong', () => {
  const url = 'https://me:pass@collector:4318';
  expect(describeProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: url })).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://(secret)@collector:4318',
  });
  const wrong = (): unknown =>
    readEnvironment(processSettings, { OTEL_EXPORTER_OTLP_ENDPOINT: url.replace('https', 'ftp') });
  expect(wrong).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT="ftp://(secret)@collector:4318": must be a URL');
  expect(withoutUserInfo('nats://a:b@one,nats://c:d@two/x@y')).toBe('nats://(secret)@one,nats://(secret)@two/x@y');
});
