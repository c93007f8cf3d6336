import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** What one user says again and again, and where. */
export interface Flood {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly subject: string;
  /** As base64; or so many random bytes, other ones each time. */
  readonly payload: string | number;
}

/** Prepared pieces are about so long; the kernel takes the next when it has sent the last. */
const pieceBytes = 1_048_576;

function message({ subject, payload }: Flood): Buffer {
  const bytes = typeof payload === 'number' ? randomBytes(payload) : Buffer.from(payload, 'base64');
  return Buffer.concat([Buffer.from(`PUB ${subject} ${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** As fast as the socket takes it: a bare one, prepared bytes. */
function pour(flood: Flood): void {
  const { port, user, password: pass } = flood;
  const socket = connect(port, '127.0.0.1');
  socket.on('close', () => process.exit(1));
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    if (bytes.includes('PING\r\n')) socket.write('PONG\r\n');
  });
  socket.write(`CONNECT ${JSON.stringify({ user, pass, verbose: false, headers: true })}\r\nPING\r\n`);
  const parts: Buffer[] = [];
  for (let bytes = 0; bytes < pieceBytes; bytes += parts.at(-1)!.length) parts.push(message(flood));
  const piece = Buffer.concat(parts);
  const go = (): void => void socket.write(piece, () => setImmediate(go));
  go();
  process.send?.('pours');
}

process.on('disconnect', () => process.exit(0));
process.once('message', (flood: Flood) => pour(flood));
