/** Undone when the process ends without having done it itself: Ctrl-C, an uncaught error, `process.exit`. */
type Undo = () => void;

const undos = new Set<Undo>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Promises that `undo` happens: when the returned function is called, or else when this process ends, the latest first.
 * `undo` is synchronous. Only SIGKILL of this process gets past it.
 */
export function undoAtTheEnd(undo: Undo): () => void {
  if (undos.size === 0) watch();
  undos.add(undo);
  return () => {
    if (!undos.delete(undo)) return;
    if (undos.size === 0) unwatch();
    undo();
  };
}

function watch(): void {
  process.on('exit', undoAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unwatch(): void {
  process.off('exit', undoAll);
  for (const signal of signals) process.off(signal, onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  undoAll();
  unwatch();
  // Whoever waits for us must see by what we ended.
  process.kill(process.pid, signal);
}

function undoAll(): void {
  for (const undo of [...undos].reverse()) {
    undos.delete(undo);
    try {
      undo();
    } catch {
      // The others must still be undone.
    }
  }
}
