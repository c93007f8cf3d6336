import { settingsOfApps } from '@synod/service';
import type { Settings } from '@synod/service';

/** By document, as seen from the workspace: what its service reads of the environment. */
export const documents: Readonly<Record<string, Settings>> = Object.fromEntries(
  Object.entries(settingsOfApps).map(([app, settings]) => [`apps/${app}/README.md`, settings]),
);
