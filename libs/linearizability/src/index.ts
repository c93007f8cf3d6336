/**
 * Judges what clients saw: histories of a key-value store and whether some order of their operations explains all answers.
 *
 * @packageDocumentation
 */
export * from './history.js';
export { readHistory, writeHistory } from './history-file.js';
export { completed, type Completed, type Execution } from './completed.js';
export { Recorder, type RecordedWrite } from './recorder.js';
export { keyOf, valueOf } from './text.js';
export { malformation } from './well-formed.js';
export { check, type Budget, type Figures, type Verdict, type Violation } from './check.js';
export { judge, type Judgement } from './judge.js';
export { keyValueModel } from './key-value-model.js';
export type { Meaning, Model, Timed } from './model.js';
export { registerModel, type RegisterOperation } from './register-model.js';
export { picture, told } from './picture.js';
export { shrink, type CounterExample } from './shrink.js';
export { staleViolations } from './stale.js';
export { defaultClocksMs } from './stale-age.js';
export { witness, type Testimony } from './witness.js';
export { Writers } from './writers.js';
