import { resolve } from 'node:path';
import type { Call, Command } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { everywhere } from './options.js';

const days = { value: 'N', meaning: 'how long they are valid, but for the authority, which is for ten years' };
const longestDays = 825;

export const certsInit: Command = {
  words: ['certs', 'init'],
  summary: 'make an authority and certificates for NATS servers, their clients and the gateway',
  arguments: [],
  options: {
    dir: { value: 'DIR', meaning: 'where to write (default tls)', complete: 'directory' },
    hosts: { value: 'LIST', meaning: 'names and addresses of the NATS servers (default localhost,127.0.0.1)' },
    'gateway-hosts': { value: 'LIST', meaning: 'those of the gateway (default localhost,127.0.0.1)' },
    client: {
      value: 'NAME',
      meaning: 'has a certificate to show to NATS (default: one for all, "client")',
      many: true,
    },
    cluster: {
      value: 'NAME',
      meaning: 'stands in the name of the authority (default local)',
      variable: 'SYNOD_CLUSTER',
    },
    days: { ...days, meaning: `${days.meaning} (default 365)` },
    force: { meaning: 'replace what is there; everything needs the new files then' },
    ...everywhere,
  },
  details: [
    'Writes NAME.crt, and NAME.key for its owner only, for each of ca, nats, gateway and the clients. Give ca.crt to everybody,' +
      ' NAME.crt and NAME.key to NAME, and keep ca.key elsewhere: who has it is whoever he likes.',
    'NATS: `synod identities init --tls DIR [--mutual]`. Services and this command line: SYNOD_NATS_CA_FILE, and with --mutual' +
      ' SYNOD_NATS_CERT_FILE and SYNOD_NATS_KEY_FILE. Gateway: SYNOD_HTTP_CERT_FILE and SYNOD_HTTP_KEY_FILE.',
    'A certificate is for hosts, whatever the port: where NATS and the gateway are on one, as by default, who has one’s key can be' +
      ' taken for the other.',
  ],
  examples: ['certs init --dir /etc/synod/tls --hosts nats-1.internal,10.0.0.5 --gateway-hosts synod.example.com'],
  run: runInit,
};

export const certsRenew: Command = {
  words: ['certs', 'renew'],
  summary: 'new keys and certificates of the same names, by the same authority',
  arguments: [],
  options: {
    dir: { value: 'DIR', meaning: 'where `synod certs init` wrote (default tls)', complete: 'directory' },
    days: { ...days, meaning: `${days.meaning} (default: as long as now)` },
    ...everywhere,
  },
  details: [
    'The former ones stay valid until they end. NATS servers take the new ones when they reload; services that connect read' +
      ' theirs at each connection; the gateway at its start.',
  ],
  examples: ['certs renew --dir /etc/synod/tls'],
  run: runRenew,
};

async function runInit({ values, output, directory }: Call): Promise<ExitCode> {
  const { makeCertificates } = await import('@synod/certificates');
  const hostsIn = (name: string) => (values.text(name) ?? 'localhost,127.0.0.1').split(',').map((host) => host.trim());
  const clients = values.list('client');
  const wanted = {
    directory: resolve(directory, values.text('dir') ?? 'tls'),
    cluster: values.text('cluster') ?? 'local',
    hosts: hostsIn('hosts'),
    gatewayHosts: hostsIn('gateway-hosts'),
    clients: clients.length > 0 ? clients : ['client'],
    days: values.wholeNumber('days', 365, 1, longestDays),
    replace: values.flag('force'),
  };
  return tell(output, await refusing(() => makeCertificates(wanted)));
}

async function runRenew({ values, output, directory }: Call): Promise<ExitCode> {
  const { renewCertificates } = await import('@synod/certificates');
  const path = resolve(directory, values.text('dir') ?? 'tls');
  const lasting = values.text('days') === undefined ? undefined : values.wholeNumber('days', 365, 1, longestDays);
  return tell(output, await refusing(() => renewCertificates(path, lasting)));
}

function tell(output: Call['output'], certificates: readonly string[]): ExitCode {
  if (output.json) output.document({ certificates });
  else output.lines(certificates);
  return 'ok';
}

async function refusing<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
