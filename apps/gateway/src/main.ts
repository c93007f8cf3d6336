import { gatewaySettings, processSettings, readEnvironment, runProcess, takeHeaders } from '@synod/service';
import { Gateway } from './gateway.js';

/** HTTP and a page for the groups of a cluster. */
runProcess(async () => {
  const settings = readEnvironment({ ...gatewaySettings, ...processSettings }, process.env);
  takeHeaders(settings, process.env);
  const gateway = new Gateway(settings, process.env);
  await gateway.start();
  return gateway;
});
