import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ManagedProcess, freePorts, poll } from '@synod/process-group';

export const howToGetJaeger =
  'no jaeger: put its program (v2, `go build ./cmd/jaeger` in its sources, or from its releases) on the PATH, or name it by SYNOD_JAEGER';

/** Undefined when it is not installed. */
export function findJaeger(): string | undefined {
  const named = process.env['SYNOD_JAEGER'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = named === undefined ? folders.map((folder) => join(folder, 'jaeger')) : [named];
  return places.find((place) => spawnSync(place, ['version']).status === 0);
}

/** A real Jaeger v2 that keeps traces in memory, on free ports of loopback. */
export class Jaeger {
  private constructor(
    private readonly jaeger: ManagedProcess,
    private readonly directory: string,
    /** Where OTLP over HTTP is taken. */
    readonly collector: string,
    /** Where it is asked. */
    readonly query: string,
  ) {}

  static async start(program: string): Promise<Jaeger> {
    const [otlp, http, grpc] = await freePorts(3);
    const directory = mkdtempSync(join(tmpdir(), 'synod-jaeger-'));
    writeFileSync(join(directory, 'jaeger.json'), JSON.stringify(configuration(otlp!, http!, grpc!)));
    const jaeger = new ManagedProcess('jaeger', join(directory, 'jaeger.log'));
    const started = new Jaeger(jaeger, directory, `http://127.0.0.1:${otlp}`, `http://127.0.0.1:${http}`);
    jaeger.start([program, '--config', join(directory, 'jaeger.json')], { PATH: process.env['PATH'] ?? '' });
    const answers = () => fetch(`${started.query}/api/services`).then(({ ok }) => ok, () => false); // prettier-ignore
    await poll(answers, 30_000, () => `jaeger does not answer\n${jaeger.log().slice(-2000)}`);
    return started;
  }

  async close(): Promise<void> {
    await this.jaeger.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** YAML, of which JSON is a part. */
function configuration(otlp: number, http: number, grpc: number): unknown {
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], processors: [], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_query: { storage: { traces: 'memory' }, http: at(http), grpc: at(grpc) },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 10_000 } } } },
    },
    receivers: { otlp: { protocols: { http: at(otlp) } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
}
