// One run over all projects that have tests; `nx test <project>` runs one of them.
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folders = (parent) =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => join(parent, entry.name));

const roots = ['apps', 'libs', 'tools', 'examples'].map((name) => join(__dirname, name)).filter(existsSync);
const projects = roots.flatMap(folders).flatMap((folder) => [folder, ...folders(folder)]);

module.exports = {
  // Tests wait for processes and events, never for a time: a busy machine is no failure.
  testTimeout: 60_000,
  projects: projects.filter((folder) => existsSync(join(folder, 'jest.config.cjs'))),
};
