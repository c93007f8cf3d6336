import { get } from 'node:http';

/** Resolves when every URL answers 200; else throws with what the last one said. */
export async function waitReady(
  urls: ReadonlyMap<string, string>,
  timeoutMs: number,
  tell: (note: string) => void,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const waiting = new Map(urls);
  for (;;) {
    let last = '';
    for (const [name, url] of waiting) {
      const answer = await ask(url);
      if (answer === 'ready') waiting.delete(name);
      else last = `${name}: ${answer}`;
    }
    if (waiting.size === 0) return;
    if (performance.now() > deadline)
      throw new Error(`not ready after ${timeoutMs / 1000} s: ${[...waiting.keys()].join(', ')} (${last})`);
    tell(`${urls.size - waiting.size} of ${urls.size} are ready; ${last}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function ask(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 1000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(response.statusCode === 200 ? 'ready' : text.trim()));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'starting' : error.message),
    );
  });
}
