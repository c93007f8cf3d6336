import { fork } from 'node:child_process';
import { once } from 'node:events';
import { poll, undoAtTheEnd } from '@synod/process-group';
import type { Fault } from '../fault.js';
import type { FloodOrder, FloodTally } from '../flood/order.js';
import { SERVES_WITHIN_MS, flooder } from '../test-bed.js';
import type { TestBed } from '../test-bed.js';

/** Less is none. */
const FLOOD = { MiB: 5, written: 20, withinMs: 20_000 };

export const flood: Fault = {
  name: 'flood',
  what: 'a client floods for 3 to 15 s, as fast as it can: well-formed requests and malformed ones, signed, forged and unsigned',
  needs: [],
  strike: async (bed) => {
    const { told, end } = start(bed);
    try {
      const pours = () => (told().pouredMiB > FLOOD.MiB && told().written > FLOOD.written) || undefined;
      const complain = () => `the flood is none: ${JSON.stringify(told())} after ${FLOOD.withinMs} ms`;
      await poll(pours, FLOOD.withinMs, complain);
      await bed.wait(3, 15);
      await bed.workload.advance(20, SERVES_WITHIN_MS);
    } finally {
      await end();
    }
    return `${told().pouredMiB.toFixed(0)} MiB, and ${told().written} writes of its own`;
  },
};

/** What it has told last; and an end that throws when it had ended already: one that the broker cut off was none. */
function start(bed: TestBed): { readonly told: () => FloodTally; readonly end: () => Promise<void> } {
  let tally: FloodTally = { pouredMiB: 0, written: 0 };
  const child = fork(bed.programs.of('tools/chaos/src/flood/main.ts'), [], { execArgv: [], stdio: 'inherit' });
  const forget = undoAtTheEnd(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  child.on('message', (told: FloodTally) => (tally = told));
  child.send(orderOf(bed));
  const end = async () => {
    const endedBefore = child.exitCode !== null;
    child.kill('SIGKILL');
    await ended;
    forget();
    if (endedBefore) throw new Error('the flood ended before its time: the broker closed its connection');
  };
  return { told: () => tally, end };
}

function orderOf({ group, protocol }: TestBed): FloodOrder {
  const { user, seed } = group.broker.credentials(flooder.name);
  return {
    servers: group.broker.urls,
    ...{ user, seed, protocol },
    cluster: group.cluster,
    group: group.group,
    keys: group.keys,
    members: group.namesOf('answering'),
  };
}
