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
