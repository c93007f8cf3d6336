import { basename, posix } from 'node:path';
import type { SourceText } from './workspace.js';

/** A file that is longer is two things. */
export const maxLines = 400;

const catchAlls = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc']);

export function tooLong({ path, text }: SourceText): string[] {
  const lines = text.split('\n').length;
  return lines > maxLines ? [`${path} has ${lines} lines, and ${maxLines} is the stop: it is two things`] : [];
}

/** `utils.ts` says nothing about what is in it. */
export function catchAllName(path: string): string[] {
  const offending = path.split('/').find((part) => catchAlls.has(basename(part).replace(/\..*$/, '')));
  return offending ? [`${path}: ${offending} says nothing about what is in it; name the thing`] : [];
}

/** Relative links of a Markdown file to files that are not there. */
export function deadLinks({ path, text }: SourceText, isPresent: (path: string) => boolean): string[] {
  const withoutCode = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const targets = [...withoutCode.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(([, target]) => target ?? '');
  return targets
    .filter((target) => !/^([a-z][a-z0-9+.-]*:|#)/i.test(target))
    .map((target) => posix.join(posix.dirname(path), target.replace(/#.*$/, '')))
    .filter((target) => !isPresent(target))
    .map((target) => `${path} links to ${target}, which is not there`);
}
