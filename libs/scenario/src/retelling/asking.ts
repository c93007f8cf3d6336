/** What a client asks of a replicated state machine, as the protocols' messages have it. */
type Asked =
  | { readonly kind: 'request'; readonly bytes: Uint8Array }
  | { readonly kind: 'read'; readonly level: 'linearizable' | 'stale' | 'discover'; readonly maxAgeMs: number };

/** Each write of a run is another value of one register; as long as the client's batch was, where limits count bytes. */
export function askingOneRegister(sameLength: boolean): (said: unknown, sequence: number) => string | undefined {
  const values = new Map<string, number>();
  return (said, sequence) => {
    const message = said as Asked;
    if (message.kind === 'read') return reading(message.level, message.maxAgeMs);
    if (message.kind !== 'request') return undefined;
    const key = Buffer.from(message.bytes).toString('latin1');
    const value = values.get(key) ?? values.size + 1;
    values.set(key, value);
    return `request "x=${value}${sameLength ? filling(message.bytes, `${sequence} x ${value}`) : ''}"`;
  };
}

/** What is to follow `written`, which is what `RegisterService` writes down, to be as long as the batch. */
function filling(bytes: Uint8Array, written: string): string {
  return '.'.repeat(Math.max(0, bytes.length - written.length));
}

function reading(level: 'linearizable' | 'stale' | 'discover', maxAgeMs: number): string | undefined {
  if (level === 'discover') return undefined;
  return `read "x"${level === 'stale' ? ' stale' : ''}${maxAgeMs > 0 ? ` maxAge=${maxAgeMs}` : ''}`;
}
