export { isPrivate, readPrivately, requirePrivate, type Permissions } from './private-file.js';
