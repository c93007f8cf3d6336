/**
 * A stream of pseudo-random numbers (sfc32) named by a path. Streams forked under different names are independent of each
 * other and of how much was drawn before the fork, so that a new draw in one subsystem does not shift the others.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(readonly path: string) {
    this.a = hashOf(path, 0x9e3779b9);
    this.b = hashOf(path, 0x243f6a88);
    this.c = hashOf(path, 0xb7e15162);
    for (let i = 0; i < 12; i++) this.next32();
  }

  fork(name: string): Random {
    return new Random(`${this.path}/${name}`);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.next32() / 0x1_0000_0000;
  }

  /** Uniform in [min, max); of one number, which may be infinite, that one. */
  between(min: number, max: number): number {
    const part = this.next();
    return min === max ? min : min + (max - min) * part;
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  shuffle<T>(things: readonly T[]): T[] {
    const shuffled = [...things];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }

  private next32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }
}

/** FNV-1a with a final mix: short names that differ in one character give unrelated seeds. */
function hashOf(text: string, salt: number): number {
  let hash = (0x811c9dc5 ^ salt) | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
