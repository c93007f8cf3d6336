import { spread } from './delays.js';
import { complain } from './complaints.js';
import type { Pbft } from './state.js';

/**
 * The process is asked to stop. A primary asks to be relieved, so that nobody waits for a timer: it complains of itself, which
 * is reason enough for everybody. Others simply go.
 */
export function onStopping(pbft: Pbft): void {
  pbft.stopping = true;
  if (!pbft.active || !pbft.isPrimary || !pbft.votes || pbft.others.length === 0) return pbft.out.stop();
  pbft.out.startTimer('stop', spread(5 * pbft.configuration.timings.statusMs));
  complain(pbft, 'stopping');
}

/** Nobody relieved it in time. */
export function onStopTimeout(pbft: Pbft): void {
  if (pbft.stopping) pbft.out.stop();
}
