import { readPrivately } from '@synod/private-file';
import { logLevels } from '@synod/telemetry';
import { describeEnvironment, flag, oneOf, optional, text, wholeNumber } from './environment.js';
import type { Setting, Values } from './environment.js';

/**
 * What every service is told of logs, spans and its end, beside what it does. OTEL_* variables keep their standard names and
 * meanings; the SDK reads them itself, so they are
 * judged here and used there. Others than these have no effect.
 */
export const processSettings = {
  logLevel: {
    variable: 'SYNOD_LOG_LEVEL',
    meaning: `${logLevels.join(', ')}; \`synod log-level\` changes it while a member runs, SIGUSR2 the gateway’s`,
    parse: oneOf(...logLevels),
    fallback: 'info',
  },
  exitWithStdin: {
    variable: 'SYNOD_EXIT_WITH_STDIN',
    meaning: '1: the end of standard input stops the service, for launchers that hold it',
    parse: flag,
    fallback: '0',
  },
  endpoint: {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning: 'where spans go over OTLP/HTTP, such as http://127.0.0.1:4318; empty: nowhere',
    parse: optional(httpUrl),
    fallback: '',
  },
  tracesEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    meaning: 'the same with its path, such as http://127.0.0.1:4318/v1/traces; goes before the other one',
    parse: optional(httpUrl),
    fallback: '',
  },
  ...bothOf('PROTOCOL', {
    meaning: 'the only one that is spoken: http/protobuf',
    parse: optional(oneOf('http/protobuf')),
    fallback: '',
  }),
  ...bothOf('HEADERS', {
    meaning: 'headers for the collector, as name=value, separated by commas; never shown',
    parse: optional(text),
    fallback: '',
    secret: true,
  }),
  ...bothOf('HEADERS_FILE', {
    meaning: 'file (mode 0600) with these headers, where they are secrets; goes before the variable',
    parse: optional(headersIn),
    fallback: '',
  }),
  ...bothOf('TIMEOUT', {
    meaning: 'milliseconds that an export may take; empty: 10000',
    parse: optional(wholeNumber(1, 600_000)),
    fallback: '',
  }),
  ...bothOf('COMPRESSION', {
    meaning: 'gzip, or none',
    parse: optional(oneOf('gzip', 'none')),
    fallback: '',
  }),
  ...bothOf('CERTIFICATE', {
    meaning: 'file with the certificates that the collector is checked by; empty: the system’s',
    parse: optional(text),
    fallback: '',
  }),
  ...bothOf('CLIENT_CERTIFICATE', {
    meaning: 'file with the certificate that is shown to the collector',
    parse: optional(text),
    fallback: '',
  }),
  ...bothOf('CLIENT_KEY', {
    meaning: 'file with its key',
    parse: optional(text),
    fallback: '',
  }),
  exporter: {
    variable: 'OTEL_TRACES_EXPORTER',
    meaning: 'none: no spans are exported, whatever the endpoint says',
    parse: oneOf('otlp', 'none'),
    fallback: 'otlp',
  },
  disabled: {
    variable: 'OTEL_SDK_DISABLED',
    meaning: 'true: the same',
    parse: oneOf('true', 'false'),
    fallback: 'false',
  },
  sampler: {
    variable: 'OTEL_TRACES_SAMPLER',
    meaning:
      'which traces are kept; empty: ten requests a second and one of a hundred above that, fifty at most; elections, of those that find nobody one in two seconds; rounds that are slow or fail',
    parse: optional(
      oneOf(
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ),
    ),
    fallback: '',
  },
  samplerArgument: {
    variable: 'OTEL_TRACES_SAMPLER_ARG',
    meaning: 'for the two with a ratio: the share of traces that are kept, from 0 to 1; empty: 1',
    parse: optional(share),
    fallback: '',
  },
  scheduleDelay: {
    variable: 'OTEL_BSP_SCHEDULE_DELAY',
    meaning: 'milliseconds for which spans are gathered before they are sent',
    parse: wholeNumber(1, 600_000),
    fallback: '500',
  },
  ...limits(),
  exportBatch: {
    variable: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    meaning: 'spans in one export, at most',
    parse: wholeNumber(1, 16_384),
    fallback: '512',
  },
} as const;

/** What is in force of these, for the log at start: the level, and whatever else was said. */
export function describeProcess(environment: NodeJS.ProcessEnv): Record<string, string> {
  const all = Object.entries(describeEnvironment(processSettings, environment));
  const { variable: level } = processSettings.logLevel;
  return Object.fromEntries(all.filter(([variable]) => variable === level || environment[variable]));
}

/** The SDK reads its environment by itself and knows of no files: what they hold is put there, for this process alone. */
export function takeHeaders(
  { HEADERS_FILE, TRACES_HEADERS_FILE }: Values<typeof processSettings>,
  environment: NodeJS.ProcessEnv,
): void {
  if (HEADERS_FILE !== undefined) environment['OTEL_EXPORTER_OTLP_HEADERS'] = HEADERS_FILE;
  if (TRACES_HEADERS_FILE !== undefined) environment['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] = TRACES_HEADERS_FILE;
}

function headersIn(path: string): string {
  return readPrivately(path, 'the file of headers', 'it holds name=value, separated by commas').trim();
}

/** An exporter's setting for everything, and the same for traces, which goes before it. */
function bothOf<Name extends string, T>(name: Name, setting: Omit<Setting<T>, 'variable'>) {
  const { meaning } = setting;
  return {
    [name]: { ...setting, variable: `OTEL_EXPORTER_OTLP_${name}` },
    [`TRACES_${name}`]: { ...setting, variable: `OTEL_EXPORTER_OTLP_TRACES_${name}`, meaning: `for spans: ${meaning}` },
  } as Record<Name | `TRACES_${Name}`, Setting<T>>;
}

/** What a span may hold; more is left out. */
function limits() {
  const parse = optional(wholeNumber(0, 1_000_000));
  const limit = (name: string, meaning: string): Setting<number | undefined> => {
    return { variable: `OTEL_${name}_LIMIT`, meaning: `most ${meaning}; more is left out`, parse, fallback: '' };
  };
  return {
    attributeLength: limit('ATTRIBUTE_VALUE_LENGTH', 'characters of an attribute; empty: any number'),
    attributes: limit('ATTRIBUTE_COUNT', 'attributes; empty: 128'),
    spanAttributeLength: limit('SPAN_ATTRIBUTE_VALUE_LENGTH', 'characters of a span’s attribute; empty: as above'),
    spanAttributes: limit('SPAN_ATTRIBUTE_COUNT', 'attributes of a span; empty: as above'),
    spanEvents: limit('SPAN_EVENT_COUNT', 'events of a span; empty: 128'),
    spanLinks: limit('SPAN_LINK_COUNT', 'links of a span; empty: 128'),
    eventAttributes: limit('SPAN_ATTRIBUTE_PER_EVENT_COUNT', 'attributes of an event; empty: 128'),
    linkAttributes: limit('SPAN_ATTRIBUTE_PER_LINK_COUNT', 'attributes of a link; empty: 128'),
  };
}

function httpUrl(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) throw new Error('must be a URL such as http://127.0.0.1:4318');
  return value;
}

function share(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1)) throw new Error('must be a number from 0 to 1');
  return number;
}
