import type { ConnectionOptions, PeerCertificate } from 'node:tls';
import { withIdentity } from '../src/index.js';

const certificateFor = (subjectaltname: string) => ({ subject: { CN: 'nats' }, subjectaltname }) as PeerCertificate;
const byName = certificateFor('DNS:nats.internal, DNS:localhost');
const byAddress = certificateFor('IP Address:10.0.0.5, IP Address:0:0:0:0:0:0:0:1');

test.each<[string, readonly string[], string, PeerCertificate, boolean]>([
  ['its name', ['nats://nats.internal:4222'], 'nats.internal', byName, true],
  ['another name', ['nats://nats.internal:4222'], 'nats.internal', byAddress, false],
  ['the name of another that we were told of', ['nats.internal', 'other.internal'], 'other.internal', byName, false],
  // What follows is called by its address: Node says "localhost".
  ['its address', ['nats://10.0.0.5:4222'], 'localhost', byAddress, true],
  ['its address of IPv6', ['nats://[::1]:4222'], 'localhost', byAddress, true],
  ['an address without a scheme', ['10.0.0.5:4222'], 'localhost', byAddress, true],
  ['one of several', ['10.0.0.4', '10.0.0.5'], 'localhost', byAddress, true],
  ['an address, where the certificate is for localhost', ['nats://10.0.0.5:4222'], 'localhost', byName, false],
  ['another address', ['nats://10.0.0.6:4222'], 'localhost', byAddress, false],
  ['localhost itself', ['nats://localhost:4222'], 'localhost', byName, true],
  ['localhost, by a certificate for an address', ['nats://localhost:4222'], 'localhost', byAddress, false],
])('%s', (_what, servers, name, certificate, isBelieved) => {
  const { checkServerIdentity } = withIdentity({}, servers) as ConnectionOptions;
  expect(checkServerIdentity!(name, certificate) === undefined).toBe(isBelieved);
});
