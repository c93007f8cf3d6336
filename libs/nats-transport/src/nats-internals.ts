import type { Socket } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';

/** What nats.js hides and we cannot do without; all of it is here. Its version is pinned, and tests notice what goes missing. */
interface Internals {
  readonly protocol?: {
    readonly transport?: { readonly socket?: Socket };
    parser?: Parser;
  };
}

interface Parser {
  parse(bytes: Uint8Array): void;
}

/** nats.js has no way to give up a socket at once, and none to leave bytes in it. */
export function socketOf(nats: NatsConnection): Socket | undefined {
  return (nats as unknown as Internals).protocol?.transport?.socket;
}

/**
 * From now on what `begin` returns gets what the sockets bring, instead of the parser that it was given. `begin` is called now,
 * between two messages, and again for each connection made later.
 */
export function interceptParser(nats: NatsConnection, begin: (parse: Parser['parse']) => Parser['parse']): void {
  const { protocol } = nats as unknown as Internals;
  if (protocol?.parser === undefined) throw new Error('this version of nats.js keeps its parser elsewhere');
  const replaced = (parser: Parser): Parser => ({ parse: begin((bytes) => parser.parse(bytes)) });
  let current = replaced(protocol.parser);
  Object.defineProperty(protocol, 'parser', {
    get: () => current,
    set: (parser: Parser) => (current = replaced(parser)),
  });
}
