/** One role of a protocol: so many processes of one app. */
export interface Role {
  readonly role: RoleName;
  readonly app: string;
  /** `r`: its services are named raft-r1, raft-r2 and so on. */
  readonly letter: string;
  /** How many there are unless somebody says otherwise. */
  readonly count: number;
  /** Clients ask it; the others speak to their peers only. */
  readonly answersClients: boolean;
  /** The environment variable in which every service of the group is told all names of this role. */
  readonly variable: string;
  /** The same for members that are in the group later, when somebody has them added. */
  readonly sparesVariable?: string;
  /** The app of a member that does not keep to the protocol, for experiments; what it does is told in SYNOD_TREASON. */
  readonly traitorApp?: string;
}

export type RoleName = 'replica' | 'proposer' | 'acceptor';

/** One more protocol is one more entry. */
export const protocols = {
  raft: [
    { role: 'replica', app: 'raft-replica', letter: 'r', count: 3, answersClients: true, variable: 'SYNOD_MEMBERS' },
  ],
  paxos: [
    {
      role: 'proposer',
      app: 'paxos-proposer',
      letter: 'p',
      count: 3,
      answersClients: true,
      variable: 'SYNOD_PROPOSERS',
    },
    {
      role: 'acceptor',
      app: 'paxos-acceptor',
      letter: 'a',
      count: 3,
      answersClients: false,
      variable: 'SYNOD_ACCEPTORS',
      sparesVariable: 'SYNOD_SPARES',
    },
  ],
  pbft: [
    {
      role: 'replica',
      app: 'pbft-replica',
      letter: 'r',
      count: 4,
      answersClients: true,
      variable: 'SYNOD_MEMBERS',
      traitorApp: 'pbft-traitor',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Protocol = keyof typeof protocols;

/** Whether its members are believed by their signatures: then each member and each client has a key. */
export function isSigned(protocol: Protocol): boolean {
  return protocol === 'pbft';
}
