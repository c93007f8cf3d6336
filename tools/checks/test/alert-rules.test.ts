import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findPromtool, howToGetPromtool } from '../src/promtool.js';
import { readText, workspaceRoot } from '../src/workspace.js';

// That tests are about series as services export them is checked in dashboards.test.ts.

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
  }[];
}

const folder = 'deploy/metrics';
const alerts = (parse(readText(`${folder}/alerts.yml`)) as Rules).groups
  .flatMap(({ rules }) => rules)
  .map(({ alert }) => alert);
const expectations = (parse(readText(`${folder}/alerts.test.yml`)) as RuleTests).tests.flatMap(
  ({ alert_rule_test: all }) => all,
);

test('of each alert it is tested that it is raised, and that it is not', () => {
  const named = (isRaised: boolean) =>
    new Set(expectations.filter((one) => (one.exp_alerts ?? []).length > 0 === isRaised).map((one) => one.alertname));
  expect(alerts.length).toBeGreaterThan(10);
  expect(named(true)).toEqual(new Set(alerts));
  expect(named(false)).toEqual(new Set(alerts));
});

const program = findPromtool();

(program === undefined ? test['skip'] : test)(
  `each alert is raised when it should be${program === undefined ? `: ${howToGetPromtool}` : ''}`,
  () => {
    const rules = join(workspaceRoot, folder);
    const { status, stdout, stderr } = spawnSync(program!, ['test', 'rules', 'alerts.test.yml'], {
      cwd: rules,
      encoding: 'utf8',
    });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
  },
  60_000,
);
