import { gatewaySettings, processSettings, readEnvironment, runProcess } from '@synod/service';
import { Gateway } from './gateway.js';

/** HTTP and a page for the groups of a cluster. */
runProcess(async () => {
  const gateway = new Gateway(readEnvironment({ ...gatewaySettings, ...processSettings }, process.env), process.env);
  await gateway.start();
  return gateway;
});
