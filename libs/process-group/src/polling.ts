export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What one turn of `poll` counts at most: a machine that stood still for seconds has not used up the time. */
const TURN_MS = 1000;

/** Asks again while the answer is undefined or false; throws what `complain` says when that takes too long. */
export async function poll<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs: number,
  complain: () => string,
): Promise<T> {
  for (let waited = 0; ; ) {
    const began = performance.now();
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (waited > withinMs) throw new Error(complain());
    await pause(30);
    waited += Math.min(performance.now() - began, TURN_MS);
  }
}
