import type { Actor, Address, Effect, Input } from '@synod/actor';
import { Group, PbftReplica, propose } from '@synod/pbft-core';
import type {
  Batch,
  Cryptography,
  Message,
  PbftConfiguration,
  PbftService,
  PbftVocabulary,
  StateVote,
  Statement,
  Vote,
} from '@synod/pbft-core';

export type E = Effect<PbftVocabulary>;
export type I = Input<PbftVocabulary>;
export type Send = Extract<E, { kind: 'send' }>;

/** What a traitor has: an honest replica's whole equipment, and nobody else's key. */
export interface Equipment {
  readonly configuration: PbftConfiguration;
  readonly service: PbftService;
  /** Signs in its own name. */
  readonly cryptography: Cryptography;
  /** Signs in another's name, with the traitor's key. */
  impersonate(name: Address): Cryptography;
  /** For a second life beside the first. */
  newService(): PbftService;
}

/** The same, with what every treason needs. */
export interface Means extends Equipment {
  readonly self: Address;
  readonly group: Group;
  readonly others: readonly Address[];
  /** The honest replica in the traitor's hands. */
  readonly honest: Actor<PbftVocabulary>;
  /** Has it propose what nobody asked for, as primary. */
  propose(batch: Batch, at: number): readonly E[];
  /** A message with one statement of its own. */
  say(statement: Vote<'prepare' | 'commit'> | StateVote<'checkpoint' | 'snapshot'>): Message;
}

/** What a traitor does with what comes to its honest half, and with what that would do. */
export interface Behaviour {
  /** What the honest half gets to see; undefined: nothing. */
  hear?(input: I): I | undefined;
  /** What is done in place of what it would do. */
  act?(effects: readonly E[], input: I): readonly E[];
}

export type Treason = (means: Means) => Behaviour;

/** An honest replica that can be made to propose. */
class Hand extends PbftReplica {
  propose(batch: Batch, at: number): readonly E[] {
    this.pbft.now = at;
    propose(this.pbft, batch);
    return this.step({ kind: 'timeout', timer: 'reads', at });
  }
}

/**
 * A member that does not keep to the protocol: a wrapper around an honest one, whose code has no switch for any of this. It signs
 * with its own key only, and deterministically: the same inputs, the same lies.
 */
export class Traitor implements Actor<PbftVocabulary> {
  private readonly honest: Hand;
  private readonly behaviour: Behaviour;
  /** Its honest half found itself in a state that the protocol rules out: by its own doing. */
  private isConfused = false;

  constructor(treason: Treason, equipment: Equipment) {
    const { configuration, service, cryptography } = equipment;
    const { self, members } = configuration;
    this.honest = new Hand(configuration, service, cryptography);
    this.behaviour = treason({
      configuration,
      service,
      cryptography,
      self,
      group: new Group(members),
      others: members.filter((member) => member !== self),
      honest: this.honest,
      propose: (batch, at) => this.honest.propose(batch, at),
      impersonate: (name) => equipment.impersonate(name),
      newService: () => equipment.newService(),
      say: (statement) => ({ kind: statement.type, signed: cryptography.sign(statement as Statement) }) as Message,
    });
  }

  step(input: I): readonly E[] {
    const { behaviour } = this;
    const heard = behaviour.hear === undefined ? input : behaviour.hear(input);
    const effects = heard === undefined ? [] : this.honestly(heard);
    return behaviour.act?.(effects, input) ?? effects;
  }

  takesClients(): boolean {
    return this.honest.takesClients();
  }

  inspect() {
    return this.honest.inspect();
  }

  private honestly(input: I): readonly E[] {
    if (this.isConfused) return [];
    try {
      return this.honest.step(input);
    } catch (error) {
      if ((error as Error).name === 'DamagedState') throw error;
      this.isConfused = true;
      return [];
    }
  }
}

/** Each send on its own, for each receiver in turn; `change` says what that one gets, undefined: nothing. */
export function toEach(
  effects: readonly E[],
  { others, configuration }: Pick<Means, 'others' | 'configuration'>,
  change: (message: Message, to: Address, send: Send) => Message | undefined,
): readonly E[] {
  return effects.flatMap((effect): readonly E[] => {
    if (effect.kind !== 'send') return [effect];
    const receivers = effect.to === configuration.everyone ? others : [effect.to];
    const copies = receivers.map((to) => ({ to, message: change(effect.message, to, effect) }));
    if (copies.every(({ message }) => message === effect.message)) return [effect];
    return copies.flatMap(({ to, message }) => (message === undefined ? [] : [{ ...effect, to, message }]));
  });
}

/** Rests on no disk: a traitor keeps no promises. */
export function send(to: Address, message: Message): Send {
  return { kind: 'send', to, message, after: 0 };
}

export function isReceived<K extends Message['kind']>(
  input: I,
  kind: K,
): input is I & { kind: 'receive'; from: Address; message: Extract<Message, { kind: K }> } {
  return input.kind === 'receive' && input.message.kind === kind;
}

/** Comes again and again, whatever else happens. */
export function isTick(input: I): boolean {
  return input.kind === 'timeout' && input.timer === 'status';
}
