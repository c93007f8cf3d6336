import type { Operation, Seen } from './history.js';
import type { CounterExample } from './shrink.js';

/** Columns of a picture, at most. */
const columns = 118;
const leastWidth = 12;

/**
 * A counter-example for people: time to the right, not to scale; a lane per client (more, when its calls overlap); a bar
 * from call to answer. `▶` marks the answer that no order reaches; below stands the order that gets furthest.
 */
export function picture({ operations, blocked, furthest }: CounterExample): string {
  const moments = [
    ...new Set(operations.flatMap(({ invokedAt, returnedAt }) => [invokedAt, returnedAt ?? Infinity])),
  ].sort((a, b) => a - b);
  const names = Math.min(16, Math.max(6, ...operations.map(({ client }) => client.length)));
  const width = columns - names - 2;
  const place = (moment: number) =>
    Math.round((moments.indexOf(moment) / Math.max(1, moments.length - 1)) * (width - 1));
  const lines = lanes(operations).map((lane) => {
    const name = lane[0]!.client.slice(0, names).padEnd(names);
    return drawLane(lane, place, width, blocked).map((line, i) =>
      `${i === 0 ? name : ' '.repeat(names)}  ${line}`.trimEnd(),
    );
  });
  const order =
    furthest.length === 0
      ? 'No operation can come first.'
      : `The order that gets furthest: ${furthest.map(told).join('; ')}.`;
  return [
    ...lines.flat(),
    '',
    ...wrapped(order),
    ...wrapped(`▶ No order goes on to: ${blocked.client}: ${told(blocked)}.`),
  ].join('\n');
}

/** Calls of one client that overlap are in different lanes. */
function lanes(operations: readonly Operation[]): Operation[][] {
  const all: Operation[][] = [];
  for (const operation of operations) {
    const isFree = (lane: readonly Operation[]) =>
      lane[0]!.client === operation.client && (lane.at(-1)!.returnedAt ?? Infinity) <= operation.invokedAt;
    const lane = all.find(isFree);
    if (lane === undefined) all.push([operation]);
    else lane.push(operation);
  }
  return all.sort((a, b) => (a[0]!.client < b[0]!.client ? -1 : a[0]!.client > b[0]!.client ? 1 : 0));
}

/** The bars, and their words below, in as many lines as they need. */
function drawLane(
  lane: readonly Operation[],
  place: (moment: number) => number,
  width: number,
  blocked: Operation,
): string[] {
  const bars = Array<string>(width).fill(' ');
  const words: string[][] = [];
  for (const operation of lane) {
    const from = place(operation.invokedAt);
    const to = Math.max(from + 1, place(operation.returnedAt ?? Infinity));
    bars.fill('─', from, to);
    bars[from] = '├';
    bars[Math.min(width - 1, to)] = operation.returnedAt === undefined ? '…' : isSame(operation, blocked) ? '▶' : '┤';
    write(
      words,
      told(operation),
      Math.min(from, Math.max(0, width - Math.max(leastWidth, told(operation).length))),
      width,
    );
  }
  return [bars.join(''), ...words.map((line) => line.join(''))];
}

function write(lines: string[][], text: string, at: number, width: number): void {
  const shown = text.slice(0, width - at);
  const isFree = (line: readonly string[]) =>
    line.slice(Math.max(0, at - 1), at + shown.length + 1).every((character) => character === ' ');
  let line = lines.find(isFree);
  if (line === undefined) lines.push((line = Array<string>(width).fill(' ')));
  line.splice(at, shown.length, ...shown);
}

function isSame(a: Operation, b: Operation): boolean {
  return a.client === b.client && a.invokedAt === b.invokedAt && a.kind === b.kind;
}

function wrapped(text: string): string[] {
  return text.match(new RegExp(`.{1,${columns}}(?:\\s|$)|.{${columns}}`, 'gu'))?.map((line) => line.trimEnd()) ?? [];
}

/** One operation and its answer in a few words: `put a=1 → 7`. */
export function told(operation: Operation): string {
  return `${askedOf(operation)} → ${operation.outcome === 'answered' ? answerOf(operation) : operation.outcome}`;
}

function askedOf(operation: Operation): string {
  switch (operation.kind) {
    case 'put':
      return `put ${printable(operation.key)}=${short(operation.value)}`;
    case 'compareAndSet':
      return `cas ${printable(operation.key)} @${operation.expectedRevision}=${short(operation.value ?? 'nothing')}`;
    case 'range':
      return `range ${printable(operation.prefix)}*`;
    case 'transaction': {
      const steps = [...operation.success, ...operation.failure];
      return `txn ${steps.map(({ kind, key, value }) => `${kind} ${printable(key)}${value === undefined ? '' : `=${short(value)}`}`).join(', ')}`;
    }
    default:
      return `${operation.kind} ${printable(operation.key)}`;
  }
}

function answerOf(operation: Operation): string {
  switch (operation.kind) {
    case 'get':
      return operation.result?.entry ? seen(operation.result.entry) : 'nothing';
    case 'range': {
      const { entries, more } = operation.result!;
      return `${entries.map((entry) => `${printable(entry.key)}=${seen(entry)}`).join(' ') || 'nothing'}${more ? ' …' : ''}`;
    }
    case 'transaction':
      return operation.result!.succeeded ? 'success' : 'failure';
    case 'compareAndSet':
      return `${operation.result!.succeeded ? 'done' : 'mismatch'}${revision(operation.result!.revision)}`;
    default:
      return `done${revision(operation.result?.revision)}`;
  }
}

function seen(entry: Seen): string {
  const version = entry.version === undefined ? '' : ` v${entry.version}`;
  return `${entry.value === undefined ? 'there' : short(entry.value)}${revision(entry.revision)}${version}`;
}

const revision = (number: number | undefined) => (number === undefined ? '' : ` @${number}`);
/** Keys and values may be any bytes. */
const printable = (text: string) => text.replace(/[^\x21-\x7e…]/g, '·');
const short = (text: string) => printable(text.length > 16 ? `${text.slice(0, 15)}…` : text);
