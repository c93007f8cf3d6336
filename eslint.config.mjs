import { readFileSync } from 'node:fs';
import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const table = JSON.parse(readFileSync(new URL('tools/checks/import-table.json', import.meta.url), 'utf8'));
const tagOf = (word) => (word.includes(':') ? word : `type:${word}`);

const constraints = [
  ...Object.entries(table.types).map(([type, { mayImport, npm }]) => ({
    sourceTag: `type:${type}`,
    onlyDependOnLibsWithTags: mayImport.map(tagOf),
    ...(npm && { allowedExternalImports: npm }),
  })),
  ...Object.entries(table.adapters).map(([name, { npm }]) => ({
    sourceTag: `adapter:${name}`,
    onlyDependOnLibsWithTags: table.types.adapter.mayImport.map(tagOf),
    allowedExternalImports: npm,
  })),
  ...Object.entries(table.scopes).map(([scope, mayImport]) => ({
    sourceTag: `scope:${scope}`,
    onlyDependOnLibsWithTags: mayImport.map((name) => `scope:${name}`),
  })),
];
const boundaries = (exceptions) => ['error', { depConstraints: constraints, ...exceptions }];

/** Types whose sources are bytes and rules only: the host's modules do not exist for them. */
const withoutNode = Object.entries(table.types)
  .filter(([, { node }]) => !node)
  .map(([type]) => type);
const sourcesOf = {
  kernel: ['actor', 'formation', 'log', 'quorum', 'space-time', 'state-machine'],
  core: ['*/core'],
  wire: ['api', '*/wire'],
  traitor: ['*/traitors'],
};
const sources = (types) => types.flatMap((type) => sourcesOf[type].map((folder) => `libs/${folder}/src/**/*.ts`));

const hostOf = (name) => ({
  name,
  message: "A core reacts to inputs only: time and chance are the host's (ARCHITECTURE.md, Cores).",
});
const impure = [
  'Date',
  'Promise',
  'Intl',
  'WeakRef',
  'FinalizationRegistry',
  'Atomics',
  'SharedArrayBuffer',
  'globalThis',
];
const impureSyntax = {
  'A core is synchronous: no async functions.': [':function[async=true]'],
  'A core is synchronous: no await.': ['AwaitExpression', 'ForOfStatement[await=true]'],
  'A core is known when it is compiled: no dynamic import.': ['ImportExpression'],
  "The order of a locale is the host's: compare code units instead.": [
    'MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]',
  ],
};

const hostNames = [
  ...['process', 'console', 'Buffer', 'URL', 'fetch', 'AbortSignal'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance'],
];

export default defineConfig(
  { ignores: ['**/dist', '**/out-tsc', '**/src/gen', '**/node_modules', '.nx', '.synod', '**/*.cjs'] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['{apps,libs,tools,examples}/**/*.ts'], rules: { '@nx/enforce-module-boundaries': boundaries({}) } },
  {
    files: ['**/test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@nx/enforce-module-boundaries': boundaries({
        allow: [...table.tests.mayAlsoImport, ...table.tests.npm],
        // A test may look at its project from outside, by its name.
        allowCircularSelfDependency: true,
      }),
    },
  },
  {
    files: sources(withoutNode),
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'No I/O here.' }] }] },
  },
  {
    files: sources(['kernel', 'core']),
    rules: {
      'no-restricted-globals': ['error', ...impure.map(hostOf)],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: hostOf('').message }],
      'no-restricted-syntax': [
        'error',
        ...Object.entries(impureSyntax).flatMap(([message, selectors]) =>
          selectors.map((selector) => ({ selector, message })),
        ),
      ],
    },
  },
  // TypeScript knows the host's names; for plain JavaScript they are listed.
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(hostNames.map((name) => [name, 'readonly'])) },
  },
  prettier,
);
