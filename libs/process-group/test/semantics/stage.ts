import { SynodError } from '@synod/client';
import type { Client, ClientOptions, KeyValueGroup } from '@synod/client';
import { protocols } from '@synod/topology';
import type { Protocol } from '@synod/topology';
import { ProcessGroup } from '../../src/index.js';
import type { GroupOptions } from '../../src/index.js';

jest.setTimeout(60_000);

/**
 * What an application may rely on, whatever the protocol behind a group's name: the tests of this folder are asked of every protocol
 * that there is, as real processes. One that they fail is none that a client can be pointed at.
 */
export function ofEveryProtocol(
  tests: (stage: Stage, protocol: Protocol) => void,
  options: Partial<GroupOptions> = {},
): void {
  describe.each(Object.keys(protocols) as Protocol[])('a group of %s', (protocol) => {
    const stage = new Stage();
    beforeAll(() => stage.open({ protocol, ...options }), 120_000);
    afterAll(() => stage.close(), 60_000);
    tests(stage, protocol);
  });
}

const identities = [
  { role: 'client', name: 'other' },
  { role: 'observer', name: 'observer' },
] as const;

/** One group for all tests of a file, and what they need of it. */
export class Stage {
  group!: ProcessGroup;
  client!: Client;
  kv!: KeyValueGroup;

  async open(options: GroupOptions): Promise<void> {
    this.group = await ProcessGroup.start({ ...options, identities });
    this.client = await this.group.client();
    this.kv = this.client.group(this.group.group);
  }

  async close(): Promise<void> {
    await this.group?.close();
  }

  /** The same group over a connection of its own. */
  async another(options: Partial<ClientOptions> = {}): Promise<KeyValueGroup> {
    return (await this.group.client(options)).group(this.group.group);
  }

  /** Those members of which a majority must be there for anything to happen. */
  get voters(): readonly string[] {
    const acceptors = this.group.namesOf('acceptor');
    return acceptors.length > 0 ? acceptors : this.group.names;
  }

  /** While these members stand still. */
  async without<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const name of names) this.group.replica(name).signal('SIGSTOP');
    try {
      return await work();
    } finally {
      for (const name of names) this.group.replica(name).signal('SIGCONT');
    }
  }

  /** While no quorum of voters answers. The leader itself goes on, where it is not one of them. */
  async withoutQuorum<T>(work: () => Promise<T>): Promise<T> {
    const leader = await this.group.leader();
    const others = this.voters.filter((name) => name !== leader);
    return this.without(others.slice(0, Math.ceil(this.voters.length / 2)), work);
  }
}

/** Why a call failed; that it did not is an error. */
export async function failure(call: Promise<unknown>): Promise<SynodError> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof SynodError) return error;
  throw error;
}
