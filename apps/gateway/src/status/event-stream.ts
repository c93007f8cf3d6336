import type { ServerResponse } from 'node:http';
import { httpLimits } from '../http/limits.js';
import type { Rights } from '../access/rights.js';
import type { Answer } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import type { Sight, Watch } from './watch.js';

/** A reader that does not keep up is let go; its browser comes back. */
const mostBehind = 1_048_576;

/** Server-sent events: `groups`, all that the page shows, whenever it was asked for anew. */
export class EventStreams {
  private readonly open = new Set<ServerResponse>();

  constructor(private readonly watch: Watch) {}

  get count(): number {
    return this.open.size;
  }

  /** `rightsNow` is asked at each event: who may not see it any more sees no more. */
  answer(rightsNow: () => Rights): Answer {
    if (this.open.size >= httpLimits.eventStreams) {
      throw Problem.retryable('overloaded', `${this.open.size} pages are open already`, 10_000);
    }
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      stream: (response) => this.begin(response, rightsNow),
    };
  }

  /** Ends all; browsers reconnect by themselves. */
  close(): void {
    for (const response of this.open) response.end();
  }

  private begin(response: ServerResponse, rightsNow: () => Rights): void {
    this.open.add(response);
    response.write('retry: 1000\n\n');
    const leave = this.watch.subscribe((sights) => {
      if (response.writableLength > mostBehind) return void response.destroy();
      const visible = visibleOf(sights, rightsNow);
      if (visible === undefined) return void response.end();
      response.write(`event: groups\ndata: ${JSON.stringify(visible)}\n\n`);
    });
    response.once('close', () => {
      leave();
      this.open.delete(response);
    });
  }
}

/** Undefined for whom a new request would be refused. */
function visibleOf(sights: readonly Sight[], rightsNow: () => Rights): readonly Sight[] | undefined {
  try {
    const rights = rightsNow();
    return sights.filter(({ group }) => rights.has(group));
  } catch {
    return undefined;
  }
}
