import { envelope, refused, understood } from './judge.js';

describe('Refused', () => {
  test('registers without a key, or with one that is none', () => {
    const prepare = (key: string): Uint8Array => envelope({ registerPrepare: { key, ballot: 65, epoch: 1 } });
    understood('register-prepare', prepare('locks/Leader_1.a-b'));
    understood('register-prepare', prepare('x'.repeat(128)));
    for (const key of ['', ' ', 'a b', 'a*', 'ä', 'a\n', 'x'.repeat(129)]) refused('register-prepare', prepare(key));
    understood('freeze-registers', envelope({ freezeRegisters: { ballot: 65, after: '' } }));
    refused('freeze-registers', envelope({ freezeRegisters: { ballot: 65, after: 'a b' } }));
  });

  test('a register with a value of no ballot, or of one that is above its promise', () => {
    const promised = (accepted: number, value: string): Uint8Array =>
      envelope({ registerPromised: { key: 'k', ballot: 65, accepted, value: Buffer.from(value) } });
    understood('register-promised', promised(65, 'v'));
    understood('register-promised', promised(0, ''));
    refused('register-promised', promised(0, 'v'));
    refused('register-promised', promised(66, 'v'));
    const store = (register: object): Uint8Array => envelope({ storeRegisters: { ballot: 65, registers: [register] } });
    understood('store-registers', store({ key: 'k', promised: 66, accepted: 3 }));
    refused('store-registers', store({ key: 'k', promised: 66, accepted: 67 }));
    refused('store-registers', store({ key: 'k', accepted: 3 }));
    refused('store-registers', store({ promised: 66 }));
  });

  test('a page of registers that is not in the order of their keys, or goes back', () => {
    const page = (after: string, ...keys: string[]): Uint8Array => {
      const registers = keys.map((key) => ({ key, promised: 65 }));
      return envelope({ registersPage: { ballot: 65, epoch: 1, after, registers } });
    };
    understood('registers-page', page('', 'a', 'b'));
    understood('registers-page', page('a', 'b'));
    refused('registers-page', page('', 'b', 'a'));
    refused('registers-page', page('', 'a', 'a'));
    refused('registers-page', page('b', 'b'));
    refused('registers-page', page('b', 'a'));
  });

  test('a refusal of a register for no reason, or for a promise that is not higher', () => {
    const nack = (why: number, promised: number): Uint8Array =>
      envelope({ registerNack: { key: 'k', ballot: 65, promised, epoch: 1, why } });
    understood('register-nack', nack(1, 66));
    understood('register-nack', nack(2, 0));
    refused('register-nack', nack(1, 65));
    refused('register-nack', nack(3, 2 ** 52 + 1));
    for (const why of [0, 4, 4_294_967_295]) refused('register-nack', nack(why, 66));
  });

  test('a refusal of a question for another reason than its epoch', () => {
    const nack = (why: number): Uint8Array => envelope({ registerNack: { key: 'k', promised: 66, epoch: 1, why } });
    understood('register-nack', nack(2));
    for (const why of [1, 3]) refused('register-nack', nack(why));
  });
});
