// npm test: set-up, checks and all tests. `npm test -- <pattern>` runs only the tests that match.
import { requireNode } from './node-version.mjs';

requireNode();
import('./test-stages.mjs').then((stages) => stages.testEverything(process.argv.slice(2)));
