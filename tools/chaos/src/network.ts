import { undoAtTheEnd } from '@synod/process-group';
import type { Place } from '@synod/process-group';
import { run, tryNow } from './system.js';

/** From 10.64 to 10.191. */
const SUBNETS = 128 << 8;

/**
 * Network namespaces joined by a switch: each is a machine with an address of its own. This process is at the switch, too,
 * and reaches all of them, whatever is cut between them. The switch is a bridge in a namespace of its own, where no
 * firewall of the host (Docker's, say) filters what it forwards.
 */
export class Network {
  private constructor(
    private readonly names: readonly string[],
    private readonly hosts: readonly string[],
    private readonly remove: () => void,
  ) {}

  static async create(count: number): Promise<Network> {
    // Interface names have 15 characters at most.
    const prefix = `sy${process.pid.toString(36)}`;
    const names = Array.from({ length: count }, (_, i) => `${prefix}n${i + 1}`);
    const subnet = await freeSubnet();
    const hosts = names.map((_, i) => `${subnet}.${i + 1}`);
    const hub = `${prefix}hub`;
    const remove = undoAtTheEnd(() => {
      for (const name of [...names, hub]) tryNow('ip', 'netns', 'del', name);
    });
    try {
      await run('ip', 'netns', 'add', hub);
      await run('ip', '-n', hub, 'link', 'add', 'bridge', 'type', 'bridge');
      await run('ip', '-n', hub, 'link', 'set', 'bridge', 'up');
      await plugIn(hub, 'here', ['name', `${prefix}v`]);
      await run('ip', 'addr', 'add', `${subnet}.254/24`, 'dev', `${prefix}v`);
      await run('ip', 'link', 'set', `${prefix}v`, 'up');
      for (const [i, name] of names.entries()) {
        await run('ip', 'netns', 'add', name);
        await plugIn(hub, `n${i + 1}`, ['name', 'eth0', 'netns', name]);
        await run('ip', '-n', name, 'addr', 'add', `${hosts[i]}/24`, 'dev', 'eth0');
        await run('ip', '-n', name, 'link', 'set', 'eth0', 'up');
        await run('ip', '-n', name, 'link', 'set', 'lo', 'up');
      }
    } catch (error) {
      remove();
      throw error;
    }
    return new Network(names, hosts, remove);
  }

  get places(): readonly Place[] {
    return this.hosts.map((host, i) => ({ host, prefix: ['ip', 'netns', 'exec', this.names[i]!] }));
  }

  /** From now on nothing that `from` sends arrives at `to`; what `to` sends does arrive. */
  async cut(from: number, to: number): Promise<void> {
    await this.iptables(to, '-A', 'INPUT', '-s', this.hosts[from]!, '-j', 'DROP');
  }

  async heal(): Promise<void> {
    await Promise.all(this.names.map((_, i) => this.iptables(i, '-F', 'INPUT')));
  }

  private async iptables(at: number, ...rule: readonly string[]): Promise<void> {
    await run('ip', 'netns', 'exec', this.names[at]!, 'iptables', ...rule);
  }

  close(): void {
    this.remove();
  }
}

/**
 * The first three numbers of a network that nothing here leads to: two of one subnet, that of another run or of one that was
 * killed and left its own, take each other's packets.
 */
export async function freeSubnet(): Promise<string> {
  // Runs that begin at once begin to look at different places.
  const first = process.pid % SUBNETS;
  for (let tried = 0; tried < SUBNETS; tried++) {
    const n = (first + tried) % SUBNETS;
    const subnet = `10.${64 + (n >> 8)}.${n & 255}`;
    if ((await run('ip', 'route', 'show', 'root', `${subnet}.0/24`)) === '') return subnet;
  }
  throw new Error('all networks from 10.64.0.0/24 to 10.191.255.0/24 are in use on this machine');
}

/** A cable from the switch to a machine. */
async function plugIn(hub: string, port: string, other: readonly string[]): Promise<void> {
  await run('ip', 'link', 'add', port, 'netns', hub, 'type', 'veth', 'peer', ...other);
  await run('ip', '-n', hub, 'link', 'set', port, 'master', 'bridge', 'up');
}
