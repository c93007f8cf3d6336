import { errors } from '@nats-io/transport-node';
import { connectFailure } from '../src/connection.js';

/** What nats-server says before it hangs up, as nats.js passes it on. */
test.each([
  ['Authorization Violation', 'unauthorized'],
  ['User Authentication Expired', 'unauthorized'],
  ['User Authentication Revoked', 'unauthorized'],
  ['Account Authentication Expired', 'unauthorized'],
  ['Authentication Timeout', 'unavailable'], // it or we were busy; nobody looked at the key
  ['maximum connections exceeded', 'unavailable'],
])('a server that says "%s" makes a client %s', (said, code) => {
  expect(connectFailure(new errors.AuthorizationError(`'${said}'`), 'nats:4222', 'client')).toMatchObject({ code });
});

test('who shows no certificate is told that one may be demanded: in TLS 1.3 the server only hangs up', () => {
  const message = (showsNone: boolean) =>
    connectFailure(new errors.TimeoutError(), 'nats:4222', 'client', showsNone).message;
  expect(message(true)).toContain('demands a certificate that we do not show (tls.certFile)');
  expect(message(false)).not.toContain('certificate');
});
