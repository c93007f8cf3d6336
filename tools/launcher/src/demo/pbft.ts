import type { Stage } from './stage.js';
import { demonstrateTraitors } from './traitors.js';

export const pbftPlace = (view: number, index: number): string => `view ${view}, request ${index}`;

export async function demonstratePbft(stage: Stage): Promise<void> {
  if (stage.traitors.size > 0) return demonstrateTraitors(stage);
  stage.title(
    'PBFT. A write: the primary proposes it, replicas prepare and commit it, f + 1 answer alike under their signatures',
  );
  await stage.put('capital/pt', 'Lisbon');
  await stage.get('capital/pt', 'Lisbon');
  const primary = await stage.leader();
  stage.title(`kill -9 of the primary ${primary}: the others change the view, nothing is lost`);
  stage.kill(primary);
  await stage.put('capital/at', 'Vienna');
  await stage.showElection('pbft.view_change', 'the view change');
  await stage.get('capital/pt', 'Lisbon');
  await stage.get('capital/at', 'Vienna');
  await stage.isBack(primary);
  stage.say(`${primary} was started again and is a backup`);
  stage.title('Every replica has the same state');
  await stage.showEqualStates();
}
