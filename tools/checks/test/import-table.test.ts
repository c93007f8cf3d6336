import { readImportTable } from '../src/import-table.js';
import { ImportRules, importsOf } from '../src/imports.js';
import { type Project, findProjects, sourcesOf } from '../src/workspace.js';

describe('the workspace', () => {
  const projects = findProjects();
  const rules = new ImportRules(readImportTable(), projects);

  test('every project says what it is', () => {
    expect(projects.length).toBeGreaterThan(20);
    expect(projects.flatMap((project) => rules.unknownTags(project))).toEqual([]);
  });

  test('every import is one that the table allows', () => {
    const sources = (project: Project) => [...sourcesOf(project, 'src'), ...sourcesOf(project, 'test')];
    expect(
      projects.flatMap((project) => sources(project).flatMap((source) => rules.violations(project, source))),
    ).toEqual([]);
  });
});

describe('the rules', () => {
  const project = (root: string, tags: string[], dependencies: string[] = []): Project => ({
    name: `@synod/${root.split('/').slice(1).join('-')}`,
    root,
    tags,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '0.1.0'])),
  });
  const actor = project('libs/actor', ['type:kernel', 'scope:shared']);
  const api = project('libs/api', ['type:wire', 'scope:shared'], ['protobufjs']);
  const core = project('libs/raft/core', ['type:core', 'scope:raft'], ['@synod/actor', '@synod/api', 'pino']);
  const paxosCore = project('libs/paxos/core', ['type:core', 'scope:paxos']);
  const transportTags = ['type:adapter', 'adapter:nats-transport', 'scope:shared'];
  const transport = project('libs/nats-transport', transportTags, ['@nats-io/transport-node', 'pino']);
  const client = project('libs/client', ['type:adapter', 'adapter:client', 'scope:any'], ['@synod/raft-core']);
  const spec = project('libs/raft/spec', ['type:spec', 'scope:raft'], ['@synod/raft-core', '@synod/paxos-core']);
  const app = project('apps/gateway', ['type:app', 'scope:any']);
  const traitors = project('libs/pbft/traitors', ['type:traitor', 'scope:pbft']);
  const replica = project('apps/pbft-replica', ['type:app', 'scope:pbft'], ['@synod/pbft-traitors']);
  const experiment = project('apps/pbft-traitor', ['type:experiment', 'scope:pbft'], ['@synod/pbft-traitors']);
  const world = { traitors, replica, experiment, actor, api, core, paxosCore, transport, client, spec, app };
  const rules = new ImportRules(readImportTable(), Object.values(world));
  const judge = (name: keyof typeof world, specifier: string, file = 'src/x.ts') => {
    const from = world[name];
    return rules.violations(from, { path: `${from.root}/${file}`, text: `\nimport { x } from '${specifier}';\n` });
  };

  test.each([
    ['core', '@synod/actor'],
    ['core', './election.js'],
    ['transport', '@nats-io/transport-node'],
    ['transport', 'node:net'],
    ['spec', '@synod/raft-core'],
    ['experiment', '@synod/pbft-traitors'],
  ] as const)('%s may import %s', (from, specifier) => expect(judge(from, specifier)).toEqual([]));

  test.each([
    ['core', '@synod/api', 'type:core may import only kernel'],
    ['core', 'node:fs', 'may not import node:'],
    ['core', 'fs', 'write node:fs'],
    ['core', 'pino', 'of npm packages it may import none'],
    ['core', '../../wire/src/codec.js', 'another project is imported by its name'],
    ['core', '../test/probe.js', 'sources import sources only'],
    ['actor', '@synod/raft-core', 'type:kernel may import only kernel'],
    ['transport', 'pino', 'of npm packages it may import @nats-io/transport-node'],
    ['client', '@synod/raft-core', 'type:adapter may import only'],
    ['spec', '@synod/paxos-core', 'scope:raft may import only scopes raft'],
    ['spec', '@synod/actor', 'its package.json does not list it'],
    ['replica', '@synod/pbft-traitors', 'type:app may import only'],
    ['spec', '@synod/gateway', 'type:spec may import only'],
  ] as const)('%s may not import %s: %s', (from, specifier, why) => {
    expect(judge(from, specifier)).toEqual([expect.stringContaining(`src/x.ts:2 imports ${specifier}`)]);
    expect(judge(from, specifier)).toEqual([expect.stringContaining(why)]);
  });

  test('a test may use node: and the test broker, but not the projects its sources may not', () => {
    expect(judge('core', 'node:fs', 'test/x.test.ts')).toEqual([]);
    expect(judge('core', '@synod/nats-transport/testing', 'test/x.test.ts')).toEqual([]);
    expect(judge('core', '@synod/nats-transport', 'test/x.test.ts')).toHaveLength(1);
  });

  test('every form of import is seen', () => {
    const text = `import 'a'; import type { B } from 'b'; export * from 'c'; const d = () => import('d'); require('e');`;
    expect(importsOf(text).map(({ specifier }) => specifier)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a project without known tags is pointed out', () => {
    expect(rules.unknownTags(project('libs/new', ['type:thing']))).toHaveLength(2);
  });
});
