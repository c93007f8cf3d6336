import { performance } from 'node:perf_hooks';
import { Latency } from './latency.js';
import type { Order, Outcome } from './orders.js';
import { Registers, WrongValue } from './register.js';
import type { Target } from './target.js';

const fillers = 256;
const readBack = 100;
const staleForMs = 5000;

export interface Phases {
  measuring(): void;
  measured(operations: number): void;
}

/** Puts load on a target and judges every answer. Keeps what it knows of the store from one run to the next. */
export class ClosedLoop {
  private registers: Registers | undefined;
  private readonly writes = new Latency();
  private readonly reads = new Latency();
  private running = false;
  /** Operations that may still begin; Infinity in a run over time. */
  private left = Infinity;

  constructor(
    private readonly target: Target,
    private readonly prefix: string,
  ) {}

  async run(order: Order, phases: Phases): Promise<Outcome> {
    const registers = await this.prepare(order);
    const { measure, warmUpMs } = order;
    this.running = true;
    this.left = Infinity;
    if (warmUpMs > 0) await this.during(this.loops(order, registers), warmUpMs);
    this.clear(registers);
    const counted = 'operations' in measure;
    this.running = true;
    this.left = counted ? measure.operations : Infinity;
    phases.measuring();
    const started = performance.now();
    const loops = this.loops(order, registers);
    if (counted) await loops;
    else await this.during(loops, measure.ms);
    const elapsedMs = performance.now() - started;
    const [writes, reads] = [this.writes.count, this.reads.count];
    phases.measured(writes + reads);
    const { staleReads } = registers;
    return {
      elapsedMs,
      writes,
      reads,
      write: this.writes.quantiles(),
      read: this.reads.quantiles(),
      staleReads,
      verified: await this.verify(registers),
    };
  }

  /** All loops, until the time is over and each has its last answer. */
  private async during(loops: Promise<unknown>, ms: number): Promise<void> {
    const timer = setTimeout(() => (this.running = false), ms);
    try {
      await loops;
    } finally {
      clearTimeout(timer);
    }
  }

  private clear(registers: Registers): void {
    this.writes.clear();
    this.reads.clear();
    registers.staleReads = 0;
  }

  /** Other sizes are other values: all keys are written anew. */
  private async prepare({ keys, valueBytes }: Order): Promise<Registers> {
    const known = this.registers;
    if (known?.valueBytes === valueBytes && known.count === keys) return known;
    const registers = (this.registers = new Registers(this.prefix, keys, valueBytes));
    const fill = async (first: number) => {
      const value = registers.buffer();
      for (let register = first; register < keys; register += fillers) await this.write(registers, register, value);
    };
    await Promise.all(Array.from({ length: Math.min(fillers, keys) }, (_, first) => fill(first)));
    return registers;
  }

  private loops({ writers, readers }: Order, registers: Registers): Promise<unknown> {
    const all = [
      ...Array.from({ length: writers }, (_, writer) => this.writer(registers, writer, writers)),
      ...Array.from({ length: readers }, (_, reader) => this.reader(registers, reader, readers)),
    ];
    return Promise.all(all).catch((error: unknown) => {
      this.running = false;
      throw error;
    });
  }

  /** Each writer has keys of its own. */
  private async writer(registers: Registers, writer: number, writers: number): Promise<void> {
    const value = registers.buffer();
    let register = writer % registers.count;
    while (this.running && this.left > 0) {
      this.left--;
      const started = performance.now();
      await this.write(registers, register, value);
      this.writes.record(performance.now() - started);
      register += writers;
      if (register >= registers.count) register = writer % registers.count;
    }
  }

  private async reader(registers: Registers, reader: number, readers: number): Promise<void> {
    let register = reader % registers.count;
    while (this.running && this.left > 0) {
      this.left--;
      const started = performance.now();
      await this.read(registers, register);
      this.reads.record(performance.now() - started);
      register += readers;
      if (register >= registers.count) register = reader % registers.count;
    }
  }

  private async write(registers: Registers, register: number, value: Buffer): Promise<void> {
    const number = registers.next(register, value);
    await this.target.put(registers.key(register), value);
    registers.wasAcknowledged(register, number);
  }

  private async read(registers: Registers, register: number): Promise<void> {
    const since = registers.lastAcknowledged(register);
    registers.judge(register, since, await this.target.get(registers.key(register)));
  }

  /** Nobody writes now: a sample of the keys must hold exactly what was acknowledged last. */
  private async verify(registers: Registers): Promise<number> {
    const step = Math.max(1, Math.floor(registers.count / readBack));
    let verified = 0;
    for (let register = 0; register < registers.count; register += step) {
      if (!(await this.isThere(registers, register))) {
        throw new WrongValue(`${registers.key(register)} has lost its last acknowledged write`);
      }
      verified++;
    }
    return verified;
  }

  /** A store whose reads may be stale gets some time to show it. */
  private async isThere(registers: Registers, register: number): Promise<boolean> {
    const end = performance.now() + (this.target.linearizable ? 0 : staleForMs);
    for (;;) {
      const before = registers.staleReads;
      await this.read(registers, register);
      if (registers.staleReads === before) return true;
      if (performance.now() >= end) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
