import { fromJaeger } from '@synod/telemetry';
import type { JaegerTrace, TraceSpan } from '@synod/telemetry';
import { withoutUserInfo } from '@synod/service';
import { Problem } from '../http/problem.js';

const withinMs = 3000;
const mostBytes = 8_388_608;

/** Looks traces up where `SYNOD_TRACES_URL` says. */
export class Traces {
  constructor(private readonly url: string) {}

  /** The spans of one trace. Throws 404 and 503. */
  async find(traceId: string): Promise<readonly TraceSpan[]> {
    if (this.url === '') {
      throw new Problem('trace-not-found', 'this gateway knows no place for traces; set SYNOD_TRACES_URL');
    }
    const answer = await this.get(`${this.url}/api/traces/${traceId}`);
    if (answer === undefined) throw new Problem('trace-not-found', `trace ${traceId} is not stored, or not any more`);
    try {
      const { data } = JSON.parse(answer) as { readonly data: readonly JaegerTrace[] | null };
      const spans = (data ?? []).flatMap(fromJaeger);
      if (spans.length > 0) return spans;
    } catch {
      throw this.unavailable('its answer is not what Jaeger would say');
    }
    throw new Problem('trace-not-found', `trace ${traceId} is not stored, or not any more`);
  }

  private async get(url: string): Promise<string | undefined> {
    let response: Response;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(withinMs) });
      if (response.status === 404) return void (await response.body?.cancel());
      if (response.ok) return await bounded(response);
      await response.body?.cancel();
    } catch (error) {
      throw this.unavailable((error as Error).message);
    }
    throw this.unavailable(`it answers ${response.status}`);
  }

  private unavailable(why: string): Problem {
    return Problem.retryable('unavailable', `the trace store at ${withoutUserInfo(this.url)}: ${why}`, 1000);
  }
}

async function bounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += (part as Uint8Array).length;
    if (length > mostBytes) throw new Error(`the trace is larger than ${mostBytes} bytes`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString();
}
