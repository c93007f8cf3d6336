import { natsSettings, readEnvironment, tlsFiles } from '../src/index.js';

const filesOf = (environment: Readonly<Record<string, string>>) =>
  tlsFiles(readEnvironment(natsSettings, environment as NodeJS.ProcessEnv));

test('without files there is no TLS; with them each is where it was said', () => {
  expect(filesOf({})).toBeUndefined();
  expect(filesOf({ SYNOD_NATS_CA_FILE: 'ca.crt' })).toEqual({ caFile: 'ca.crt' });
  const own = { SYNOD_NATS_CERT_FILE: 'r1.crt', SYNOD_NATS_KEY_FILE: 'r1.key' };
  expect(filesOf(own)).toEqual({ certFile: 'r1.crt', keyFile: 'r1.key' });
  expect(filesOf({ ...own, SYNOD_NATS_CA_FILE: 'ca.crt' })).toEqual({
    ...{ caFile: 'ca.crt', certFile: 'r1.crt', keyFile: 'r1.key' },
  });
});

test.each([{ SYNOD_NATS_CERT_FILE: 'r1.crt' }, { SYNOD_NATS_KEY_FILE: 'r1.key' }])('%j is only half', (environment) => {
  expect(() => filesOf(environment as Readonly<Record<string, string>>)).toThrow('belong together: set both, or none');
});
