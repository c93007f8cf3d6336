/** One asynchronous step; calls `next` exactly once. */
export type Step<E extends Error> = (next: (error: E | undefined) => void) => void;

/** Runs steps one after another up to the first error. Callbacks, because a synchronous simulation runs no promises. */
export function series<E extends Error>(steps: readonly Step<E>[], done: (error: E | undefined) => void): void {
  let at = 0;
  const next = (error: E | undefined): void => {
    const step = steps[at++];
    if (error !== undefined || step === undefined) done(error);
    else step(next);
  };
  next(undefined);
}
