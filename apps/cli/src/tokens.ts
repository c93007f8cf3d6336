import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { newToken, parsePrincipals, printPrincipals, readPrincipals } from '@synod/keys';
import type { Principal } from '@synod/keys';
import { writePrivately } from '@synod/private-file';
import type { Call, Command, Options } from './command.js';
import { usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { everywhere } from './options.js';

const where: Options = {
  file: {
    value: 'FILE',
    meaning: 'the tokens of a gateway (default tokens.json)',
    variable: 'SYNOD_GATEWAY_TOKENS_FILE',
    complete: 'file',
  },
  ...everywhere,
};

export const tokensCreate: Command = {
  words: ['tokens', 'create'],
  summary: 'let somebody ask the gateway over HTTP, and say what he may',
  arguments: [{ name: 'NAME', meaning: 'who it is: 1 to 32 of a-z, 0-9 and -' }],
  options: {
    read: { value: 'PREFIX', meaning: 'he may read keys and registers that begin so; "" is all', many: true },
    write: { value: 'PREFIX', meaning: 'he may write them; reading is another right', many: true },
    ledger: { value: 'RIGHT', meaning: 'read or write the ledger', many: true },
    status: { meaning: 'he may see how groups are: the page, status, traces, metrics' },
    group: { value: 'NAME', meaning: 'only in this group (default: in all)', many: true },
    ...where,
  },
  details: [
    'Prints the token, once: FILE keeps its SHA-256 only. The gateway (SYNOD_GATEWAY_TOKENS_FILE) reads FILE again within a' +
      ' second of a change. Use it as: curl -H "Authorization: Bearer $TOKEN" …',
  ],
  examples: [
    'tokens create billing --read billing/ --write billing/ --group raft',
    'tokens create dashboard --status --read "" --ledger read',
  ],
  run: (call) => Promise.resolve(runCreate(call)),
};

export const tokensRevoke: Command = {
  words: ['tokens', 'revoke'],
  summary: 'take somebody’s right to ask the gateway; in force within a second',
  arguments: [{ name: 'NAME', meaning: 'who it is' }],
  options: where,
  examples: ['tokens revoke billing'],
  run: (call) => Promise.resolve(runRevoke(call)),
};

export const tokensList: Command = {
  words: ['tokens', 'list'],
  summary: 'who may ask the gateway, and what',
  arguments: [],
  options: where,
  examples: ['tokens list'],
  run: (call) => Promise.resolve(runList(call)),
};

function runCreate(call: Call): ExitCode {
  const { output } = call;
  const [name] = call.arguments as [string];
  const path = pathOf(call);
  const principals = existsSync(path) ? readPrincipals(path) : [];
  if (principals.some((one) => one.name === name)) {
    throw usageError(`${path} has a token of ${name}; revoke it first: synod tokens revoke ${name}`);
  }
  const { token, sha256 } = newToken();
  write(path, [...principals, principalFor(call, name, sha256)]);
  if (output.json) output.document({ name, token, file: path });
  else {
    output.line(token);
    if (output.isTerminal) output.remark('It is shown this once. Who has it is believed.');
  }
  return 'ok';
}

function principalFor({ values }: Call, name: string, sha256: string): Principal {
  const [read, write, ledger, groups] = (['read', 'write', 'ledger', 'group'] as const).map((what) =>
    values.list(what),
  ) as [readonly string[], readonly string[], readonly string[], readonly string[]];
  const status = values.flag('status');
  if (read.length + write.length + ledger.length === 0 && !status) {
    throw usageError(`say what ${name} may: --read PREFIX, --write PREFIX, --ledger read, --ledger write, --status`);
  }
  const wanted = { name, sha256, ...(groups.length > 0 && { groups }), read, write, ledger, status };
  try {
    return parsePrincipals(printPrincipals([wanted as Principal]))[0]!;
  } catch (error) {
    throw usageError((error as Error).message.replace('principals[0].', ''));
  }
}

function runRevoke(call: Call): ExitCode {
  const [name] = call.arguments as [string];
  const path = pathOf(call);
  const principals = readPrincipals(path);
  const left = principals.filter((one) => one.name !== name);
  if (left.length === principals.length) throw usageError(`${path} has no token of ${JSON.stringify(name)}`);
  write(path, left);
  if (call.output.json) call.output.document({ revoked: name, file: path });
  else call.output.line(`revoked: ${name}`);
  return 'ok';
}

function runList(call: Call): ExitCode {
  const { output } = call;
  const principals = readPrincipals(pathOf(call));
  if (output.json) output.document(principals.map(({ sha256: _sha256, ...rights }) => rights));
  else output.lines(principals.map(described));
  return 'ok';
}

function described({ name, groups, read, write, ledger, status }: Principal): string {
  const prefixes = (all: readonly string[]) => all.map((prefix) => JSON.stringify(`${prefix}…`)).join(', ');
  const rights = [
    ...(read.length > 0 ? [`reads ${prefixes(read)}`] : []),
    ...(write.length > 0 ? [`writes ${prefixes(write)}`] : []),
    ...ledger.map((right) => `${right}s the ledger`),
    ...(status ? ['sees how groups are'] : []),
  ];
  return `${name}: ${rights.join('; ')}; in ${groups?.join(', ') ?? 'all groups'}`;
}

function pathOf({ values, directory }: Call): string {
  return resolve(directory, values.text('file') ?? 'tokens.json');
}

function write(path: string, principals: readonly Principal[]): void {
  const text = printPrincipals(principals);
  // What the gateway would not read is not written: too many, for example.
  parsePrincipals(text);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writePrivately(path, text);
}
