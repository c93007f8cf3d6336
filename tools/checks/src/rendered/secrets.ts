import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readKustomization } from '../kubernetes/manifests.js';
import type { Manifest } from '../kubernetes/manifests.js';
import { rendered } from '../kubernetes/rendering.js';
import type { Renderer } from '../kubernetes/rendering.js';
import { workspaceRoot } from '../workspace.js';

/** The Secrets that a folder makes, where each file is not there and stands for itself: by key, the path of what is in it. */
export function renderedSecrets(renderer: Renderer, folder: string): readonly Manifest[] {
  const copy = mkdtempSync(join(tmpdir(), 'synod-secrets-'));
  try {
    cpSync(join(workspaceRoot, folder, 'kustomization.yaml'), join(copy, 'kustomization.yaml'));
    const { secretGenerator = [] } = readKustomization(folder);
    for (const entry of secretGenerator.flatMap(({ files }) => files)) {
      const path = entry.slice(entry.indexOf('=') + 1);
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      writeFileSync(join(copy, path), path);
    }
    return rendered(renderer, copy).map(({ data = {}, ...secret }) => {
      const paths = Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]);
      return { ...secret, data: Object.fromEntries(paths) as Readonly<Record<string, string>> };
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
