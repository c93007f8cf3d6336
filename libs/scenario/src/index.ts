export { printEffect, printTranscript } from './print.js';
export type { Printer } from './print.js';
