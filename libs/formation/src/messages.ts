/** What the members of a group say to each other until it is formed. `from` is the transport's authenticated sender. */
export type FormationMessage = Hello | HelloReply | Form | Formed | Activate;

/**
 * `empty`: nothing recorded. `lost`: nothing any more, because what was recorded is damaged and set aside; unlike an empty
 * one it never helps to form a group. `formed`: knows the cluster id, may not vote yet. `active`: full. `recovering`: gets
 * its state back from the others.
 */
export type Standing = 'empty' | 'lost' | 'formed' | 'active' | 'recovering';

/** A member that does not know that the group has been formed, or that lost what it knew, asks every other one. */
export interface Hello {
  readonly kind: 'hello';
  /** The asker's incarnation; the answer repeats it. */
  readonly nonce: number;
  readonly standing: Standing;
}

export interface HelloReply {
  readonly kind: 'helloReply';
  readonly nonce: number;
  /** The answering member's own incarnation. */
  readonly incarnation: number;
  readonly standing: Standing;
  /** 0 while `empty`. */
  readonly clusterId: number;
  /** The highest era the answering member has promised anything in: Raft's term, an acceptor's ballot. */
  readonly era: number;
}

/** From the first member, when every member is empty or formed: record this cluster id. */
export interface Form {
  readonly kind: 'form';
  readonly clusterId: number;
  /** The receiver's incarnation, as it answered: an older or later life disregards this. */
  readonly incarnation: number;
  /** The configuration that the group begins with, opaque here; absent where the protocol has none to agree on. */
  readonly founding?: Uint8Array;
}

export interface Formed {
  readonly kind: 'formed';
  readonly clusterId: number;
}

/** All members have recorded the cluster id: voting may begin. */
export interface Activate {
  readonly kind: 'activate';
  readonly clusterId: number;
}
