import { synod } from './synod.js';

const { argv, env: environment, stdin, stdout, stderr } = process;
const stopping = new AbortController();
const stop = (): void => {
  // A second time does not wait.
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
};
process.on('SIGINT', stop).on('SIGTERM', stop);
// `synod range | head`: nobody reads on.
stdout.on('error', () => process.exit(0));

// Not process.exit: what a slow reader has not taken yet would be lost.
process.exitCode = await synod(argv.slice(2), {
  environment,
  directory: process.cwd(),
  stdin,
  stdout,
  stderr,
  signal: stopping.signal,
});
