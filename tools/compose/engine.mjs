import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { workspace } from '../launcher/workspace.mjs';

const call = promisify(execFile);

/** Runs a program to its end; resolves to what it wrote on stdout, rejects with what it wrote on stderr. */
export async function output(command, args, { env = {}, timeoutMs = 60_000 } = {}) {
  const options = { cwd: workspace, env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await call(command, args, options)).stdout;
  } catch (error) {
    const said = `${error.stderr ?? ''}${error.stdout ?? ''}`.trim().split('\n').slice(-30).join('\n');
    const ending = error.killed ? `did not end within ${timeoutMs / 1000} s` : `failed (${error.code ?? error.signal})`;
    throw new Error(`${command} ${args.join(' ')} ${ending}:\n${said}`, { cause: error });
  }
}

/** Docker Compose 2 first, then docker-compose 1.29: those that are here, as words of a command. */
export async function findComposes() {
  const found = [];
  for (const words of [['docker', 'compose'], ['docker-compose']]) {
    const version = await output(words[0], [...words.slice(1), 'version', '--short']).catch(() => undefined);
    if (version !== undefined) found.push({ words, version: version.trim() });
  }
  return found;
}

export const engineVersion = () =>
  output('docker', ['version', '--format', '{{.Server.Version}}']).then(
    (text) => text.trim(),
    () => undefined,
  );

/** The services of docker-compose.yml under a project name of their own, so that they share nothing with another start. */
export class Services {
  constructor({ words }, project, env) {
    this.words = words;
    this.project = project;
    this.env = env;
  }

  compose(args, timeoutMs = 120_000) {
    const [command, ...first] = [...this.words, '--project-name', this.project, ...args];
    return output(command, first, { env: this.env, timeoutMs });
  }

  /** Stops, kills or pauses a service. docker-compose 1.29 ends well where the engine refuses to pause: what came of it the engine says. */
  async takeAway(how, name) {
    await this.compose([how, name]);
    const { Status: status } = (await this.containers()).get(name).State;
    const meant = how === 'pause' ? 'paused' : 'exited';
    if (status !== meant) {
      const command = [...this.words, how, name].join(' ');
      throw new Error(`${command} ended well, and ${name} is ${status}, not ${meant}: \`docker ${how}\` says why`);
    }
  }

  /** The command line in a container of its own. */
  cli(...args) {
    return this.compose(['run', '--rm', '-T', 'cli', ...args]);
  }

  /** What the engine knows of each container, by service; those of `run` are left out. */
  async containers() {
    const label = `label=com.docker.compose.project=${this.project}`;
    const ids = (await output('docker', ['ps', '--all', '--quiet', '--filter', label])).split('\n').filter(Boolean);
    if (ids.length === 0) return new Map();
    const all = JSON.parse(await output('docker', ['inspect', ...ids]));
    const ofServices = all.filter(({ Config }) => Config.Labels['com.docker.compose.oneoff'] === 'False');
    return new Map(ofServices.map((container) => [container.Config.Labels['com.docker.compose.service'], container]));
  }
}
