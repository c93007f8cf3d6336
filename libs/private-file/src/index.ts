export { isPrivate, readPrivately, type Permissions } from './private-file.js';
