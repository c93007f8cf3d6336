import { Outbox, none } from '@synod/actor';
import type { Actor, Effect, Input } from '@synod/actor';
import { Violation, jsonMessages, jsonRecords } from '@synod/simulator';
import { runScenario } from '../src/index.js';
import type { Protocol } from '../src/index.js';

interface Echo {
  readonly message: { readonly kind: 'ping' | 'pong'; readonly text: string };
  readonly record: { readonly kind: 'heard'; readonly text: string };
  readonly batch: never;
  readonly timer: 'again';
  readonly event: { readonly kind: 'heard'; readonly text: string };
}

/** Answers a ping when it has written it down, and a client's ping by pinging everyone. */
class Echoer implements Actor<Echo> {
  private readonly out = new Outbox<Echo>();
  private heard = 0;

  step(input: Input<Echo>): readonly Effect<Echo>[] {
    const { out } = this;
    if (input.kind === 'recover') this.heard++;
    if (input.kind === 'timeout') out.send('all', { kind: 'ping', text: 'again' }, none);
    if (input.kind === 'receive' && input.from === 'c1') {
      out.startTimer('again', { minMs: 10, maxMs: 10 });
      out.send('all', input.message, none);
    } else if (input.kind === 'receive' && input.message.kind === 'ping') {
      const { text } = input.message;
      this.heard++;
      out.observe({ kind: 'heard', text });
      out.persist({ kind: 'heard', text });
      out.send(input.from, { kind: 'pong', text });
    }
    return out.drain();
  }

  inspect() {
    return { heard: this.heard };
  }
}

const echo: Protocol<Echo> = {
  printer: {
    message: ({ kind, text }) => `${kind} ${text}`,
    record: ({ text }) => text,
    event: ({ text }) => `heard ${text}`,
  },
  cluster: (members) => ({
    multicast: new Map([['all', members]]),
    messages: jsonMessages<Echo>([]),
    records: jsonRecords<Echo>(),
    make: () => ({ actor: new Echoer(), service: undefined as never }),
    disk: (_address, options) => (options.has('heard') ? [{ kind: 'heard', text: options.get('heard')! }] : []),
  }),
  request: (_client, _sequence, text) => ({ kind: 'ping', text }),
  read: (_client, _sequence, text) => ({ kind: 'ping', text }),
  state: (machine) => `heard ${machine.life!.actor.inspect()['heard']}`,
  log: () => '',
};

const claim = '# Who is pinged answers (tutorial).\n\necho a b c\n----\na heard 0    b heard 0    c heard 0\n\n';
const run = (commands: string): string => runScenario(`${claim}${commands}\n----\n`, 'echo', echo).slice(claim.length);
const below = (commands: string): string[] => run(commands).split('----\n')[1]!.trimEnd().split('\n');

describe('a scenario', () => {
  test('that tells what happens is given back as it is', () => {
    const text = `${claim}request a "x"\n----\na ⏲ again\na → b c  ping x\n\ndeliver b\ndrop c\n----\nb • heard x\nb ✎ x\nb → a  pong x\na ⇥ c  ping x\n`;
    expect(runScenario(text, 'echo', echo)).toBe(text);
  });

  test('that tells something else is given back with the truth', () => {
    const told = `${claim}request a "x"\n----\na → b  ping y\n`;
    expect(runScenario(told, 'echo', echo)).toBe(`${claim}request a "x"\n----\na ⏲ again\na → b c  ping x\n`);
  });

  test('hides what quiet blocks do, but not what they say', () => {
    expect(below('quiet\nrequest a "x"\nsettle\nstate')).toEqual(['a heard 0    b heard 1    c heard 1']);
    expect(run('quiet\nrequest a "x"').trimEnd()).toBe('quiet\nrequest a "x"\n----');
  });

  test('holds sends back while a disk is stalled, and forgets what a crash catches unsynced', () => {
    expect(below('stall b\nrequest a "x"\ndeliver b\ncrash b\nunstall b\nrestart b\nstate')).toEqual([
      'a ⏲ again', 'a → b c  ping x', 'b • heard x', 'b ✎ x', 'b ✗', 'a heard 0    b heard 0    c heard 0',
    ]); // prettier-ignore
  });

  test('lets a stalled disk end one sync after the other', () => {
    const told = below('stall b\nrequest a "x"\nrequest a "y"\ndeliver b first 1\ndeliver b\nsync b\nsync b');
    expect(told.filter((line) => line.startsWith('b'))).toEqual(['b • heard x', 'b ✎ x', 'b • heard y', 'b ✎ y', 'b → a  pong x', 'b → a  pong y']); // prettier-ignore
    const once = below('stall b\nrequest a "x"\nrequest a "y"\ndeliver b first 1\ndeliver b\nsync b');
    expect(once.at(-1)).toBe('b → a  pong x');
    expect(below('stall b\nrequest a "x"\ndeliver b\nsync b\ncrash b\nunstall b\nrestart b\nstate').at(-1)).toBe('a heard 0    b heard 1    c heard 0'); // prettier-ignore
  });

  test('crashes between any two effects', () => {
    expect(below('quiet\nrequest a "x"\n')).toEqual(['']);
    expect(below('request a "x"\ncrash b after 1\ndeliver b').slice(2)).toEqual(['b • heard x', 'b ✗']);
  });

  test('cuts links in both directions or in one', () => {
    expect(below('partition a / b\nrequest a "x"').at(-1)).toBe('a ⇥ b  ping x');
    expect(below('partition b > a\nrequest a "x"\ndeliver b').at(-1)).toBe('b ⇥ a  pong x');
  });

  test('picks messages by sender, kind and number, and doubles them', () => {
    expect(below('quiet\nrequest a "x"\nrequest a "y"\nduplicate b from a only ping first 1\nwaiting')).toEqual([
      'a ⋯ b  ping x', 'a ⋯ c  ping x', 'a ⋯ b  ping y', 'a ⋯ c  ping y', 'a ⋯ b  ping x',
    ]); // prettier-ignore
  });

  test('passes over the oldest ones', () => {
    const quietly = 'quiet\nrequest a "x"\nrequest a "y"\nrequest a "z"\n';
    expect(below(`${quietly}drop b skip 1 first 1\nwaiting`).filter((line) => line.includes('⋯ b'))).toEqual(['a ⋯ b  ping x', 'a ⋯ b  ping z']); // prettier-ignore
    expect(below(`${quietly}drop b skip 2\nwaiting`).filter((line) => line.includes('⋯ b'))).toEqual(['a ⋯ b  ping x', 'a ⋯ b  ping y']); // prettier-ignore
  });

  test('fires timers when told, and starts replicas from a given disk', () => {
    expect(below('quiet\ngiven b heard=before\nrequest a "x"\nstate')).toEqual(['a heard 0    b heard 1    c heard 0']);
    expect(below('request a "x"\ntimeout a again').at(-1)).toBe('a → b c  ping again');
  });

  test.each([
    ['deliver d', 'line 7, deliver d: there is no replica d'],
    ['deliver b', 'line 7, deliver b: nothing of that kind waits for b'],
    ['timeout a again', 'line 7, timeout a again: a has no timer again running, only: none'],
    ['jump', 'line 7, jump: there is no command jump; there are echo, deliver,'],
  ])('says what is wrong with: %s', (command, message) => {
    expect(() => run(command)).toThrow(message);
  });

  test('begins with a claim that cites its source', () => {
    expect(() => runScenario('# Something\n', 'echo', echo)).toThrow(
      'line 1: a scenario begins with its claim and citation',
    );
  });
});

describe('a judged scenario', () => {
  /** Nobody may hear y. */
  const strict: Protocol<Echo> = {
    ...echo,
    judge: () => ({
      executed: (machine, effect) => {
        if (effect.kind === 'observe' && effect.event.text === 'y')
          throw new Violation('Nobody Hears y', 'tutorial', `${machine.address}\nhears it`);
      },
    }),
  };
  const judged = (commands: string): string =>
    runScenario(`# Who is pinged answers (tutorial).\n\necho a b c judged\n\n${commands}\n`, 'echo', strict);

  test('says which sentence is violated, where it is, and nothing after it', () => {
    const text = judged('quiet\nrequest a "x"\ndeliver b\nrequest a "y"\ndeliver b\ndeliver c\n\ndeliver c');
    expect(text.split('----\n').slice(2)).toEqual(['✗ Nobody Hears y (tutorial): b hears it\n\ndeliver c\n']);
    expect(judged('request a "x"\ndeliver b')).not.toContain('✗');
  });

  test('is the only one that is judged', () => {
    const unjudged = runScenario(`${claim}request a "y"\ndeliver b\n`, 'echo', strict);
    expect(unjudged).toContain('b → a  pong y');
    expect(unjudged).not.toContain('✗');
  });

  test('needs a judge', () => {
    expect(() => runScenario('# x (y).\n\necho a judged\n', 'echo', echo)).toThrow(
      'there is nobody to judge scenarios of this protocol',
    );
  });
});
