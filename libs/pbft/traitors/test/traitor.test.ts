import { crc32 as zlibCrc32 } from 'node:zlib';
import { DamagedState } from '@synod/actor';
import { PbftReplica, defaultLimits, defaultTimings } from '@synod/pbft-core';
import type { Cryptography, PbftConfiguration, PbftService } from '@synod/pbft-core';
import { Traitor } from '@synod/pbft-traitors';
import type { Equipment, Treason } from '@synod/pbft-traitors';
import { crc32 } from '../src/crc32.js';

const members = ['r1', 'r2', 'r3', 'r4'];
const configuration: PbftConfiguration = { self: 'r1', members, everyone: 'all', timings: defaultTimings, limits: defaultLimits }; // prettier-ignore
const empty = new Uint8Array(0);
const cryptography: Cryptography = {
  digest: () => '00'.repeat(32),
  sign: (statement) => ({ statement, signer: 'r1', bytes: empty, signature: empty }),
};
const service: PbftService = {
  apply: () => empty,
  recall: () => undefined,
  query: () => empty,
  hash: () => '',
  snapshot: () => [].values(),
  restore: () => ({ page: () => undefined, finish: () => undefined }),
};
const equipment: Equipment = { configuration, service, cryptography, impersonate: () => cryptography, newService: () => service }; // prettier-ignore
const recovered = { kind: 'recovered', tail: 'clean', empty: true, incarnation: 7, at: 1 } as const;
const tick = { kind: 'timeout', timer: 'hello', at: 200 } as const;

test('without a treason it does what an honest replica does', () => {
  const traitor = new Traitor(() => ({}), equipment);
  const honest = new PbftReplica(configuration, service, cryptography);
  for (const input of [recovered, tick]) expect(traitor.step(input)).toEqual(honest.step(input));
  expect(traitor.inspect()).toEqual(honest.inspect());
});

test('a treason decides what the honest half hears, and what is done in its place', () => {
  const heard: string[] = [];
  const deaf: Treason = () => ({
    hear: (input) => (input.kind === 'timeout' ? undefined : input),
    act: (effects, input) => {
      heard.push(`${input.kind} ${effects.length > 0}`);
      return effects.filter(({ kind }) => kind !== 'send');
    },
  });
  const traitor = new Traitor(deaf, equipment);
  expect(traitor.step(recovered).map(({ kind }) => kind)).not.toContain('send');
  expect(traitor.step(tick)).toEqual([]);
  expect(heard).toEqual(['recovered true', 'timeout false']);
});

test('when its honest half is in a state that the protocol rules out it goes on lying without it', () => {
  let steps = 0;
  const lie = {
    kind: 'send',
    to: 'r2',
    message: { kind: 'fetch', from: 1, through: 2, what: 'digests' },
    after: 0,
  } as const;
  const confused: Treason = ({ honest }) => {
    honest.step = () => {
      steps++;
      throw new Error('by its own doing');
    };
    return { act: (effects) => [...effects, lie] };
  };
  const traitor = new Traitor(confused, equipment);
  expect(traitor.step(recovered)).toEqual([lie]);
  expect(traitor.step(tick)).toEqual([lie]);
  expect(steps).toBe(1);
});

test('a damaged disk stops a traitor as it stops everybody', () => {
  const damaged: Treason = ({ honest }) => {
    honest.step = () => {
      throw new DamagedState('there is nothing left');
    };
    return {};
  };
  expect(() => new Traitor(damaged, equipment).step(recovered)).toThrow(DamagedState);
});

test('its checksums are those of the snapshot store', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
  expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  expect(crc32(empty)).toBe(zlibCrc32(empty));
});
