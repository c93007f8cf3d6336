import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `SYNOD_LOG_LEVEL`, and what is put together while the program runs: `OTEL_EXPORTER_OTLP_${signalIdentifier}_TIMEOUT`. Not what a
 * schema says of itself, since every program has the schemas of all.
 */
const literals = /(?<!variable: )["'`]((?:SYNOD|OTEL|NATS|NODE)_[A-Z0-9_]*(?:\$\{\w+\}[A-Z0-9_]*)*)["'`]/g;
const properties = /\.((?:SYNOD|OTEL|NATS|NODE)_[A-Z0-9_]+)\b/g;
const destructured = /[{,]\s*((?:SYNOD|OTEL|NATS|NODE)_[A-Z0-9_]+)(?::\s*\w+)?[^{}]*\}\s*=(?!=|>)/g;
/** The only signal that services export. */
const signal = 'TRACES';

/** The names of environment variables in a program outside of schemas, its packages included as far as it is bundled. */
export function variablesIn(workspace: string, entry: string): ReadonlySet<string> {
  return variablesOf(bundled(workspace, entry));
}

export function variablesOf(program: string): ReadonlySet<string> {
  const found = [literals, properties, destructured].flatMap((pattern) =>
    [...program.matchAll(pattern)].map(([, name]) => name!),
  );
  return new Set(found.map((name) => name.replace('${signalIdentifier}', signal)));
}

/** As `npm start` and the images make it, but for what is not needed to read it. */
function bundled(workspace: string, entry: string): string {
  const options = ['--bundle', '--platform=node', '--format=esm', '--conditions=@synod/source', '--log-level=error'];
  const loaders = ['.html=text', '.css=text', '.client.js=text'].map((pair) => `--loader:${pair}`);
  const esbuild = join(workspace, 'node_modules', '.bin', 'esbuild');
  const most = 64 * 1024 * 1024;
  return execFileSync(esbuild, [entry, ...options, ...loaders], { cwd: workspace, encoding: 'utf8', maxBuffer: most });
}
