export { isPrivate, readPrivately, requirePrivate, type Permissions } from './private-file.js';
export { writePrivately, writeWhole, type WholeFile } from './write-whole.js';
