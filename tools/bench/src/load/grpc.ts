import { connect, constants } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';

/** The call did not give an answer; whether it took effect is not known. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';
}

const prefixBytes = 5;

/**
 * Unary gRPC over Node's own HTTP/2, and nothing else: fewer layers than the usual library, so that as little as possible of what is
 * measured is the client. After a broken connection the next endpoint is taken.
 */
export class GrpcChannel {
  private session: ClientHttp2Session | undefined;
  private next = 0;

  constructor(private readonly endpoints: readonly string[]) {}

  call(path: string, message: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const stream = this.connected().request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const parts: Buffer[] = [];
      let status: string | undefined;
      let detail: string | undefined;
      const take = (headers: IncomingHttpHeaders) => {
        status = (headers['grpc-status'] as string | undefined) ?? status;
        detail = (headers['grpc-message'] as string | undefined) ?? detail;
      };
      stream.on('response', take);
      stream.on('trailers', take);
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('error', (error: Error) => reject(new GrpcError(`${path}: ${error.message}`)));
      stream.on('close', () => {
        if (status !== '0') return reject(new GrpcError(`${path}: status ${status ?? 'none'} ${detail ?? ''}`));
        const answer = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
        resolve(answer.subarray(prefixBytes));
      });
      stream.end(framed(message));
    });
  }

  /** Ends all calls under way. */
  close(): void {
    this.session?.destroy();
    this.session = undefined;
  }

  private connected(): ClientHttp2Session {
    if (this.session !== undefined && !this.session.closed && !this.session.destroyed) return this.session;
    const endpoint = this.endpoints[this.next++ % this.endpoints.length]!;
    const session = connect(endpoint, { settings: { initialWindowSize: 1024 * 1024 } });
    session.setMaxListeners(0);
    // Errors reach the calls themselves.
    session.on('error', () => undefined);
    session.on('close', () => {
      if (this.session === session) this.session = undefined;
    });
    session.on('goaway', () => session.destroy(undefined, constants.NGHTTP2_CANCEL));
    this.session = session;
    return session;
  }
}

/** Not compressed, then the length. */
function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(prefixBytes + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, prefixBytes);
  return frame;
}
