import { readJson } from './workspace.js';

/** Who may import whom; the file itself says how it is read. */
export interface ImportTable {
  readonly types: Readonly<Record<string, TypeRule>>;
  readonly adapters: Readonly<Record<string, { readonly npm: readonly string[] }>>;
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly tests: { readonly mayAlsoImport: readonly string[]; readonly npm: readonly string[] };
}

export interface TypeRule {
  readonly mayImport: readonly string[];
  readonly npm?: readonly string[];
  readonly node: boolean;
}

export const tablePath = 'tools/checks/import-table.json';

export function readImportTable(): ImportTable {
  return readJson<ImportTable>(tablePath);
}
