import { randomBytes } from 'node:crypto';
import { dialBare, pour, publication, stayAlive } from '@synod/process-group';

/** What one user says again and again, and where. */
export interface Flood {
  readonly port: number;
  readonly user: string;
  readonly seed: string;
  readonly subject: string;
  /** As base64; or so many random bytes, other ones each time. */
  readonly payload: string | number;
}

/** Prepared pieces are about so long. */
const pieceBytes = 1_048_576;

function message({ subject, payload }: Flood): Buffer {
  const bytes = typeof payload === 'number' ? randomBytes(payload) : Buffer.from(payload, 'base64');
  return publication(subject, bytes);
}

async function begin(flood: Flood): Promise<void> {
  const socket = await dialBare(flood.port, '127.0.0.1', flood);
  socket.on('close', () => process.exit(1));
  stayAlive(socket);
  const parts: Buffer[] = [];
  for (let bytes = 0; bytes < pieceBytes; bytes += parts.at(-1)!.length) parts.push(message(flood));
  pour(socket, [Buffer.concat(parts)]);
  process.send?.('pours');
}

process.on('disconnect', () => process.exit(0));
process.once('message', (flood: Flood) => void begin(flood));
