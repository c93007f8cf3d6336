import type { Settings } from '@synod/service';

/** The environment variables of a service as a Markdown table. */
export function tableOf(settings: Settings): string {
  const rows = Object.values(settings).map(({ variable, meaning, fallback }) => {
    return `| \`${variable}\` | ${defaultText(fallback)} | ${escaped(meaning)} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function defaultText(fallback: string | undefined): string {
  if (fallback === undefined) return 'required';
  return fallback === '' ? 'empty' : `\`${fallback}\``;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

const begin = '<!-- settings: npm run settings -->';
const end = '<!-- /settings -->';

/** The document with the table in its place; throws when it has no place for it. */
export function withTable(document: string, settings: Settings): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${tableOf(settings)}\n\n${document.slice(to)}`;
}
