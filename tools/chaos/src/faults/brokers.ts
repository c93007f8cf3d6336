import type { Fault } from '../fault.js';

export const killBroker: Fault = {
  name: 'broker-kill',
  stopsTheGroup: true,
  what: 'kill -9 of one NATS server or of all',
  needs: [],
  strike: async (bed) => {
    const all = bed.random.chance(0.3);
    const { servers } = bed.group.broker;
    const victims = all ? servers : [bed.group.serverOf((await bed.victim()).name)];
    await Promise.all(victims.map((server) => server.kill()));
    await bed.wait(0.5, 5);
    await Promise.all(victims.map((server) => server.run()));
    return victims.map(({ name }) => name).join(', ');
  },
};

export const freezeBroker: Fault = {
  name: 'broker-pause',
  what: 'SIGSTOP of one NATS server for 1 to 15 s',
  needs: [],
  strike: async (bed) => {
    const server = bed.group.serverOf((await bed.victim()).name);
    server.signal('SIGSTOP');
    await bed.wait(1, 15);
    server.signal('SIGCONT');
    return server.name;
  },
};
