import { parse } from 'yaml';
import { appOf } from './kubernetes/environment.js';
import type { Told } from './kubernetes/environment.js';

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

export interface ComposeService {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
}

/** As Docker Compose reads it: what is shared is merged. */
export function readCompose(text: string): ComposeFile {
  return parse(text, { version: '1.1', merge: true, maxAliasCount: -1 }) as ComposeFile;
}

/** What each service of these apps is told. */
export function toldInCompose({ services }: ComposeFile, apps: readonly string[]): readonly Told[] {
  return Object.entries(services).flatMap(([where, { image, environment = {} }]) => {
    const app = appOf({ image });
    return app !== undefined && apps.includes(app) ? [{ app, where, environment }] : [];
  });
}
