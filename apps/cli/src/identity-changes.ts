import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { credentialsPath } from '@synod/nats-transport';
import { writePrivately } from '@synod/private-file';
import { newSeed } from '@synod/nats-handshake';
import type { Call, Command, Options } from './command.js';
import { CommandError, usageError } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { filesOf, writeIdentities } from './identities.js';
import type { Written } from './identities.js';
import { readRoster } from './identity-roster.js';
import type { Roster } from './identity-roster.js';
import { everywhere } from './options.js';
import { wholeNumber } from './values.js';

const where: Options = {
  dir: { value: 'DIR', meaning: 'where `synod identities init` wrote (default .)', complete: 'directory' },
  signal: { value: 'PID', meaning: 'process of the NATS server on this machine, which is told to reload' },
  ...everywhere,
};
const user = { name: 'USER', meaning: 'a NATS user, as it is named in DIR/credentials', many: true };
const reloading =
  'The server cuts off whose key is gone, at once, and nobody else, as soon as it reads its configuration again: with' +
  ' --signal PID, or by `nats-server --signal reload=PID` on its machine. Of several servers each needs the new file.';

export const identitiesRevoke: Command = {
  words: ['identities', 'revoke'],
  summary: 'take a NATS user out of the configuration; it is cut off when the server reloads',
  arguments: [user],
  options: where,
  details: [
    'Its key is deleted, and its registration (srv-…) goes with it. `synod identities init` with that name makes it again,' +
      ' under a new key.',
    reloading,
  ],
  examples: ['identities revoke billing --dir deploy --signal "$(pidof nats-server)"'],
  run: (call) => Promise.resolve(runRevoke(call)),
};

export const identitiesRotate: Command = {
  words: ['identities', 'rotate'],
  summary: 'give a NATS user another key; the former is worth nothing when the server has reloaded',
  arguments: [user],
  options: where,
  details: ['Give the new file to whom it is for, and start it again: it stands outside until then.', reloading],
  examples: ['identities rotate raft-r2 --dir deploy --signal "$(pidof nats-server)"'],
  run: (call) => Promise.resolve(runRotate(call)),
};

export const identitiesAdd: Command = {
  words: ['identities', 'add'],
  summary: 'add a NATS user for an application that asks',
  arguments: [user],
  options: where,
  details: ['All others keep their keys and their connections.', reloading],
  examples: ['identities add billing --dir deploy --signal "$(pidof nats-server)"'],
  run: (call) => Promise.resolve(runAdd(call)),
};

function runRevoke(call: Call): ExitCode {
  const [directory, roster] = rosterOf(call);
  const credentials = join(directory, 'credentials');
  const gone = call.arguments.flatMap((name) =>
    [name, `srv-${name}`].filter((one) => isKnown(credentials, one, roster)),
  );
  for (const name of call.arguments) requireKnown(gone.includes(name), name);
  const written = writeIdentities(directory, { ...roster, revoked: [...new Set([...roster.revoked, ...gone])] });
  for (const name of gone) rmSync(credentialsPath(credentials, name), { force: true });
  return tell(call, written, 'revoked', gone);
}

function runRotate(call: Call): ExitCode {
  const [directory, roster] = rosterOf(call);
  const credentials = join(directory, 'credentials');
  for (const name of call.arguments) {
    requireKnown(isKnown(credentials, name, roster) && !roster.revoked.includes(name), name);
  }
  for (const name of call.arguments) {
    writePrivately(credentialsPath(credentials, name), `${JSON.stringify({ user: name, seed: newSeed() })}\n`);
  }
  return tell(call, writeIdentities(directory, roster), 'rotated', call.arguments);
}

function runAdd(call: Call): ExitCode {
  const [directory, roster] = rosterOf(call);
  const { client = [] } = roster.init;
  const clients = [...new Set([...(client as readonly string[]), ...call.arguments])];
  const revoked = roster.revoked.filter((name) => !call.arguments.includes(name));
  const written = writeIdentities(directory, { init: { ...roster.init, client: clients }, revoked });
  return tell(call, written, 'added', call.arguments);
}

function rosterOf({ values, directory }: Call): readonly [string, Roster] {
  const path = resolve(directory, values.text('dir') ?? '.');
  return [path, readRoster(path)];
}

/** Also who is revoked already: what was interrupted then is done again. */
function isKnown(credentials: string, name: string, { revoked }: Roster): boolean {
  return revoked.includes(name) || (/^[a-z0-9-]+$/.test(name) && existsSync(credentialsPath(credentials, name)));
}

function requireKnown(known: boolean, name: string): void {
  if (!known) throw usageError(`there is no user ${JSON.stringify(name)}; DIR/credentials has a file for each`);
}

function tell({ values, output }: Call, written: Written, what: string, users: readonly string[]): ExitCode {
  const reloaded = reload(values.text('signal'), written.configurations);
  if (output.json) output.document({ [what]: users, ...filesOf(written), reloaded });
  else {
    output.line(`${what}: ${users.join(', ')}`);
    const still = stillToReload(written, reloaded);
    if (still !== undefined) output.line(`${still}: nats-server --signal reload=PID`);
  }
  return 'ok';
}

/** Where there are several servers, each has a file of its own, and a signal reaches one of them. */
function stillToReload({ configurations }: Written, reloaded: boolean): string | undefined {
  if (configurations.length === 1) return reloaded ? undefined : 'in force when the server reloads';
  const [who, those] = reloaded
    ? ['one server was told', 'at each of the others']
    : ['not yet in force', 'at each server'];
  return `${who}; in force ${those} when it has its new file (${configurations.join(', ')}) and reloads`;
}

function reload(text: string | undefined, files: readonly string[]): boolean {
  if (text === undefined) return false;
  const pid = wholeNumber('--signal', text, 2, 4_194_304);
  try {
    process.kill(pid, 'SIGHUP');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ESRCH' ? 'there is no such process' : (error as Error).message;
    throw new CommandError(
      'failed',
      `${files.join(', ')} ${files.length === 1 ? 'is' : 'are'} written, but process ${pid} was not told: ${problem}`,
    );
  }
}
