import { json, plain } from './operation.js';
import type { Answer, Operation } from './operation.js';
import { Problem, problems } from './problem.js';
import type { ProblemName } from './problem.js';
import { shown } from './target.js';

export interface SystemParts {
  /** Otherwise the reason why not, for people. */
  readonly ready: () => true | string;
  /** Prometheus text. */
  readonly metrics: () => string;
  readonly openApi: () => unknown;
  readonly page: () => Answer;
}

const text = (description: string, type = 'text/plain') => ({ description, content: { [type]: {} } });

/** What every service has, and what explains this one. */
export function systemOperations({ ready, metrics, openApi, page }: SystemParts): readonly Operation[] {
  const system = { problems: [] as readonly ProblemName[], traced: false, method: 'GET', needs: 'nothing' } as const;
  return [
    {
      ...system,
      path: '/',
      id: 'page',
      summary: 'A page with groups, replicas and recent rounds',
      answers: { 200: text('The page.', 'text/html') },
      handle: page,
    },
    {
      ...system,
      path: '/livez',
      id: 'live',
      summary: 'The process does its work; a restart would not help',
      answers: { 200: text('It does.') },
      handle: () => plain(200, 'ok\n'),
    },
    {
      ...system,
      path: '/readyz',
      id: 'ready',
      summary: 'Connected to NATS, and every group has answered',
      answers: { 200: text('It can be given requests.'), 503: text('Not now, and why.') },
      handle: () => readiness(ready()),
    },
    {
      ...system,
      needs: 'metrics',
      path: '/metrics',
      id: 'metrics',
      summary: 'Metrics for Prometheus',
      answers: { 200: text('Text format 0.0.4.') },
      handle: () => plain(200, metrics(), 'text/plain; version=0.0.4; charset=utf-8'),
    },
    {
      ...system,
      path: '/openapi.json',
      id: 'openApi',
      summary: 'This document',
      answers: { 200: text('OpenAPI 3.1.', 'application/json') },
      handle: () => json(200, openApi()),
    },
    {
      ...system,
      path: '/problems/{problem}',
      id: 'getProblem',
      summary: 'What the `type` of a problem means',
      answers: { 200: text('Status and title.', 'application/json') },
      problems: ['unknown-path'],
      handle: ({ parts }) => explain(parts['problem']!),
    },
  ];
}

function readiness(ready: true | string): Answer {
  return ready === true ? plain(200, 'ok\n') : plain(503, `not ready: ${ready}\n`);
}

function explain(name: string): Answer {
  if (!Object.hasOwn(problems, name)) throw new Problem('unknown-path', `there is no problem ${shown(name)}`);
  return json(200, { type: `/problems/${name}`, ...problems[name as ProblemName] });
}
