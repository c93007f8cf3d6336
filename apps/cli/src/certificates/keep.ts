import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Source } from '@synod/client';
import type { Call, Options } from '../command.js';
import { CommandError } from '../exit-codes.js';

/** For what is answered by members that sign. */
export const certificate: Options = {
  certificate: {
    value: 'PATH',
    meaning: 'keep the answer with its signatures in this file, for `synod verify` (groups of PBFT)',
    complete: 'file',
  },
};

/** Writes the certificate where the call asks for one. */
export function keepCertificate({ values, directory, output }: Call, { certificate: of }: Source): void {
  const path = values.text('certificate');
  if (path === undefined) return;
  if (of === undefined) throw new CommandError('failed', 'no certificate: the members of this group sign nothing');
  try {
    writeFileSync(resolve(directory, path), of());
  } catch (error) {
    throw new CommandError('failed', `the certificate cannot be written: ${(error as Error).message}`);
  }
  if (!output.json) output.remark(`certificate: ${path}; check it with: synod verify ${path}`);
}
