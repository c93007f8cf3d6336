/** What was remembered last, at least `most` / 2 things: two generations, of which the older one is dropped whole. */
export class Recent<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  constructor(private readonly most: number) {}

  get(name: string): T | undefined {
    return this.young.get(name) ?? this.old.get(name);
  }

  put(name: string, thing: T): void {
    this.young.set(name, thing);
    if (this.young.size * 2 < this.most) return;
    this.old = this.young;
    this.young = new Map();
  }
}

/** Bytes as a name: the same for the same bytes, and for no others. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
