import { bundle } from './bundle.mjs';
import { parseOptions, usage, UsageError } from './options.mjs';
import { createProgress, StageError } from './progress.mjs';
import { setUp } from './setup.mjs';
import { inWorkspace, workspace } from './workspace.mjs';

/** Everything that must happen before the first line of TypeScript can run, then the launcher proper. */
export async function start() {
  const progress = createProgress();
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options.help) return console.log(usage);
    const natsServer = await setUp({ progress, broker: !process.env.NATS_URL });
    await progress.stage('Building', bundle);
    const { launch } = await import(inWorkspace('tools', 'launcher', 'dist', 'main.js'));
    process.exit(await launch({ workspace, natsServer, progress, options }));
  } catch (error) {
    const said = error instanceof StageError || !process.env.SYNOD_DEBUG ? `\n${error.message}` : error;
    console.error(said);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
