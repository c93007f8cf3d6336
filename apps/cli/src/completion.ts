import type { Argument, Command, Option } from './command.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script for the shell, from the table of commands. */
export function completionFor(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

/** What may stand after some words: the next words, or, when the command is complete, the choices of its first argument. */
function wordsAfter(commands: readonly Command[]): ReadonlyMap<string, readonly string[]> {
  const after = new Map<string, string[]>([['', ['help']]]);
  const add = (before: string, word: string): void => {
    const words = after.get(before) ?? [];
    if (!words.includes(word)) words.push(word);
    after.set(before, words);
  };
  for (const {
    words,
    arguments: [first],
  } of commands) {
    words.forEach((word, place) => add(words.slice(0, place).join(' '), word));
    for (const choice of first?.choices ?? []) add(words.join(' '), choice);
  }
  return after;
}

const optionNames = ({ options }: Command): string[] =>
  Object.entries(options).flatMap(([name, { short }]) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]);

const withValue = (commands: readonly Command[]): ReadonlyMap<string, Option> =>
  new Map(
    commands.flatMap(({ options }) => Object.entries(options).filter(([, option]) => option.value !== undefined)),
  );

function bash(commands: readonly Command[]): string {
  const valued = withValue(commands);
  const names = (complete: Option['complete']): string =>
    [...valued]
      .filter(([, option]) => option.complete === complete)
      .map(([name]) => `--${name}`)
      .join('|');
  return `# synod completion bash: source <(synod completion bash)
_synod() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" word skip=0
  case "$previous" in
    ${names('file')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${names('directory')}) COMPREPLY=($(compgen -d -- "$current")); return ;;
    ${names(undefined)}) return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if ((skip)); then skip=0; continue; fi
    case "$word" in
      ${[...valued.keys()].map((name) => `--${name}`).join('|')}) skip=1 ;;
      -*) ;;
      *) words="\${words:+$words }$word" ;;
    esac
  done
  local choices="" options=""
  case "$words" in
${[...wordsAfter(commands)].map(([before, words]) => `    ${quote(before)}) choices="${words.join(' ')}" ;;`).join('\n')}
  esac
  case "$words" in
${commands.map((command) => `    ${quote(command.words.join(' '))}*) options="${optionNames(command).join(' ')}" ;;`).join('\n')}
  esac
  if [[ "$current" == -* ]]; then choices="$options"; fi
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -F _synod synod
`;
}

function zsh(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const specifications = Object.entries(command.options).map(([name, option]) => zshOption(name, option));
    const positionals = command.arguments.map((argument, place) => zshArgument(argument, place));
    return `    ${quote(command.words.join(' '))}) _arguments -S ${[...specifications, ...positionals].join(' ')} ;;`;
  });
  const descriptions = new Map(commands.map(({ words, summary }) => [words.join(' '), summary]));
  const nexts = [...wordsAfter(commands)].map(([before, words]) => {
    const items = words.map((word) => {
      const summary = descriptions.get(before === '' ? word : `${before} ${word}`);
      return quote(summary === undefined ? word : `${word}:${summary.replace(/:/g, '\\:')}`);
    });
    return `    ${quote(before)}) choices=(${items.join(' ')}) ;;`;
  });
  return `#compdef synod
# synod completion zsh: source <(synod completion zsh)
_synod() {
  local -a choices
  local depth=1 words_so_far="" known
  while ((depth < CURRENT - 1)); do
    known="\${words_so_far:+$words_so_far }$words[depth+1]"
    case "$known" in
      ${[...new Set(commands.flatMap(({ words }) => words.map((_, place) => quote(words.slice(0, place + 1).join(' ')))))].join('|')}) words_so_far="$known"; ((depth++)) ;;
      *) break ;;
    esac
  done
  if ((depth == CURRENT - 1)) && [[ "$PREFIX" != -* ]]; then
    case "$words_so_far" in
${nexts.join('\n')}
    esac
    if ((\${#choices})); then _describe command choices; return; fi
  fi
  shift depth-1 words
  ((CURRENT -= depth - 1))
  case "$words_so_far" in
${cases.join('\n')}
  esac
}
if [[ "$funcstack[1]" == _synod ]]; then _synod "$@"; else compdef _synod synod; fi
`;
}

function zshOption(name: string, { meaning, value, many, short, complete }: Option): string {
  const action = complete === 'file' ? ':_files' : complete === 'directory' ? ':_files -/' : ':';
  const text = `[${meaning.replace(/[[\]:]/g, '\\$&')}]${value === undefined ? '' : `:${value}${action}`}`;
  if (short === undefined) return quote(`${many ? '*' : ''}--${name}${text}`);
  return `'(-${short} --${name})'{-${short},--${name}}${quote(text)}`;
}

function zshArgument({ name, meaning, many, optional, choices }: Argument, place: number): string {
  const action = choices === undefined ? '' : `(${choices.join(' ')})`;
  const where = many ? '*' : `${place + 1}${optional ? ':' : ''}`;
  return quote(`${where}:${name} - ${meaning.replace(/:/g, '\\:')}:${action}`);
}

function fish(commands: readonly Command[]): string {
  const valued = [...withValue(commands).keys()].map((name) => `--${name}`);
  const lines = commands.flatMap((command) => {
    const is = `-n ${quote(`__synod_is ${command.words.join(' ')}`)}`;
    const before = command.words.slice(0, -1).join(' ');
    const [first] = command.arguments;
    return [
      `complete -c synod -f -n ${quote(`__synod_at ${before}`.trim())} -a ${quote(command.words.at(-1)!)} -d ${quote(command.summary)}`,
      ...(first?.choices ? [`complete -c synod -f ${is} -a ${quote(first.choices.join(' '))}`] : []),
      ...Object.entries(command.options).map(([name, option]) => `complete -c synod ${is} ${fishOption(name, option)}`),
    ];
  });
  const families = [...new Set(commands.filter(({ words }) => words.length > 1).map(({ words }) => words[0]!))];
  return `# synod completion fish | source
function __synod_words
  set -l skip 0
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
    else if contains -- $word ${valued.join(' ')}
      set skip 1
    else if not string match -q -- '-*' $word
      echo $word
    end
  end
end
function __synod_at
  test (string join ' ' (__synod_words)) = "$argv"
end
function __synod_is
  string match -q -- "$argv*" (string join ' ' (__synod_words))
end
complete -c synod -f
complete -c synod -f -n __synod_at -a ${quote(['help', ...families].join(' '))}
${lines.join('\n')}
`;
}

function fishOption(name: string, { meaning, value, short, complete }: Option): string {
  const action =
    value === undefined
      ? ''
      : complete === 'file'
        ? ' -r -F'
        : complete === 'directory'
          ? " -x -a '(__fish_complete_directories)'"
          : ' -x';
  return `${short === undefined ? '' : `-s ${short} `}-l ${name}${action} -d ${quote(meaning)}`;
}

function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
