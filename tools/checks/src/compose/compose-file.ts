import { parse } from 'yaml';
import type { Tags } from 'yaml';
import { appOf } from '../kubernetes/environment.js';
import type { Told } from '../kubernetes/environment.js';

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly user?: string;
  readonly logging?: { readonly driver?: string; readonly options?: Readonly<Record<string, string>> };
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition?: string }>>;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
}

/** As Docker Compose reads it: what is shared is merged, and `no` is no text. A folder `.` is one, and not a number without digits. */
export function readCompose(text: string): ComposeFile {
  const customTags = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':float'));
  return parse(text, { version: '1.1', merge: true, maxAliasCount: -1, customTags }) as ComposeFile;
}

/** What each service of these apps is told. */
export function toldInCompose({ services }: ComposeFile, apps: readonly string[]): readonly Told[] {
  return Object.entries(services).flatMap(([where, { image, environment = {} }]) => {
    const app = appOf({ image });
    return app !== undefined && apps.includes(app) ? [{ app, where, environment }] : [];
  });
}

/** A rule about one service: what is wrong with it, as the end of a sentence that begins with its name. */
export type Rule = (service: ComposeService, name: string) => readonly string[];

export function sentences({ services }: ComposeFile, ...rules: readonly Rule[]): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) =>
    rules.flatMap((rule) => rule(service, name).map((problem) => `${name} ${problem}`)),
  );
}

/** Those that come to their end by themselves. */
export const comesToItsEnd = (name: string): boolean => ['identities', 'keys', 'secrets', 'cli'].includes(name);

/** A member of a group, whose journal is what it has promised to the others. */
export const isMember = ({ image }: ComposeService): boolean =>
  ['synod/raft-replica', 'synod/paxos-proposer', 'synod/paxos-acceptor', 'synod/pbft-replica'].includes(image);

/** Members and the gateway: their image says what they run, and how they are looked at. */
export const isOurs = (service: ComposeService): boolean => isMember(service) || service.image === 'synod/gateway';
