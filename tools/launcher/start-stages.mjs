import { bundle } from './bundle.mjs';
import { createProgress, StageError } from './progress.mjs';
import { setUp } from './setup.mjs';

/** Everything that must happen before the first line of TypeScript can run. */
export async function start() {
  const progress = createProgress();
  try {
    await setUp({ progress, broker: !process.env.NATS_URL });
    await progress.stage('Building', bundle);
  } catch (error) {
    console.error(error instanceof StageError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
