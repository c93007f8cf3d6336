/** Verbs after which others go on: what they caused is told with them. */
const consequences = new Set(['deliver', 'duplicate', 'sync']);
/** So many commands make a paragraph long enough. */
const linesMax = 6;
const keywords = new Set(['from', 'only', 'skip', 'first']);

/** Commands as paragraphs: one begins with what somebody does, and deliveries of one message to several are one line. */
export function paragraphs(commands: readonly string[]): string[] {
  const all: string[][] = [];
  for (const command of joined(commands)) {
    const last = all[all.length - 1];
    const goesOn = consequences.has(verbOf(command)) || (last !== undefined && prepares(last[last.length - 1]!));
    if (last !== undefined && goesOn && last.length < linesMax) last.push(command);
    else all.push([command]);
  }
  return all.map((lines) => lines.join('\n'));
}

/** What it is for comes next. */
function prepares(command: string): boolean {
  return verbOf(command) === 'wait' || /^crash \S+ after /.test(command);
}

function verbOf(command: string): string {
  return command.split(' ', 1)[0]!;
}

interface Delivery {
  readonly to: readonly string[];
  /** `from r1 only heartbeat` */
  readonly which: string;
}

/** `deliver r2 from r1` and `deliver r3 from r1` are `deliver r2 r3 from r1`. */
function joined(commands: readonly string[]): string[] {
  const lines: string[] = [];
  let before: Delivery | undefined;
  for (const command of commands) {
    const delivery = deliveryOf(command);
    const alike = delivery !== undefined && delivery.which === before?.which && !before.to.includes(delivery.to[0]!);
    before = alike ? { ...delivery, to: [...before!.to, ...delivery.to] } : delivery;
    if (alike) lines.pop();
    lines.push(before === undefined ? command : ['deliver', ...before.to, before.which].join(' ').trimEnd());
  }
  return lines;
}

function deliveryOf(command: string): Delivery | undefined {
  const [verb, ...words] = command.split(' ');
  if (verb !== 'deliver') return undefined;
  const at = words.findIndex((word) => keywords.has(word));
  const to = at < 0 ? words : words.slice(0, at);
  return { to, which: words.slice(to.length).join(' ') };
}
