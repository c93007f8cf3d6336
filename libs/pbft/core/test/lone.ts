import type { Message } from '@synod/pbft-core';
import { Group } from './group.js';
import type { GroupOptions } from './group.js';
import type { Server } from './server.js';

/** One correct member; the test plays all others. */
export class Lone {
  readonly group: Group;
  readonly heard: Message[] = [];

  constructor(
    readonly name = 'r2',
    options: GroupOptions = {},
  ) {
    this.group = new Group(options);
    for (const other of this.group.names) {
      if (other !== name) this.group.betray(other, (_from, message) => void this.heard.push(message));
    }
  }

  get server(): Server {
    return this.group.server(this.name);
  }

  hear(...messages: readonly Message[]): void {
    for (const message of messages) this.group.post(senderOf(message), this.name, message);
    this.group.run(3);
  }

  /** What it sent of a kind, each once. */
  said<K extends Message['kind']>(kind: K): Extract<Message, { kind: K }>[] {
    const sent = this.server.sent.map(({ message }) => message);
    return sent.filter((message): message is Extract<Message, { kind: K }> => message.kind === kind);
  }
}

function senderOf(message: Message): string {
  return 'signed' in message && message.kind !== 'relay' && message.kind !== 'request' ? message.signed.signer : 'r1';
}
