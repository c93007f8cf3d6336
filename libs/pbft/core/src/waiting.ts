import type { Address } from '@synod/actor';
import { requestBytes } from './batch.js';
import type { Request } from './messages.js';
import type { Command, Digest, Sequence, Signed } from './statements.js';

/** A request that is known here and not executed. */
export interface WaitingRequest {
  readonly digest: Digest;
  readonly signed: Signed<Command>;
  /** The message it came in, if a client sent it here: what spans hang on. */
  message: Request | undefined;
  /** Since when it waits under the present primary. */
  since: number;
  /** Where it is in a proposal of the present view; 0: nowhere. Set by `markProposed`. */
  proposedAt: Sequence;
  relayedAt: number;
  /** The member whose relay it was first known by, if it was one. */
  readonly relayedBy: Address | undefined;
}

export interface Wishes {
  readonly requests: number;
  /** Those among them that change nothing. */
  readonly queries: number;
}

/** Requests in the order of their arrival: the first one is the one that the request timer is about. */
export class Waiting {
  private readonly requests = new Map<Digest, WaitingRequest>();
  private bytes = 0;
  /** Of those in no proposal of the present view. */
  private unproposed = 0;
  private readonly asked = { requests: 0, bytes: 0 };
  private readonly users = new Map<Address, Wishes>();
  private readonly relayed = new Map<Address, { requests: number; bytes: number }>();

  get size(): number {
    return this.requests.size;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get unproposedBytes(): number {
    return this.unproposed;
  }

  get all(): Iterable<WaitingRequest> {
    return this.requests.values();
  }

  get oldest(): WaitingRequest | undefined {
    for (const request of this.requests.values()) return request;
    return undefined;
  }

  /**
   * Of those that clients asked for here. Only they count against what clients may fill: a primary that proposes what was executed long ago
   * would else keep all backups full, and nobody would be left to complain of it.
   */
  get ofClients(): { readonly requests: number; readonly bytes: number } {
    return this.asked;
  }

  /** Of those, what this user asked for. */
  ofUser(user: Address): Wishes {
    return this.users.get(user) ?? { requests: 0, queries: 0 };
  }

  /** What waits here because that member relayed it. */
  relayedBy(member: Address): { readonly requests: number; readonly bytes: number } {
    return this.relayed.get(member) ?? { requests: 0, bytes: 0 };
  }

  get(digest: Digest): WaitingRequest | undefined {
    return this.requests.get(digest);
  }

  put(
    digest: Digest,
    signed: Signed<Command>,
    message: Request | undefined,
    now: number,
    relayedBy?: Address,
  ): WaitingRequest {
    const request = { digest, signed, message, since: now, proposedAt: 0, relayedAt: now, relayedBy };
    this.requests.set(digest, request);
    this.countAsked(request, 1);
    this.countRelayed(request, 1);
    this.bytes += requestBytes(signed);
    this.unproposed += requestBytes(signed);
    return request;
  }

  /** A relay, or the proposal, was quicker than the client. */
  ask(request: WaitingRequest, message: Request): void {
    if (request.message !== undefined) return;
    request.message = message;
    this.countAsked(request, 1);
  }

  markProposed(request: WaitingRequest, sequence: Sequence): void {
    if (request.proposedAt === 0) this.unproposed -= requestBytes(request.signed);
    request.proposedAt = sequence;
  }

  /** Its place was passed over, and what became of it is not known. */
  unmark(request: WaitingRequest): void {
    if (request.proposedAt > 0) this.unproposed += requestBytes(request.signed);
    request.proposedAt = 0;
  }

  take(digest: Digest): WaitingRequest | undefined {
    const request = this.requests.get(digest);
    if (request === undefined) return undefined;
    this.requests.delete(digest);
    this.countAsked(request, -1);
    this.countRelayed(request, -1);
    this.bytes -= requestBytes(request.signed);
    if (request.proposedAt === 0) this.unproposed -= requestBytes(request.signed);
    return request;
  }

  private countAsked({ message, signed }: WaitingRequest, by: 1 | -1): void {
    if (message === undefined) return;
    this.asked.requests += by;
    this.asked.bytes += by * requestBytes(signed);
    const { requests, queries } = this.ofUser(signed.signer);
    const asksOnly = signed.statement.holds === 'queries';
    const wishes = { requests: requests + by, queries: queries + (asksOnly ? by : 0) };
    if (wishes.requests > 0) this.users.set(signed.signer, wishes);
    else this.users.delete(signed.signer);
  }

  private countRelayed({ relayedBy, signed }: WaitingRequest, by: 1 | -1): void {
    if (relayedBy === undefined) return;
    const { requests, bytes } = this.relayedBy(relayedBy);
    this.relayed.set(relayedBy, { requests: requests + by, bytes: bytes + by * requestBytes(signed) });
  }

  /** Another primary: nobody is to blame for what was before, and nothing is proposed yet. */
  beginView(now: number): void {
    for (const request of this.requests.values()) {
      request.since = request.relayedAt = now;
      request.proposedAt = 0;
    }
    this.unproposed = this.bytes;
  }
}
