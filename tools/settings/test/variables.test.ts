import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingsOfApps } from '@synod/service';
import { variablesIn, variablesOf } from '../src/variables.js';

const workspace = root(process.cwd());

function root(folder: string): string {
  return existsSync(join(folder, 'nx.json')) ? folder : root(dirname(folder));
}

/** Names that are in programs and in no table, and why not. */
const elsewhere: Readonly<Record<string, string>> = {
  OTEL_RESOURCE_ATTRIBUTES: 'a detector of the SDK that is not used: a service says itself what it is',
  OTEL_SERVICE_NAME: 'the same',
  OTEL_BSP_MAX_QUEUE_SIZE: 'the SDK reads it only where the program does not say it',
  OTEL_BSP_EXPORT_TIMEOUT: 'the same',
  NODE_OPTIONS: 'Node’s own, handed on to workers of the log that are not used',
  NODE_V8_COVERAGE: 'the same',
};
/** Values in the SDK's conventions, not names of variables. */
const values = /^OTEL_(STATUS_CODE|COMPONENT_TYPE)_VALUE_/;

test.each(Object.entries(settingsOfApps))(
  'the table of %s has every variable that its program reads',
  (app, settings) => {
    const known = new Set(Object.values(settings).map(({ variable }) => variable));
    const found = [...variablesIn(workspace, join('apps', app, 'src', 'main.ts'))];
    expect(found).toEqual(expect.arrayContaining(['SYNOD_LOG_LEVEL', 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT']));
    expect(found.filter((name) => !known.has(name) && !(name in elsewhere) && !values.test(name))).toEqual([]);
  },
);

test('names are found however a program reads them', () => {
  const program = [
    'process.env["SYNOD_A"]; environment[`OTEL_B`]; process.env.NATS_C; get(`OTEL_${signalIdentifier}_D`)',
    'const { SYNOD_E: e } = process.env; ({ variable: "SYNOD_F" });',
    'throw new Error("SYNOD_G is wrong");',
  ].join('\n');
  expect([...variablesOf(program)].sort()).toEqual(['NATS_C', 'OTEL_B', 'OTEL_TRACES_D', 'SYNOD_A', 'SYNOD_E']);
});
