/** What happens to a connection; for logs, readiness and alerts, never needed for correctness. */
export type ConnectionStatus =
  /** No server lets us in, at the start; later it is `disconnected`. Reported at the 1st, 2nd, 4th, 8th… attempt. */
  | { readonly kind: 'waiting'; readonly attempts: number; readonly problem: string }
  | { readonly kind: 'connected'; readonly server: string }
  | { readonly kind: 'disconnected'; readonly server: string }
  /**
   * After `disconnected`: the server does not let us in again; our user was revoked, or it was started with an older configuration. It is
   * tried ever more seldom, at last every five seconds. Reported at the 1st, 2nd, 4th, 8th… refusal.
   */
  | { readonly kind: 'refused'; readonly times: number; readonly message: string }
  /** The server answers neither pings nor our own echo: the socket is being thrown away. */
  | { readonly kind: 'unresponsive'; readonly sign: 'ping' | 'echo' }
  /** The server refused what our user may not do. In a replica this is a fault of the configuration, or an attack. */
  | { readonly kind: 'permissionViolation'; readonly operation: string; readonly subject: string }
  /** The server cut us off because we read too slowly: what it had queued for us is lost. */
  | { readonly kind: 'slowConsumer' }
  /** The server takes our bytes too slowly: messages are dropped until it has caught up. Reported once per occasion. */
  | { readonly kind: 'congested'; readonly pendingBytes: number }
  /** A handler threw. Reported at the 1st, 2nd, 4th, 8th… failure, so that a hostile peer cannot fill the log. */
  | { readonly kind: 'handlerFailed'; readonly failures: number; readonly error: unknown }
  | { readonly kind: 'serverError'; readonly message: string }
  | { readonly kind: 'closed' };

/** Of what happens again and again the 1st, 2nd, 4th, 8th… time. */
export function isReported(times: number): boolean {
  return (times & (times - 1)) === 0;
}

/** Counts since the connection was made. */
export interface ConnectionStatistics {
  received: number;
  receivedBytes: number;
  published: number;
  publishedBytes: number;
  /** Not sent because there was no connection. What was on its way when a connection broke is not known to anyone. */
  lostWhileDisconnected: number;
  /** Not sent because the server had not yet taken `maxPendingBytes`. */
  droppedCongested: number;
  /** Not sent because the server's `max_payload` is smaller, or the subject could not be written. */
  refusedToSend: number;
  handlerFailures: number;
  reconnects: number;
  permissionViolations: number;
}

export function emptyStatistics(): ConnectionStatistics {
  return {
    received: 0,
    receivedBytes: 0,
    published: 0,
    publishedBytes: 0,
    lostWhileDisconnected: 0,
    droppedCongested: 0,
    refusedToSend: 0,
    handlerFailures: 0,
    reconnects: 0,
    permissionViolations: 0,
  };
}
