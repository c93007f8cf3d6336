import type { Carrier } from './carrier.js';

/** What one replica says of its group. */
export interface Description {
  readonly replica: string;
  readonly protocol: string;
  readonly role: string;
  /** Undefined when that replica knows none. */
  readonly leader: string | undefined;
  readonly members: readonly string[];
  readonly term: number;
  readonly index: number;
}

/** Asks all, once, and waits until every member has answered or `timeoutMs` is over. */
export function describe(courier: Carrier, timeoutMs: number): Promise<Description[]> {
  const said = new Map<string, Description>();
  return new Promise((resolve) => {
    const finish = () => {
      cancel();
      courier.listeners.delete(listener);
      resolve([...said.values()].sort((a, b) => (a.replica < b.replica ? -1 : 1)));
    };
    const listener = (description: Description) => {
      said.set(description.replica, description);
      if (courier.directory.members.every((name) => said.has(name))) finish();
    };
    const cancel = courier.surroundings.schedule(timeoutMs, finish);
    courier.listeners.add(listener);
    courier.discover(courier.surroundings.now());
  });
}
