import { errors } from '@nats-io/transport-node';
import type { TlsFiles } from '@synod/nats-handshake';
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

test('where there is TLS, the certificate may be what the server wants, or what it refuses: in TLS 1.3 it only hangs up', () => {
  const message = (tls?: TlsFiles) => connectFailure(new errors.TimeoutError(), 'nats:4222', 'client', tls).message;
  expect(message({ caFile: 'ca' })).toContain('demands a certificate that we do not show (tls.certFile)');
  expect(message({ caFile: 'ca', certFile: 'c', keyFile: 'k' })).toContain('refuses our certificate (tls.certFile)');
  expect(message()).not.toContain('certificate');
});
