import { pbftMessages } from '@synod/pbft-wire';
import { domain } from './keys.js';

test('no message of members is called as what clients and the admin ask: the broker would not let it pass', () => {
  const asked = ['request', 'read', 'decide', 'status', 'fault', 'evidence', 'member', 'reply', 'report'];
  const { peerKinds } = pbftMessages(domain);
  expect(asked.filter((kind) => peerKinds.has(kind))).toEqual([]);
});
