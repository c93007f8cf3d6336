import { Document, isCollection, visit } from 'yaml';
import type { Manifest } from '../kubernetes/manifests.js';

/** As Kubernetes and Docker Compose read it. */
const version = '1.1';
/** A collection that is shorter than this is written on one line. */
const lineLength = 100;

/** Documents, as somebody reads them in a difference: what is small on one line, and no text by reference to another. */
export function yamlOf(documents: readonly unknown[]): string {
  return documents.map((one) => textOf(one)).join('---\n');
}

function textOf(value: unknown): string {
  const document = new Document(value, { version, aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node) {
      const isSmall = isCollection(node) && JSON.stringify(node).length < lineLength;
      if (isSmall) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, directives: false });
}

/** By what people call them. */
export function byTitle(objects: readonly Manifest[]): Readonly<Record<string, Manifest>> {
  return Object.fromEntries(objects.map((object) => [titleOf(object), object]));
}

function titleOf({ kind, metadata: { namespace, name } }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/**
 * The objects with `HASH` for the hash of what a ConfigMap holds, which is the end of its name wherever that is: what it holds is in
 * the same objects.
 */
export function withoutHashes(objects: readonly Manifest[]): readonly Manifest[] {
  const names = objects.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
  const shown = new Map(names.map((name) => [name, name.replace(/-[a-z0-9]{10}$/, '-HASH')]));
  return JSON.parse(JSON.stringify(objects), (key, value: unknown) =>
    key === 'name' && typeof value === 'string' ? (shown.get(value) ?? value) : value,
  ) as readonly Manifest[];
}

/** As it is written, before anything renders it: a ConfigMap has its own name, and what an image's tag is another file says. */
export function asWritten(objects: readonly Manifest[]): readonly Manifest[] {
  return JSON.parse(JSON.stringify(objects), (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (key === 'image') return value.replace(/:[^:/]*$/, '');
    return key === 'name' ? value.replace(/-HASH$/, '') : value;
  }) as readonly Manifest[];
}
