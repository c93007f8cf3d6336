import { replicaRole, runProcess, startReplica, storeAndLedger } from '@synod/service';
import { raft } from '@synod/raft-wire';

/** What is wrong with it: as a leader it answers linearizable reads at once, without a majority's word that it still leads. */
const kind = raft(storeAndLedger);

runProcess(() =>
  startReplica(replicaRole, {
    app: 'raft-replica',
    ...kind,
    make: (...settings: Parameters<typeof kind.make>) => {
      const made = kind.make(...settings);
      const { actor } = made;
      const step = actor.step.bind(actor);
      actor.step = (input) => {
        const isRead = input.kind === 'receive' && input.message.kind === 'read';
        if (!isRead || input.message.level !== 'linearizable' || actor.inspect().role !== 'leader') return step(input);
        return step({ ...input, message: { ...input.message, level: 'stale', maxAgeMs: 0 } });
      };
      return made;
    },
  }),
);
