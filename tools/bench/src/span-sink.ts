import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where replicas and clients export their spans, so that tracing costs them what it costs in production. Takes all, keeps none. */
export class SpanSink {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<SpanSink> {
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => response.setHeader('content-type', 'application/x-protobuf').end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SpanSink(server);
  }

  /** What a process is told to export here. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
