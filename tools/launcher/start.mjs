// npm start: set-up, build, then the launcher proper.
import { requireNode } from './node-version.mjs';

requireNode();
import('./start-stages.mjs').then((stages) => stages.start());
