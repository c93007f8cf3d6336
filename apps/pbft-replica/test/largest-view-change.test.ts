import { mostMembers, sha256 } from '@synod/keys';
import { MAX_PAYLOAD_BYTES } from '@synod/nats-transport';
import { Group, defaultLimits } from '@synod/pbft-core';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';

/** Of a full log, in a group of so many with the longest names that there are. */
function sizeOf(n: number): number {
  const longest = 'x'.repeat(30);
  const domain = { cluster: `${longest}-c`, group: `${longest}-g`, epoch: 'e'.repeat(24) };
  const names = Array.from({ length: n }, (_, i) => `${longest}${String(i).padStart(2, '0')}`);
  const group = new Group(names);
  const as = (name: string) => pbftCryptography(domain, name, sha256, () => new Uint8Array(64));
  const [digest, before] = ['ab'.repeat(32), 2 ** 40];
  const prepared = Array.from({ length: defaultLimits.logSize }, (_, i) => {
    const proposed = { view: 2 ** 30, sequence: before + 1 + i, digest };
    const prepares = names.slice(1, group.quorum).map((name) => as(name).sign({ type: 'prepare', ...proposed }));
    return { proposal: as(names[0]!).sign({ type: 'prePrepare', ...proposed }), prepares };
  });
  const votes = names.slice(0, group.quorum).map((name) => as(name).sign({ type: 'checkpoint', sequence: before, digest })); // prettier-ignore
  const state = { sequence: before, position: 2 ** 50, history: digest, state: 'x'.repeat(64) };
  const signed = as(names[1]!).sign({ type: 'viewChange', view: 2 ** 30, stable: { state, votes }, prepared });
  return pbftMessages(domain).encode({ kind: 'viewChange', signed }).length;
}

test('the largest view change that there can be is a message that the broker takes', () => {
  expect(sizeOf(mostMembers)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
});
