import { keyValueSchemas } from '../kv/fragments.js';
import { ledgerSchemas } from '../ledger/fragments.js';
import { registerSchemas } from '../registers/fragments.js';
import { statusSchemas } from '../status/fragments.js';
import { httpLimits, httpTimes } from './limits.js';
import type { Fragment, Operation } from './operation.js';
import { problemType, problems } from './problem.js';
import type { ProblemName } from './problem.js';

/** What any request may be answered, whatever it asks for. */
const everywhere: readonly ProblemName[] = [
  'malformed-request',
  'invalid-parameter',
  'request-timeout',
  'unmet-expectation',
  'overloaded',
  'headers-too-large',
  'internal',
];
/** Where somebody must say who he is, if the gateway has tokens. */
const withToken: readonly ProblemName[] = ['unauthenticated', 'not-allowed', 'misdirected'];
/** Only those that read their body. */
const withBody: readonly ProblemName[] = ['too-large'];
/** Only those that change something. */
const changing: readonly ProblemName[] = ['cross-site'];

/** All problems that an operation may answer with. */
export function problemsOf(operation: Operation): readonly ProblemName[] {
  return [
    ...new Set([
      ...operation.problems,
      ...everywhere,
      ...(operation.needs === 'nothing' ? [] : withToken),
      ...(operation.body ? withBody : []),
      ...(operation.method === 'GET' ? [] : changing),
    ]),
  ];
}

/** The OpenAPI 3.1 document of these operations. */
export function openApiDocument(operations: readonly Operation[], version: string): Fragment {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= { ...pathItem(operation.path) });
    path[operation.method.toLowerCase()] = operationObject(operation);
    if (operation.method === 'GET') path['head'] = headObject(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Synod gateway', version, description: description() },
    paths,
    security: [{ token: [] }, {}],
    components: {
      securitySchemes: { token: tokenScheme },
      schemas: { ...keyValueSchemas, ...registerSchemas, ...ledgerSchemas, ...statusSchemas, Problem: problemSchema },
    },
  };
}

const tokenScheme: Fragment = {
  type: 'http',
  scheme: 'bearer',
  description: 'As `synod tokens create` prints it; a gateway that only its own machine reaches may have none.',
};

function description(): string {
  const { requests, requestsPerConnection, connections, headerBytes, keyBytes } = httpLimits;
  return [
    'HTTP for Synod groups. A write is answered when it is durable on a majority. Errors are problem documents (RFC 9457);',
    'compare their `type`. A key has 1 to ' +
      keyBytes +
      ' bytes, whichever; in paths it is percent-encoded, and a slash',
    'may stay one. (URL libraries treat the keys `.` and `..` as directories; reach them by a transaction.)',
    'Of groups whose members sign (PBFT), `Accept: application/vnd.synod.certificate` asks for the answer as its certificate.',
    `Bounds: ${connections} connections, ${requests} requests under way, ${requestsPerConnection} of them per`,
    `connection, ${headerBytes} bytes of headers within ${httpTimes.headers / 1000} s, a whole request within`,
    `${httpTimes.request / 1000} s of which no ${httpTimes.silence / 1000} s bring nothing. \`traceparent\` is understood; the answer's tells where a traced request is found.`,
  ].join('\n');
}

function pathItem(path: string): Fragment {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  if (names.length === 0) return {};
  return {
    parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  };
}

function operationObject(operation: Operation): Fragment {
  const { id, summary, description: text, body } = operation;
  const parameters = [
    ...Object.entries(operation.query ?? {}).map((entry) => queryParameter(...entry)),
    ...Object.entries(operation.headers ?? {}).map(([name, fragment]) => ({ name, in: 'header', ...fragment })),
  ];
  return {
    operationId: id,
    summary,
    ...(operation.needs === 'nothing' && { security: [] }),
    ...(text !== undefined && { description: text }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: responsesOf(operation),
  };
}

function queryParameter(name: string, { description: text, ...schema }: Fragment): Fragment {
  return { name, in: 'query', ...(text !== undefined && { description: text }), schema };
}

function headObject(operation: Operation): Fragment {
  const { body: _body, ...rest } = operation;
  const { responses, ...object } = operationObject({ ...rest, id: `${operation.id}Head` });
  const bare = Object.entries(responses as Readonly<Record<string, Fragment>>).map(([status, response]) => {
    const { content: _content, ...headers } = response;
    return [status, headers];
  });
  return { ...object, summary: `${operation.summary}: headers only`, responses: Object.fromEntries(bare) };
}

function responsesOf(operation: Operation): Fragment {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of problemsOf(operation)) {
    const { status } = problems[name];
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  const failures = [...byStatus].map(([status, names]) => [String(status), problemResponse(status, names)]);
  const clash = Object.keys(operation.answers).find((status) => byStatus.has(Number(status)));
  const answers = Object.fromEntries(failures) as Record<string, Fragment>;
  for (const [status, answer] of Object.entries(operation.answers)) {
    answers[status] = status === clash ? { ...answers[status], ...answer } : answer;
  }
  return answers;
}

function problemResponse(status: number, names: readonly ProblemName[]): Fragment {
  const meanings = names.map((name) => `\`/problems/${name}\`: ${problems[name].title}.`);
  const retry = status === 429 || status === 503;
  const seconds = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } };
  return {
    description: meanings.join('\n'),
    ...(retry && { headers: seconds }),
    ...(status === 401 && { headers: { 'WWW-Authenticate': { schema: { type: 'string' } } } }),
    ...(status === 405 && { headers: { Allow: { schema: { type: 'string' } } } }),
    content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

const problemSchema: Fragment = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: Object.keys(problems).map((name) => `/problems/${name}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong with this request, and what would be right.' },
    revision: { type: 'integer', description: "Of 412: the key's present revision; 0: there is no such key." },
    limit: { type: 'integer', description: 'Of limits: how much is allowed.' },
    value: { $ref: '#/components/schemas/Bytes', description: 'Of 409: what the register holds.' },
    retryAfterMs: { type: 'integer', description: 'As Retry-After, in milliseconds.' },
    traceId: { type: 'string', description: 'Where this request is found, when it was traced.' },
  },
  required: ['type', 'title', 'status', 'detail'],
};
