import { complain } from './complaints.js';
import { afterFailures, spread } from './delays.js';
import type { Pbft } from './state.js';
import { hasLeft } from './view-change.js';

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

/**
 * Who saw f + 1 complaints, or a primary that stopped, when nobody else did has left the view alone, and is lost to it: what it
 * showed in its VIEW-CHANGE would be less than it signed if it came back. The paper leaves that to the next view change, which in
 * a calm group may never come, and until then one more fault is one too many. So the primary asks to be relieved, and all meet in
 * the next view. A traitor may leave as often as it likes: each time that a member has been met, the next takes twice as long.
 *
 * @paper departure from PBFT §4.4
 */
export function considerWhoLeft(pbft: Pbft): void {
  const { active, isPrimary, votes, patience, viewChanges, now } = pbft;
  if (!active || !isPrimary || !votes || patience.grievances.has('leftAlone')) return;
  const { timings } = pbft.configuration;
  for (const [member, heard] of viewChanges) {
    const peer = pbft.peers.get(member);
    if (peer === undefined || !hasLeft(pbft, heard)) continue;
    const aloneMs = now - Math.max(heard.at, patience.viewSince);
    if (aloneMs < afterFailures(timings.viewChangeMs, peer.met, timings)) continue;
    peer.met++;
    return complain(pbft, 'leftAlone');
  }
}
