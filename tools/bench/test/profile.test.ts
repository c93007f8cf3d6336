import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { finishProfiles } from '../src/report/profile-sources.js';
import { profilesText } from '../src/report/profile.js';

const folder = mkdtempSync(join(tmpdir(), 'synod-profile-'));
const bundle = join(folder, 'program.mjs');
const profile = join(folder, 'replica.cpuprofile');
const source = join(process.cwd(), 'libs/raft/src/core.ts');

afterAll(() => rmSync(folder, { recursive: true }));

/** What begins on the second line of the bundle is from line 7 of the source. */
const map = { version: 3, sources: [source], names: [], mappings: ';AAME', sourcesContent: [null] };
const frame = (functionName: string, url: string, lineNumber: number) => ({ functionName, url, lineNumber, columnNumber: 4 }); // prettier-ignore

beforeEach(() => {
  writeFileSync(`${bundle}.map`, JSON.stringify(map));
  const frames = [frame('load', '', -1), frame('step', pathToFileURL(bundle).href, 1), frame('read', 'node:fs', 9)];
  const nodes = frames.map((callFrame, i) => ({ id: i + 1, callFrame }));
  writeFileSync(profile, JSON.stringify({ nodes, samples: [1, 1, 2, 2, 3], timeDeltas: [900, 1000, 3000, 3000, 2000] })); // prettier-ignore
});

describe('the profiles of a group that has ended', () => {
  test('tell where functions are in the sources, also when the bundle is gone', () => {
    finishProfiles(folder, 0);
    rmSync(`${bundle}.map`);
    expect(profilesText(folder)).toMatch(/60\.\d % {2}step {2}libs\/raft\/src\/core\.ts:7\n.*read {2}node:fs:10/);
  });

  test('begin when the group serves', () => {
    finishProfiles(folder, 2);
    expect(profilesText(folder)).toContain('busy for 0.01 s');
    expect(profilesText(folder)).toContain('75.0 %  step');
    expect(profilesText(folder)).not.toContain('load');
  });

  test('are cut once only', () => {
    finishProfiles(folder, 2);
    const done = readFileSync(profile, 'utf8');
    finishProfiles(folder, 2);
    expect(readFileSync(profile, 'utf8')).toBe(done);
  });

  test('name the bundle where nothing tells of its sources, and need not be there', () => {
    rmSync(`${bundle}.map`);
    finishProfiles(folder, 0);
    expect(profilesText(folder)).toContain('program.mjs:2');
    expect(() => finishProfiles(join(folder, 'none'), 0)).not.toThrow();
  });
});
