import type { Answer } from './operation.js';
import { problemDocument, problemType } from './problem.js';
import type { Problem } from './problem.js';

/** `more` are members of the document, such as the trace. */
export function problemAnswer(
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Answer {
  return {
    status: problem.status,
    headers: { 'content-type': problemType, ...problem.details.headers, ...headers },
    body: problemDocument(problem, more),
  };
}
