import type { Call, Command } from './command.js';
import { evidence } from './certificates/evidence.js';
import { keysInit } from './certificates/keys-init.js';
import { verify } from './certificates/verify.js';
import { certsInit, certsRenew } from './certs.js';
import { completionFor, shells } from './completion.js';
import type { Shell } from './completion.js';
import type { ExitCode } from './exit-codes.js';
import { heal, partition } from './fault/partition.js';
import { kill, pause, resume } from './fault/signals.js';
import { identitiesAdd, identitiesRevoke, identitiesRotate } from './identity-changes.js';
import { identitiesInit } from './identities.js';
import { range } from './key-value/range.js';
import { compareAndSet, get, put, remove } from './key-value/single.js';
import { transaction } from './key-value/transaction.js';
import { ledgerHead } from './ledger/head.js';
import { ledgerShow } from './ledger/show.js';
import { ledgerSubmit } from './ledger/submit.js';
import { ledgerVerify } from './ledger/verify.js';
import { logLevel } from './log-level/command.js';
import { memberAdd, memberList, memberRemove, memberReplace } from './member/command.js';
import { everywhere } from './options.js';
import { decide, decided } from './registers/decide.js';
import { replay } from './replay/command.js';
import { snapshotRestore } from './snapshot/restore.js';
import { snapshotSave } from './snapshot/save.js';
import { snapshotStatus } from './snapshot/status.js';
import { status } from './status/command.js';
import { tokensCreate, tokensList, tokensRevoke } from './tokens.js';
import { tap } from './tap/command.js';
import { trace } from './trace/command.js';

const completion: Command = {
  words: ['completion'],
  summary: 'a script that teaches your shell these commands',
  arguments: [{ name: 'SHELL', meaning: shells.join(', '), choices: shells }],
  options: { help: everywhere['help']! },
  details: ['Put the line of your shell into its start-up file: ~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish.'],
  examples: [
    'completion bash   # source <(synod completion bash)',
    'completion zsh    # source <(synod completion zsh)',
    'completion fish   # synod completion fish | source',
  ],
  run: runCompletion,
};

function runCompletion({ output, arguments: [shell] }: Call): Promise<ExitCode> {
  output.raw(Buffer.from(completionFor(shell as Shell, commands)));
  return Promise.resolve('ok');
}

/** Everything that `synod` can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...[put, get, remove, compareAndSet, range, transaction],
  ...[decide, decided],
  ...[ledgerSubmit, ledgerHead, ledgerShow, ledgerVerify],
  ...[status, tap, trace, replay, evidence, verify, logLevel],
  ...[snapshotSave, snapshotStatus, snapshotRestore],
  ...[memberList, memberAdd, memberRemove, memberReplace],
  ...[partition, heal, pause, resume, kill],
  ...[identitiesInit, identitiesAdd, identitiesRevoke, identitiesRotate, keysInit],
  ...[certsInit, certsRenew],
  ...[tokensCreate, tokensList, tokensRevoke, completion],
];
