import { PaxosAcceptor, defaultAcceptorLimits } from '@synod/paxos-core';
import type { Message } from '@synod/paxos-core';
import { bytes } from './group.js';

const names = ['a1', 'a2', 'a3'];

/** Its registers are in a snapshot that is not restored yet: what it promised there, it does not know. */
function restoring(): PaxosAcceptor & { readonly install: number } {
  const acceptor = new PaxosAcceptor({
    self: 'a1',
    acceptors: names,
    proposers: ['p1', 'p2'],
    everyone: 'replicas',
    electionTimeout: { minMs: 150, maxMs: 300 },
    limits: defaultAcceptorLimits,
  });
  const acceptors = names.map((address) => ({ address, disk: 0 }));
  const founding = { version: 1, acceptors, phase1: 2, phase2: 2 };
  const place = {
    clusterId: 7,
    disk: 0,
    founding,
    promised: 0,
    trimmedThrough: 0,
    registersEpoch: 1,
    registerFloor: 0,
  };
  const state = { kind: 'acceptorState', standing: 'active', ...place } as const;
  const snapshot = { index: 9, era: 0 };
  acceptor.step({ kind: 'recover', record: state, at: 0 });
  acceptor.step({ kind: 'recover', record: { kind: 'acceptorMark', number: 9, snapshot, state }, at: 0 });
  const effects = acceptor.step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 2, at: 0 });
  const { id } = effects.find((effect) => effect.kind === 'installSnapshot')!;
  return Object.assign(acceptor, { install: id });
}

test.each(['registerPrepare', 'registerAccept', 'freezeRegisters', 'storeRegisters', 'registerAsk', 'canvass'])(
  '%s before the registers are back from their snapshot is answered by nothing',
  (kind) => {
    const round = { key: 'k', ballot: 64 * 5, epoch: 1, clusterId: 7, value: bytes('W') };
    const message = { kind, ...round, after: '', part: 0, registers: [], nonce: 1 } as unknown as Message;
    const effects = restoring().step({ kind: 'receive', from: 'p1', message, at: 1 });
    expect(effects.filter((effect) => effect.kind === 'send' || effect.kind === 'persist')).toEqual([]);
  },
);

test('and until then it says so of itself: who asks which registers there are does not count it', () => {
  const acceptor = restoring();
  expect(acceptor.inspect()).toMatchObject({ isRestoring: true, registers: 0 });
  acceptor.step({ kind: 'snapshotInstalled', id: acceptor.install, ok: true, at: 1 });
  expect(acceptor.inspect().isRestoring).toBe(false);
});
