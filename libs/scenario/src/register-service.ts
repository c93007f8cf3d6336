import type { ReplicatedService, SnapshotTarget } from '@synod/state-machine';

/** One write of one client: the whole request as it stands in the log. */
export interface RegisterWrite {
  readonly sequence: number;
  readonly key: string;
  readonly value: string;
}

/** What is in a register: `version` is the log position of the write that put it there. */
export interface RegisterContent {
  readonly value: string;
  readonly version: number;
}

interface State {
  readonly registers: Map<string, RegisterContent>;
  /** The last sequence of each user and the version that it wrote: a repeated request is not executed again. */
  readonly sessions: Map<string, { readonly sequence: number; readonly version: number }>;
  /** Over every request ever executed, in order: replicas that differ once differ for ever. */
  fingerprint: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const pageBytes = 100;

/** Registers with sessions: the smallest service whose clients can tell lost, doubled and reordered writes. */
export class RegisterService implements ReplicatedService {
  private state: State = { registers: new Map(), sessions: new Map(), fingerprint: 0 };

  static write(write: RegisterWrite): Uint8Array {
    return encoder.encode(`${write.sequence} ${write.key} ${write.value}`);
  }

  static query(key: string): Uint8Array {
    return encoder.encode(key);
  }

  /** The position at which the write took effect, however often it was sent. */
  static version(results: Uint8Array): number {
    return Number(decoder.decode(results));
  }

  static content(results: Uint8Array): RegisterContent | undefined {
    const [version, value] = decoder.decode(results).split(' ');
    return version === '' || value === undefined ? undefined : { version: Number(version), value };
  }

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const { state } = this;
    const [number = '', key = '', value = ''] = decoder.decode(request).split(' ');
    const sequence = Number(number);
    const session = state.sessions.get(user);
    if (session !== undefined && sequence <= session.sequence) return encoder.encode(String(session.version));
    state.sessions.set(user, { sequence, version: index });
    state.registers.set(key, { value, version: index });
    state.fingerprint = mix(mix(state.fingerprint, index), sequence * 31 + key.length + value.length);
    for (let i = 0; i < request.length; i++) state.fingerprint = mix(state.fingerprint, request[i]!);
    return encoder.encode(String(index));
  }

  query(_user: string, queries: Uint8Array): Uint8Array {
    const content = this.state.registers.get(decoder.decode(queries));
    return encoder.encode(content === undefined ? '' : `${content.version} ${content.value}`);
  }

  hash(): string {
    return (this.state.fingerprint >>> 0).toString(16).padStart(8, '0');
  }

  snapshot(): Iterator<Uint8Array> {
    const { registers, sessions, fingerprint } = this.state;
    return paged(encoder.encode(JSON.stringify({ registers: [...registers], sessions: [...sessions], fingerprint })));
  }

  restore(): SnapshotTarget {
    const pages: Uint8Array[] = [];
    return {
      page: (bytes) => void pages.push(bytes),
      finish: () => {
        const text = pages.map((page) => decoder.decode(page)).join('');
        const { registers, sessions, fingerprint } = JSON.parse(text) as {
          registers: [string, RegisterContent][];
          sessions: [string, { sequence: number; version: number }][];
          fingerprint: number;
        };
        this.state = { registers: new Map(registers), sessions: new Map(sessions), fingerprint };
      },
    };
  }
}

function* paged(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += pageBytes) yield file.slice(at, at + pageBytes);
}

function mix(state: number, value: number): number {
  return Math.imul(state ^ value, 0x01000193) ^ (state >>> 13);
}
