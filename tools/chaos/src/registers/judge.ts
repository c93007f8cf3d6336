/** One call for a write-once register, and what came of it. Times are of one clock that all clients share. */
export interface RegisterCall {
  readonly client: string;
  readonly key: string;
  /** What it was to be; undefined: it was only asked. */
  readonly value?: string | undefined;
  readonly invokedAt: number;
  /** Undefined if and only if the outcome is unknown. */
  readonly returnedAt?: number | undefined;
  /** `refused`: it certainly took no effect and never will. `unknown`: the value may be chosen yet. */
  readonly outcome: 'answered' | 'refused' | 'unknown';
  /** What the register holds, by the answer; undefined: nothing, or there is no answer. */
  readonly told?: string | undefined;
}

export interface Verdict {
  /** Sentences, one for whatever is wrong; none when all is well. */
  readonly problems: readonly string[];
  /** Registers that were asked for. */
  readonly judged: number;
  /** Those of them that hold a value, by somebody's answer. */
  readonly decided: number;
}

interface Told extends RegisterCall {
  readonly told: string;
  readonly returnedAt: number;
}

/**
 * What everybody may rely on: a register has one value, which somebody wanted it to have, and from the first answer that tells it
 * on nobody who asks is told that there is none. Every value is to be wanted by one call only: so what was refused is known by it.
 */
export function judgeRegisters(history: readonly RegisterCall[]): Verdict {
  const registers = new Map<string, RegisterCall[]>();
  for (const call of history) {
    const calls = registers.get(call.key);
    if (calls) calls.push(call);
    else registers.set(call.key, [call]);
  }
  const problems: string[] = [];
  let decided = 0;
  for (const [key, calls] of registers) {
    const told = calls.filter(isTold);
    if (told.length > 0) decided++;
    problems.push(...problemsOf(calls, told).map((problem) => `register ${key}: ${problem}`));
  }
  return { problems, judged: registers.size, decided };
}

function isTold(call: RegisterCall): call is Told {
  return call.told !== undefined && call.returnedAt !== undefined;
}

function problemsOf(calls: readonly RegisterCall[], told: readonly Told[]): string[] {
  const first = new Map<string, Told>();
  let known: Told | undefined;
  for (const one of told) {
    if (one.returnedAt < (first.get(one.told)?.returnedAt ?? Infinity)) first.set(one.told, one);
    if (one.returnedAt < (known?.returnedAt ?? Infinity)) known = one;
  }
  const problems = [...first.values()].flatMap((one) => strangeness(one, calls));
  if (first.size > 1) problems.unshift(`it has ${first.size} values: ${[...first.values()].map(answer).join('; ')}`);
  for (const call of calls) {
    if (call.outcome !== 'answered' || call.told !== undefined) continue;
    if (call.value !== undefined) problems.push(`${call.client} wanted ${call.value} and is told that there is no value`);
    else if (known && call.invokedAt > known.returnedAt) problems.push(`${call.client} asks at ${call.invokedAt} and is told that there is no value, though ${answer(known)}`); // prettier-ignore
  }
  return problems;
}

/** What is wrong with the value itself, as whoever was told it first was. */
function strangeness(one: Told, calls: readonly RegisterCall[]): string[] {
  const wishes = calls.filter(({ value }) => value === one.told);
  if (wishes.length === 0) return [`${answer(one)}, which nobody wanted`];
  if (wishes.every(({ outcome }) => outcome === 'refused')) return [`${answer(one)}, which was refused for good`];
  if (wishes.every(({ invokedAt }) => invokedAt > one.returnedAt)) return [`${answer(one)}, before anybody wanted it`];
  return [];
}

function answer({ client, told, returnedAt }: Told): string {
  return `${client} was told ${told} at ${returnedAt}`;
}
