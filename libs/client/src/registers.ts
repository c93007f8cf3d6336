import { encodeRegisterRequest, isRegisterKey, limits } from '@synod/api';
import { sourceOf, type Budget, type Operation, type Source } from './batch.js';
import type { Decoder } from './call.js';
import type { Carrier } from './carrier.js';
import { SynodError } from './errors.js';
import { bytesOf, type Bytes } from './key-value.js';
import { registerValueBytes } from './limits.js';

/** The one value of a write-once register. The bytes are the caller's own. */
export class ChosenValue {
  constructor(
    readonly value: Uint8Array,
    /** These are the bytes that this call asked for; somebody else may have asked for the same before. */
    readonly isOurs: boolean,
    readonly source: Source,
  ) {}

  get text(): string {
    return new TextDecoder().decode(this.value);
  }
}

/** What a register holds; undefined: nothing is chosen. */
export type RegisterCall = Operation<Uint8Array | undefined>;

/**
 * Write-once registers, for groups whose protocol has them. Each is decided by itself, not in the log: no session, no batch, and
 * whoever asks twice is told the same.
 */
export class Registers {
  constructor(
    private readonly client: string,
    private readonly courier: Carrier,
    private readonly budget: Budget,
  ) {}

  /** `value` undefined: only asks. The budget has been taken from already. */
  ask(key: string, value: Uint8Array | undefined, call: RegisterCall): void {
    const sequence = this.courier.nextSequence();
    const bytes = encodeRegisterRequest({ client: this.client, sequence, key, value });
    const repeatable = value === undefined;
    const { context, deadline } = call;
    const settled = () => this.budget.give(call.bytes.length);
    const failed = (error: SynodError) => {
      settled();
      call.fail(error);
    };
    this.courier.submit(
      { kind: 'decide', session: 0, sequence, bytes, count: 0, repeatable, asks: 'leaderFirst', context },
      {
        deadline: () => deadline,
        decided: (chosen, from, reply) => {
          settled();
          call.complete(chosen, sourceOf(from, reply));
        },
        failed,
        expire: (_now, error) => (failed(error(false)), true),
      },
    );
  }
}

export function registerKey(key: string): string {
  if (isRegisterKey(key)) return key;
  const most = limits.registerKeyBytes;
  throw new SynodError(
    'invalid',
    `a register's key is 1 to ${most} of A-Z a-z 0-9 . _ / -, not ${JSON.stringify(key)}`,
  );
}

export function registerValue(value: Bytes): Uint8Array {
  const bytes = bytesOf(value);
  if (bytes.length <= registerValueBytes) return bytes;
  throw new SynodError(
    'tooLarge',
    `a register's value has at most ${registerValueBytes} bytes, not ${bytes.length}: keep large things elsewhere, and decide on their name`,
  );
}

/** Copies: what was received is a view into the connection's buffer. */
export function asChosen(wanted: Uint8Array): Decoder<ChosenValue, Uint8Array | undefined> {
  return (chosen, source) => {
    if (chosen === undefined)
      throw new SynodError('invalid', 'the group answers that nothing was chosen, though asked to');
    return new ChosenValue(new Uint8Array(chosen), Buffer.compare(chosen, wanted) === 0, source);
  };
}

export const asDecided: Decoder<ChosenValue | undefined, Uint8Array | undefined> = (chosen, source) =>
  chosen && new ChosenValue(new Uint8Array(chosen), false, source);
