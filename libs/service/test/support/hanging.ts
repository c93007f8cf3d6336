import { runProcess } from '../../src/process.js';

/** Never comes to its end, whoever asks. */
setInterval(() => undefined, 1000);
runProcess(() => Promise.resolve({ stop: () => (process.stdout.write('stopping\n'), new Promise(() => undefined)) }));
process.stdout.write('started\n');
