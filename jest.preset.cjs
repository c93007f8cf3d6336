// Shared by every project's jest.config.cjs: sources are ESM TypeScript, run as CommonJS through swc.
module.exports = {
  // A core's evidence is in its spec project: no tests of its own is fine.
  passWithNoTests: true,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@synod/source', 'node', 'require', 'default'] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.[mc]?[tj]s$': [
      require.resolve('@swc/jest'),
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  // TypeScript's nodenext wants './x.js' for './x.ts'.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
};
