import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';
import type { ProcessGroup } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import type { Workload } from '../workload.js';
import { RegisterClient } from './client.js';
import { judgeRegisters } from './judge.js';
import type { RegisterCall, Verdict } from './judge.js';

/** So many are read at once when all are read. */
const AT_ONCE = 32;
const READ_TIMEOUT_MS = 10_000;

/**
 * Write-once registers beside the key-value store, where the protocol has them. On each machine there is a client that knows
 * that machine's NATS server only: when it is cut off it asks another proposer than the others do.
 */
export class Registers {
  readonly clients: RegisterClient[] = [];
  readonly history: RegisterCall[] = [];

  /** Of a group that has none there are no clients, and nothing is judged. */
  static async start(group: ProcessGroup, workload: Workload, random: Random): Promise<Registers> {
    const registers = new Registers();
    for (const [i, server] of group.broker.urls.entries()) {
      const client = (await group.client({ servers: [server] })).group(group.group);
      if (!(await hasRegisters(client))) break;
      const name = `w${i + 1}`;
      registers.clients.push(new RegisterClient(name, client, workload, random.fork(name), registers.history));
    }
    return registers;
  }

  /** Reads every register whose key begins so once more, into the history, and throws when something is wrong with one of them. */
  async requireSound(prefix = ''): Promise<Verdict> {
    const isMeant = ({ key }: RegisterCall) => key.startsWith(prefix);
    const keys = [...new Set(this.history.filter(isMeant).map(({ key }) => key))];
    for (let i = 0; i < keys.length; i += AT_ONCE)
      await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => this.clients[0]!.ask(key, READ_TIMEOUT_MS)));
    const verdict = judgeRegisters(this.history.filter(isMeant));
    if (verdict.problems.length > 0) throw new Error(`registers are not sound:\n${verdict.problems.join('\n')}`);
    return verdict;
  }
}

async function hasRegisters(group: KeyValueGroup): Promise<boolean> {
  try {
    await group.decided('has/registers', { timeoutMs: READ_TIMEOUT_MS });
    return true;
  } catch (error) {
    if (error instanceof SynodError && error.code === 'unsupported') return false;
    throw error;
  }
}
