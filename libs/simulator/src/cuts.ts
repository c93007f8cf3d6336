import type { Address } from '@synod/actor';
import type { Links } from './links.js';
import type { Random } from './random.js';
import { numberIn } from './strike.js';
import type { Detail, FaultKind } from './strike.js';
import type { Timeline } from './timeline.js';
import type { Witness } from './witness.js';

/** Which links a disturbance takes. */
export type Cut = (links: Links, target: Address, detail: Detail) => void;

type Span = readonly [number, number];

export interface Flapping {
  /** So many cuts after the first, from 2. */
  readonly timesMax: number;
  readonly cutMs: Span;
  readonly wholeMs: Span;
}

/** One disturbance of links at a time, whatever they join: members, or processes and the servers of a bus. */
export class Cuts {
  private healed = false;

  constructor(
    private readonly links: Links,
    private readonly timeline: Timeline,
    private readonly told: Required<Pick<Witness<never>, 'fault'>>,
    /** Links were cut or mended. */
    private readonly changed: () => void = () => undefined,
  ) {}

  /** Mended after `forMs`, which `draw` draws. */
  lasting(counted: string, draw: FaultKind['draw'], cut: Cut): FaultKind {
    return this.kind(counted, draw, (target, detail) => {
      cut(this.links, target, detail);
      this.changed();
      this.timeline.after(numberIn(detail, 'forMs'), () => {
        this.mend();
        this.told.fault('links mended');
      });
    });
  }

  /** Cut and mended again and again. */
  flapping(counted: string, { timesMax, cutMs, wholeMs }: Flapping, cut: Cut): FaultKind {
    const draw = (random: Random): Detail => ({
      times: 2 + random.below(timesMax - 1),
      cutMs: random.between(...cutMs),
      wholeMs: random.between(...wholeMs),
    });
    return this.kind(counted, draw, (target, detail) => this.flap(cut, target, detail, numberIn(detail, 'times')));
  }

  /** No more of them. */
  end(): void {
    this.healed = true;
  }

  private kind(counted: string, draw: FaultKind['draw'], begin: (target: Address, detail: Detail) => void): FaultKind {
    return {
      counted,
      draw,
      strike: (target, detail) => {
        if (!this.links.whole) return undefined;
        begin(target, detail);
        return this.links.whole ? undefined : target;
      },
    };
  }

  private flap(cut: Cut, target: Address, detail: Detail, times: number): void {
    cut(this.links, target, detail);
    this.changed();
    this.timeline.after(numberIn(detail, 'cutMs'), () => {
      this.mend();
      if (times === 0) return;
      this.timeline.after(numberIn(detail, 'wholeMs'), () => {
        if (!this.healed && this.links.whole) this.flap(cut, target, detail, times - 1);
      });
    });
  }

  private mend(): void {
    this.links.heal();
    this.changed();
  }
}
