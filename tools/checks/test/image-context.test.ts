import { readText } from '../src/workspace.js';

// What an image is made of: the locked packages, and none of the secrets that lie about where somebody tried Synod.

const lines = (file: string): readonly string[] => readText(file).split('\n');
const dockerfile = readText('Dockerfile');

/** Where `npm start`, `synod identities`, `keys`, `tokens` and `certs` write, called at the top of the workspace. */
const written = [
  ...['.synod', '**/*.key', 'credentials', 'routes', 'servers', 'tls'],
  ...['identities.json', 'nats-server.conf', 'tokens.json', 'deploy'],
];

test.each(written)('what is in %s gets into no build', (what) => {
  const ignored = lines('.dockerignore');
  expect(ignored).toContain(what);
  expect(ignored.filter((line) => line.startsWith('!'))).toEqual([]);
});

test('packages are those of the lock file, and none of them runs a script', () => {
  expect(dockerfile.match(/npm .*/g)).toEqual(['npm ci --ignore-scripts --no-audit --no-fund']);
});

test('an image has the bundle of one program and its manifest, and nothing else of the workspace', () => {
  const program = dockerfile.slice(dockerfile.indexOf(' AS program'));
  expect(program.match(/^(COPY|ADD) .*$/gm)).toEqual([
    'COPY --from=build /synod/apps/${APP}/package.json ./',
    'COPY --from=build /synod/apps/${APP}/dist/ ./',
  ]);
});

test('where services write is theirs, and a dead one is noticed within a minute', () => {
  expect(dockerfile).toMatch(/chown -R node:node \/data /);
  const [, interval, timeout, start, retries] =
    /^HEALTHCHECK --interval=(\d+)s --timeout=(\d+)s --start-period=(\d+)s --retries=(\d+)/m
      .exec(dockerfile)!
      .map(Number);
  expect((interval! + timeout!) * retries!).toBeLessThanOrEqual(60);
  expect(start).toBeGreaterThanOrEqual(10);
});

test('the port that is published, probed and documented is the one that the image listens at', () => {
  expect(/SYNOD_HTTP_PORT=(\d+)/.exec(dockerfile)?.[1]).toBe('7400');
  expect(/^EXPOSE (\d+)$/m.exec(dockerfile)?.[1]).toBe('7400');
  expect(readText('docker-compose.yml')).toMatch(/SYNOD_GATEWAY_PORT:-7400}:7400'/);
});
