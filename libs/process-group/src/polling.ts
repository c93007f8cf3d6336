export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks again until the answer is not undefined; throws what `complain` says when that takes too long. */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  withinMs: number,
  complain: () => string,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(complain());
    await pause(30);
  }
}
