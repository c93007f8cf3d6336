/** What a service's main.ts hands over: how to stop it. */
export interface Running {
  /** Not ready, hand over, drain, sync, flush telemetry: within `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
}

const STOP_DEADLINE_MS = 8_000;

/**
 * Starts a service and stays until it is told to stop (SIGTERM, SIGINT, or the end of stdin when a launcher holds it and
 * `SYNOD_EXIT_WITH_STDIN` is 1). A second signal does not wait. Exit codes: 0 stopped, 1 failed, 2 wrongly configured.
 */
export function runProcess(start: () => Promise<Running>): void {
  let running: Running | undefined;
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(1);
    asked = true;
    if (running === undefined) process.exit(0);
    const late = setTimeout(() => process.exit(1), STOP_DEADLINE_MS + 2_000);
    late.unref();
    running.stop(STOP_DEADLINE_MS).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  if (process.env['SYNOD_EXIT_WITH_STDIN'] === '1') process.stdin.on('end', stop).on('error', stop).resume();
  start().then((service) => (running = service), fail);
}

/** One line for people and machines, then the end: a service that does not know its own state does not go on. */
function fail(error: unknown): never {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const wrongly = name === 'EnvironmentError';
  const line = { level: 'fatal', time: new Date().toISOString(), msg: message };
  process.stderr.write(`${JSON.stringify(wrongly ? line : { ...line, stack })}\n`);
  process.exit(wrongly ? 2 : 1);
}
