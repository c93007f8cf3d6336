import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and resolves to how it went, with everything it said. Never rejects. `onLine` gets the last whole line
 * of what it just said. */
export function run(command, args, { timeoutMs, onLine, ...options } = {}) {
  return new Promise((resolve) => {
    const said = [];
    const output = () => Buffer.concat(said).toString().trim();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const end = (ok, why) => {
      clearTimeout(timer);
      resolve({ ok, output: [output(), why].filter(Boolean).join('\n') });
    };
    const hear = (bytes) => {
      said.push(bytes);
      onLine?.(lastLines(String(bytes).trim(), 1));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code, signal) => end(code === 0, signal ? `${command} was ended by ${signal}` : ''));
  });
}

export const lastLines = (text, count) => text.split('\n').slice(-count).join('\n');
