import { createServer } from 'node:net';

/**
 * Where the local stack listens, all on loopback; the services of a group, from its first port on, are in groups.ts. A port
 * that is taken moves to the next free one.
 */
export const preferredPorts = { gateway: 7400, traces: 7418, broker: 7422, monitoring: 7423 } as const;

/** Picks free ports and never the same one twice. */
export class Ports {
  private readonly given = new Set<number>();

  /** `moved` is told when it is another one than preferred. */
  async take(preferred: number, moved: (port: number) => void): Promise<number> {
    for (let port = preferred; port < preferred + 200; port++) {
      if (this.given.has(port) || !(await isFree(port))) continue;
      this.given.add(port);
      if (port !== preferred) moved(port);
      return port;
    }
    throw new Error(`no free port from ${preferred} to ${preferred + 199} on 127.0.0.1`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
