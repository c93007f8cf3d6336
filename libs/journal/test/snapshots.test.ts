import { DamagedState } from '@synod/actor';
import type { Chunk, SnapshotId } from '@synod/actor';
import { UnknownPageFormat } from '@synod/state-machine';
import type { SnapshotSource } from '@synod/state-machine';
import { FileSnapshotStore, MemoryDisk } from '../src/index.js';

const id: SnapshotId = { index: 7, era: 2 };
const chunkBytes = 1000;

class Pages implements SnapshotSource {
  state: string[];
  finished = 0;

  constructor(state: string[] = []) {
    this.state = state;
  }

  *snapshot(): Generator<Uint8Array> {
    for (const page of this.state) yield Buffer.from(page);
  }

  restore() {
    const built: string[] = [];
    return {
      page: (bytes: Uint8Array) => void built.push(Buffer.from(bytes).toString()),
      finish: () => {
        this.state = built;
        this.finished++;
      },
    };
  }
}

class Store {
  readonly store: FileSnapshotStore;

  constructor(readonly disk = new MemoryDisk()) {
    this.store = new FileSnapshotStore({ disk, pace: { now: () => 0, later: (run) => disk.later(run) } });
  }

  /** The answer of one call, after all disk work. */
  answer<A>(call: (done: (answer: A) => void) => void): A | 'none' {
    let answer: A | 'none' = 'none';
    let atOnce = true;
    call((given) => {
      if (atOnce) throw new Error('the callback came at once');
      answer = given;
    });
    atOnce = false;
    this.disk.pump();
    return answer;
  }

  take(snapshot: SnapshotId, state: string[]): Error | undefined | 'none' {
    return this.answer((done) => this.store.take(snapshot, new Pages(state).snapshot(), done));
  }

  chunk(offset: number, snapshot = id, maxBytes = chunkBytes): Chunk | undefined | 'none' {
    return this.answer((done) => this.store.readChunk(snapshot, offset, maxBytes, done));
  }

  write(chunk: Chunk): number | 'none' {
    return this.answer((done) => this.store.writeChunk(chunk, done));
  }

  install(target: SnapshotSource, snapshot = id): Error | undefined | 'none' {
    return this.answer((done) => this.store.install(snapshot, target, done));
  }

  chunks(snapshot = id): Chunk[] {
    const chunks: Chunk[] = [];
    for (let offset = 0; ; ) {
      const chunk = this.chunk(offset, snapshot);
      if (chunk === undefined || chunk === 'none') return chunks;
      chunks.push(chunk);
      offset += chunk.bytes.length;
    }
  }

  files(): readonly string[] {
    return this.answer<readonly string[] | Error>((done) => this.disk.list('snapshots', done)) as readonly string[];
  }
}

const state = Array.from({ length: 60 }, (_, at) => `page ${at} ${'p'.repeat(at * 13)}`);
const nothingKept = { keepsSector: () => false, keepsName: () => false };

describe('a snapshot', () => {
  it('that was taken is durable, and installs as it was', () => {
    const store = new Store();
    expect(store.take(id, state)).toBeUndefined();
    const target = new Pages();
    expect(new Store(store.disk.crash(nothingKept)).install(target)).toBeUndefined();
    expect(target.state).toEqual(state);
  });

  it('goes on from what is there, also when a chunk begins before its end', () => {
    const leader = new Store();
    leader.take(id, state);
    const follower = new Store();
    const [first, second, third] = [leader.chunk(0), leader.chunk(500), leader.chunk(2000)] as [Chunk, Chunk, Chunk];
    expect([first, second, first, third].map((chunk) => follower.write(chunk))).toEqual([1000, 1500, 1500, 1500]);
    for (let held = 1500; held < first.totalBytes; ) held = follower.write(leader.chunk(held) as Chunk) as number;
    const target = new Pages();
    expect(follower.install(target)).toBeUndefined();
    expect(target.state).toEqual(state);
  });

  it('of an empty state installs, too', () => {
    const store = new Store();
    store.take(id, []);
    const target = new Pages(['old']);
    expect(store.install(target)).toBeUndefined();
    expect(target.state).toEqual([]);
  });

  it('travels in chunks and survives a power cut once installed', () => {
    const leader = new Store();
    leader.take(id, state);
    const follower = new Store();
    const chunks = leader.chunks();
    expect(chunks.length).toBeGreaterThan(5);
    let held = 0;
    for (const chunk of chunks) {
      held += chunk.bytes.length;
      expect(follower.write(chunk)).toBe(held);
    }
    const target = new Pages();
    expect(follower.install(target)).toBeUndefined();
    const again = new Pages();
    expect(new Store(follower.disk.crash(nothingKept)).install(again)).toBeUndefined();
    expect([target.state, again.state]).toEqual([state, state]);
  });

  it('takes no chunk that is damaged, leaves a gap, comes twice or reaches beyond the end', () => {
    const leader = new Store();
    leader.take(id, state);
    const [first, second, third] = leader.chunks() as [Chunk, Chunk, Chunk];
    const follower = new Store();
    expect(follower.write(second)).toBe(0);
    expect(follower.write({ ...first, checksum: first.checksum + 1 })).toBe(0);
    expect(follower.write(first)).toBe(1000);
    expect(follower.write(third)).toBe(1000);
    expect(follower.write(first)).toBe(1000);
    expect(follower.write({ ...second, offset: second.totalBytes - 10 })).toBe(1000);
    expect(follower.write(second)).toBe(2000);
  });

  it('begins anew when another sender has another file, a younger or an older one', () => {
    const leader = new Store();
    leader.take(id, state);
    leader.take({ index: 9, era: 2 }, state);
    const follower = new Store();
    follower.write(leader.chunks()[0]!);
    const other = { ...leader.chunks()[0]!, totalBytes: 5000 };
    expect(follower.write({ ...leader.chunks()[1]!, totalBytes: 5000 })).toBe(0);
    expect(follower.write(other)).toBe(1000);
    expect(follower.write(leader.chunks({ index: 9, era: 2 })[0]!)).toBe(1000);
    expect(follower.files()).toEqual(['9-2.tmp']);
    expect(follower.write(leader.chunks()[0]!)).toBe(1000);
    expect(follower.write(leader.chunks({ index: 9, era: 2 })[1]!)).toBe(0);
    expect(follower.files()).toEqual([`${id.index}-${id.era}.tmp`]);
  });

  it('that is not whole is refused, gone, and feeds nothing', () => {
    const leader = new Store();
    leader.take(id, state);
    const follower = new Store();
    for (const chunk of leader.chunks().slice(0, -1)) follower.write(chunk);
    const target = new Pages(['old']);
    expect(follower.install(target)).toMatchObject({ message: 'snapshot 7-2 cannot be installed: it ends too early' });
    expect([target.state, target.finished, follower.files()]).toEqual([['old'], 0, []]);
  });

  it('with any bit flipped is refused before the state machine sees a page', () => {
    const size = ((): number => {
      const store = new Store();
      store.take(id, state.slice(0, 8));
      return store.disk.content('snapshots/7-2.snapshot').seen.sizeBytes;
    })();
    for (let position = 0; position < size; position++) {
      const store = new Store();
      store.take(id, state.slice(0, 8));
      store.disk.flipBit('snapshots/7-2.snapshot', position, position % 8);
      const target = new Pages(['old']);
      const result = store.install(target);
      expect([position, result instanceof Error, target.state]).toEqual([position, true, ['old']]);
    }
  });

  it('of a later release is refused by name', () => {
    const store = new Store();
    store.take(id, state);
    const content = store.disk.content('snapshots/7-2.snapshot');
    const header = Buffer.from(content.seen.get(0, 64));
    header.writeUInt32LE(2, 8);
    const { crc32 } = jest.requireActual<typeof import('node:zlib')>('node:zlib');
    header.writeUInt32LE(crc32(header.subarray(16), crc32(header.subarray(0, 12))), 12);
    content.write(header, 0);
    expect(store.install(new Pages())).toMatchObject({
      message: 'snapshot 7-2 cannot be installed: it has snapshot format version 2, this release reads version 1',
    });
  });

  it('whose pages are of another release is not taken for damaged, unless a peer sent it', () => {
    const store = new Store();
    store.take(id, state);
    class Earlier extends Pages {
      override restore() {
        const refuse = (): undefined => {
          throw new UnknownPageFormat('a snapshot page of format 3; this version reads format 1');
        };
        return { ...super.restore(), page: refuse };
      }
    }
    const error = store.install(new Earlier());
    expect(error).toMatchObject({
      message: 'snapshot 7-2 cannot be installed: a snapshot page of format 3; this version reads format 1',
    });
    expect(error).not.toBeInstanceOf(DamagedState);
  });

  it('that a follower still reads may be removed: it is answered with nothing', () => {
    const store = new Store();
    store.take(id, state);
    expect(store.chunk(0)).toMatchObject({ offset: 0 });
    let late: Chunk | undefined | 'none' = 'none';
    store.store.readChunk(id, 1000, 1000, (chunk) => (late = chunk));
    store.store.keepOnly({ index: 8, era: 2 });
    store.disk.pump();
    expect(late).not.toBe('none');
    expect(store.chunk(2000)).toBeUndefined();
    expect(store.chunk(0, { index: 99, era: 1 })).toBeUndefined();
  });

  it('keeps only the one it is told to', () => {
    const store = new Store();
    for (const index of [1, 2, 3]) store.take({ index, era: 1 }, state);
    store.store.keepOnly({ index: 3, era: 1 });
    store.disk.pump();
    expect(store.files()).toEqual(['3-1.snapshot']);
  });

  it('answers nothing for places that are not in the file', () => {
    const store = new Store();
    store.take(id, state);
    for (const offset of [-1, 0.5, Number.NaN, 1e9]) expect(store.chunk(offset)).toBeUndefined();
  });

  it('interrupted at any step of taking or installing is there whole or not at all', () => {
    const leader = new Store();
    leader.take(id, state);
    const chunks = leader.chunks();
    const jobs: ((store: Store) => void)[] = [
      (store) => store.store.take(id, new Pages(state).snapshot(), () => undefined),
      (store) => {
        for (const chunk of chunks) store.store.writeChunk(chunk, () => undefined);
        store.store.install(id, new Pages(), () => undefined);
      },
    ];
    const outcomes = new Set<string>();
    for (const job of jobs) {
      for (let completions = 0, more = true; more; completions++) {
        for (const keepsName of [true, false]) {
          for (const sectors of [0, 1, 2, 3]) {
            const store = new Store();
            job(store);
            more = store.disk.pump(completions) === completions;
            const keepsSector = (_path: string, _write: number, sector: number): boolean =>
              (sectors >> sector % 2) % 2 === 1;
            const after = new Store(store.disk.crash({ keepsSector, keepsName: () => keepsName }));
            const target = new Pages(['old']);
            const failed = after.install(target) instanceof Error;
            outcomes.add(failed ? 'absent' : 'whole');
            expect(target.state).toEqual(failed ? ['old'] : state);
            expect(after.files()).toEqual(failed ? [] : ['7-2.snapshot']);
          }
        }
      }
    }
    expect([...outcomes].sort()).toEqual(['absent', 'whole']);
  });

  it('that the disk has no room for fails, and leaves nothing behind', () => {
    const store = new Store(new MemoryDisk({ capacityBytes: 3000 }));
    expect(store.take(id, state)).toMatchObject({ message: expect.stringContaining('no space left') });
    expect(store.files()).toEqual([]);
    const leader = new Store();
    leader.take(id, state);
    expect(
      leader
        .chunks()
        .map((chunk) => store.write(chunk))
        .slice(0, 4),
    ).toEqual([1000, 2000, 3000, 0]);
    expect(store.files()).toEqual([]);
  });

  it('whose sync fails is not taken', () => {
    const store = new Store();
    store.disk.pump();
    store.disk.faults = { sync: () => 'dropped' };
    expect(store.take(id, state)).toBeInstanceOf(Error);
    store.disk.faults = {};
    expect(store.files()).toEqual([]);
  });

  it('whose pages the state machine cannot give is not taken', () => {
    const store = new Store();
    let released = false;
    const pages: Iterator<Uint8Array> = {
      next: () => ({ done: false, value: new Uint8Array(0) }),
      return: () => ((released = true), { done: true, value: undefined }),
    };
    expect(store.answer((done: (error: Error | undefined) => void) => store.store.take(id, pages, done))).toMatchObject(
      {
        message: 'the state machine gave a page of 0 bytes, a page has 1 to 1048576',
      },
    );
    expect(released).toBe(true);
  });

  it('that the state machine refuses is an error, not an exception', () => {
    const store = new Store();
    store.take(id, state);
    const refusing: SnapshotSource = {
      snapshot: () => new Pages().snapshot(),
      restore: () => ({
        page: () => {
          throw new Error('not a page of mine');
        },
        finish: () => undefined,
      }),
    };
    expect(store.install(refusing)).toMatchObject({ message: expect.stringContaining('not a page of mine') });
  });
});
