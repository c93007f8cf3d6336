import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from './admission.js';
import { Problem } from './problem.js';

/** The connection ended before the request did: there is nobody to answer. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
}

/** Reads a whole body. What is too large is refused before it is read, or as soon as it turns out to be. */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  mostBytes: number,
  admission: Admission,
  silenceMs: number,
): Promise<Buffer> {
  requireIdentity(request);
  const stated = Number(request.headers['content-length'] ?? 0);
  if (stated > mostBytes) throw tooLarge(mostBytes, `${stated}`);
  const reserved = request.headers['transfer-encoding'] === undefined ? stated : mostBytes;
  admission.takeBytes(reserved);
  try {
    if (request.headers.expect !== undefined) response.writeContinue();
    return await gather(request, mostBytes, silenceMs);
  } finally {
    admission.giveBytes(reserved);
  }
}

function gather(request: IncomingMessage, mostBytes: number, silenceMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const onData = (part: Buffer): void => {
      length += part.length;
      silence.refresh();
      if (length <= mostBytes) return void parts.push(part);
      settle(() => reject(tooLarge(mostBytes, `more than ${mostBytes}`)));
      request.pause();
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(parts, length)));
    const onClose = (): void => settle(() => reject(new Aborted('the body did not end')));
    const onSilence = (): void => settle(() => reject(silent(silenceMs)));
    const silence = setTimeout(onSilence, silenceMs);
    const settle = (then: () => void): void => {
      clearTimeout(silence);
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      then();
    };
    // An error always comes with `close`; without a listener it would be thrown.
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

/** A body stored in its encoding would come back without one. */
function requireIdentity({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
  const sentence = `Content-Encoding ${JSON.stringify(encoding)} is not taken; send the body as it is`;
  throw new Problem('unsupported-media-type', sentence);
}

function silent(ms: number): Problem {
  return new Problem('request-timeout', `nothing more of the body came for ${ms / 1000} s`);
}

function tooLarge(limit: number, found: string): Problem {
  const detail = `the body has ${found} bytes; at most ${limit} are allowed here`;
  return new Problem('too-large', detail, { members: { limit } });
}
