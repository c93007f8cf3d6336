import { printBallot } from '@synod/paxos-core';
import type { Message } from '@synod/paxos-core';
import { valueText } from '../../tap/client-facts.js';
import type { Fact } from '../../tap/facts.js';

/** Single-decree Paxos, and how registers move to other acceptors; undefined for other messages. */
export function registerFacts(message: Message, values: boolean): readonly Fact[] | undefined {
  switch (message.kind) {
    case 'registerAsk':
      return asked(message);
    case 'registerTold':
      return [...asked(message), told(message)];
    case 'registerPrepare':
    case 'registerAccepted':
      return common(message);
    case 'registerPromised':
      return [...common(message), ...held(message, values), ...(message.isFull ? [full] : [])];
    case 'registerAccept':
      return [...common(message), ['value', valueText(message.value, values), valueText(message.value, values)]];
    case 'registerNack': {
      const { why, promised, ballot } = message;
      if (ballot === 0) return [...asked(message), ['refused', why]]; // a question, which has no ballot
      return [...common(message), ['refused', why], ['promised', promised === 0 ? 'none' : printBallot(promised)]];
    }
    case 'freezeRegisters':
      return [
        ...move(message),
        ['after', message.after, message.after === '' ? 'from the first' : `after ${message.after}`],
      ];
    case 'registersPage':
      return [
        ...move(message),
        ['registers', message.registers.length],
        ['last', message.isLast, message.isLast ? 'the last' : 'more follow'],
      ];
    case 'storeRegisters':
      return [...move(message), ['part', message.part], ['registers', message.registers.length]];
    case 'registersStored':
      return [...move(message), ['part', message.part]];
    default:
      return undefined;
  }
}

const nothing: Fact = ['accepted', 'none', 'accepted nothing'];
const full: Fact = ['room', 'none', 'no room'];

function held({ accepted, value }: Extract<Message, { kind: 'registerPromised' }>, values: boolean): readonly Fact[] {
  if (accepted === 0) return [nothing];
  return [['accepted', printBallot(accepted), `accepted ${valueText(value, values)} in ${printBallot(accepted)}`]];
}

function told({ accepted }: Extract<Message, { kind: 'registerTold' }>): Fact {
  return accepted === 0 ? nothing : ['accepted', printBallot(accepted), `accepted in ${printBallot(accepted)}`];
}

function asked({ key, epoch }: Omit<OfRegister, 'ballot'>): readonly Fact[] {
  return [
    ['key', key, key],
    ['epoch', epoch],
  ];
}

interface OfRegister {
  readonly key: string;
  readonly ballot: number;
  readonly epoch: number;
}

/** The epoch is the version of the acceptors that the registers belong to. */
function common({ key, ballot, epoch }: OfRegister): readonly Fact[] {
  return [
    ['key', key, key],
    ['ballot', printBallot(ballot)],
    ['epoch', epoch],
  ];
}

function move({ ballot, epoch }: Omit<OfRegister, 'key'>): readonly Fact[] {
  return [
    ['ballot', printBallot(ballot)],
    ['epoch', epoch],
  ];
}
