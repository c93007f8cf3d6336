import type { ConnectionStatistics } from '@synod/nats-transport';

/** What gauges read of a process of a group when it is scraped; what it has not yet is undefined. */
export interface Parts {
  readonly state: Readonly<Record<string, unknown>> | undefined;
  readonly load: { readonly letters: number; readonly waitingSends: number } | undefined;
  readonly held: { readonly peers: number; readonly clients: number } | undefined;
  readonly pendingBytes: number | undefined;
}

/** Letters to be stepped, sends that wait for our own disk, and what PBFT keeps until it is executed. */
export function queuesOf({ state = {}, load }: Parts): Readonly<Record<string, number>> {
  return { ...load, ...numbersOf(state, ['waitingRequests', 'waitingReads']) };
}

/** `underWay`: of clients' requests that are not yet decided, where they are kept for that. */
export function inFlightOf({ state = {}, held, pendingBytes }: Parts): Readonly<Record<string, number>> {
  const { underWay } = numbersOf(state, ['underWay']);
  return {
    ...held,
    ...(pendingBytes !== undefined && { network: pendingBytes }),
    ...(underWay !== undefined && { requests: underWay }),
  };
}

/** Of an acceptor; nothing before it is there. */
export function registersOf({ state = {} }: Parts): { readonly held: number; readonly limit: number } {
  const { registersWithValue = 0, registersLimit = 0 } = numbersOf(state, ['registersWithValue', 'registersLimit']);
  return { held: registersWithValue, limit: registersLimit };
}

/** By why they never left, over all connections. */
export function lostOf(all: readonly Readonly<ConnectionStatistics>[]): Readonly<Record<string, number>> {
  const sum = (name: keyof ConnectionStatistics) => all.reduce((total, one) => total + one[name], 0);
  return {
    disconnected: sum('lostWhileDisconnected'),
    congested: sum('droppedCongested'),
    refused: sum('refusedToSend'),
  };
}

function numbersOf<Name extends string>(
  state: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Readonly<Partial<Record<Name, number>>> {
  const found = names.flatMap((name) => (typeof state[name] === 'number' ? [[name, state[name]]] : []));
  return Object.fromEntries(found) as Partial<Record<Name, number>>;
}
