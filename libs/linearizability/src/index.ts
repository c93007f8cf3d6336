/**
 * Judges what clients saw: histories of a key-value store and whether some order of their operations explains all answers.
 *
 * @packageDocumentation
 */
export * from './history.js';
export { readHistory, writeHistory } from './history-file.js';
export { Recorder } from './recorder.js';
export { textOf } from './text.js';
export { malformation } from './well-formed.js';
