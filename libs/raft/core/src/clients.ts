import type { Address } from '@synod/actor';
import { sizeOf } from '@synod/log';
import { asks, waitsAlready } from './copies.js';
import { shouldYield } from './disk.js';
import type { Request } from './messages.js';
import { beginReadRound } from './reads.js';
import { refuse } from './refusal.js';
import { propose } from './replication.js';
import type { Leader, Raft } from './state.js';

/**
 * A client's batch. All that arrive in one turn become one batch of entries; a client elsewhere is told who leads.
 *
 * @paper Raft §8; thesis §6.3 (sessions are the state machine's business)
 */
export function onRequest(raft: Raft, from: Address, request: Request): void {
  const role = raft.role;
  if (raft.standing !== 'active') return refuse(raft, from, request, 'unavailable');
  if (role.kind !== 'leader') return refuse(raft, from, request, 'notLeader');
  if (waitsAlready(role, from, request)) return raft.out.observe({ kind: 'rejected', from, reason: 'waitsAlready' });
  if (role.handOver || shouldYield(raft, role)) return refuse(raft, from, request, 'unavailable');
  const { requestBytes, uncommittedBytes, batchBytes } = raft.configuration.limits;
  if (request.bytes.length > requestBytes) return refuse(raft, from, request, 'tooLarge');
  const size = sizeOf([{ kind: 'request', from, bytes: request.bytes }]);
  if (role.uncommittedBytes + role.gatheredBytes + size > uncommittedBytes)
    return refuse(raft, from, request, 'overloaded');
  if (role.gatheredBytes + size > batchBytes) closeBatch(raft, role);
  if (role.gathered.length === 0) raft.out.startTimer('batch', { minMs: 0, maxMs: 0 });
  const proposer = { from, request };
  role.gathered.push(proposer);
  asks(role, proposer);
  role.gatheredBytes += size;
}

/** The turn is over: what it gathered becomes one round. The round also confirms the reads that wait. */
export function onBatchTimeout(raft: Raft): void {
  if (raft.role.kind !== 'leader') return;
  closeBatch(raft, raft.role);
  beginReadRound(raft, raft.role);
}

export function closeBatch(raft: Raft, role: Leader): void {
  if (role.gathered.length === 0) return;
  const requests = role.gathered;
  role.gathered = [];
  role.gatheredBytes = 0;
  propose(
    raft,
    role,
    requests,
    requests.map(({ from, request }) => ({ kind: 'request', from, bytes: request.bytes })),
  );
}
