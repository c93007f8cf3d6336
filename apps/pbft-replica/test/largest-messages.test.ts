import { mostMembers, sha256 } from '@synod/keys';
import { MAX_PAYLOAD_BYTES } from '@synod/nats-transport';
import { Group, defaultLimits, messageLimits } from '@synod/pbft-core';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';

const longest = 'x'.repeat(30);
const domain = { cluster: `${longest}-c`, group: `${longest}-g`, epoch: 'e'.repeat(24) };
const as = (name: string) => pbftCryptography(domain, name, sha256, () => new Uint8Array(64));
const namesOf = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => `${longest}${String(i).padStart(2, '0')}`); // prettier-ignore

/** Of a full log, in a group of so many with the longest names that there are. */
function sizeOf(n: number): number {
  const names = namesOf(n);
  const group = new Group(names);
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

test('so is the offer of the largest state that can be offered, and a piece of it', () => {
  const names = namesOf(mostMembers);
  const [digest, sequence, chunkBytes] = ['ab'.repeat(32), 2 ** 40, 3 * defaultLimits.chunkBytes];
  const chunks = Array.from({ length: messageLimits.chunks }, () => digest);
  const votes = names.slice(0, new Group(names).quorum).map((name) => as(name).sign({ type: 'snapshot', sequence, digest })); // prettier-ignore
  const totalBytes = chunkBytes * chunks.length;
  const manifest = { sequence, position: 2 ** 50, history: digest, totalBytes, chunkBytes, chunks };
  const offer = { kind: 'snapshotOffer', stable: { manifest, votes } } as const;
  expect(pbftMessages(domain).encode(offer).length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
  const bytes = new Uint8Array(chunkBytes);
  const chunk = { snapshot: { index: sequence, era: 0 }, offset: 2 ** 40, totalBytes, bytes, checksum: 2 ** 31 };
  const piece = pbftMessages(domain).encode({ kind: 'snapshotChunk', chunk });
  expect(piece.length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
});
