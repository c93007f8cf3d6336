import type { Address } from '@synod/actor';
import { contradiction } from '@synod/pbft-core';
import type { Event, Message, PbftReplica, PbftVocabulary, Signed, Group } from '@synod/pbft-core';
import { encodeCertificate, verifyCertificate } from '@synod/pbft-wire';
import type { Machine } from '@synod/simulator';
import { domain, sha256 } from '../keys.js';
import type { KeyRing } from '../keys.js';
import { fail } from './claims.js';

type V = PbftVocabulary;
type Equivocation = Extract<Event, { kind: 'equivocation' }>;

/** Who contradicts himself before a correct replica's eyes is shown to anybody; and nobody else is. */
export class Accusations {
  /** At whom an accusation is due in this step, and why. */
  private due: { readonly at: Address; readonly of: Address; readonly what: string } | undefined;

  constructor(
    private readonly traitors: ReadonlySet<Address>,
    private readonly group: Group,
    private readonly ring: KeyRing,
    private readonly logSize: number,
  ) {}

  /** Before the step: does this message contradict what the replica holds in its present view? */
  stepping(machine: Machine<V>, message: Message): void {
    const { pbft } = machine.life!.actor as unknown as { readonly pbft: PbftReplica['pbft'] };
    if (!pbft.follows || !pbft.active || !isOfView(message, pbft.view)) return;
    const { signed } = message;
    const held = heldOf(pbft, message);
    if (held === undefined || signed.signer === pbft.self) return;
    const isKnown = signed.signer === pbft.primary ? pbft.proof?.view === pbft.view : pbft.accused.has(signed.signer);
    if (isKnown) return;
    if (contradiction(held, signed) === undefined) return;
    this.due = {
      at: machine.address,
      of: signed.signer,
      what: `two a ${message.kind}s at ${signed.statement.sequence}`,
    };
  }

  observed(at: Address, { by, first, second }: Equivocation): void {
    if (!this.traitors.has(by)) fail('accused', `${at} accuses ${by}, which is correct`);
    const { group, logSize, ring } = this;
    const { keys, verify } = ring;
    const file = encodeCertificate({ kind: 'equivocation', first, second });
    const verdict = verifyCertificate({ domain, group, logSize, keys, sha256, verify }, file);
    if (!verdict.holds) fail('proof', `what ${at} has against ${by} convinces nobody: ${verdict.why}`);
    if (this.due?.of === by) this.due = undefined;
  }

  stepped(): void {
    const { due } = this;
    this.due = undefined;
    if (due !== undefined) fail('proof', `${due.at} saw ${due.of} send ${due.what} and says nothing`);
  }
}

type Placed = Extract<Message, { kind: 'prePrepare' | 'prepare' | 'commit' }>;

function isOfView(message: Message, view: number): message is Placed {
  const placed = message.kind === 'prePrepare' || message.kind === 'prepare' || message.kind === 'commit';
  return placed && message.signed.statement.view === view;
}

/** What it has from the same signer in the same place. */
function heldOf({ log, low, high, primary, isPrimary }: PbftReplica['pbft'], message: Placed): Signed | undefined {
  const { signer, statement } = message.signed;
  if (statement.sequence <= low || statement.sequence > high) return undefined;
  const slot = log.at(statement.sequence);
  if (message.kind === 'prePrepare') return signer === primary && !isPrimary ? slot?.proposal : undefined;
  if (message.kind === 'prepare') return signer === primary ? undefined : slot?.prepares.get(signer);
  return slot?.commits.get(signer);
}
