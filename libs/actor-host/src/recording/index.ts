/**
 * The flight recorder: what a core was told, kept in memory and written to a file, and a core that is told it once more.
 *
 * @packageDocumentation
 */
export { UnreadableRecording } from './bytes.js';
export { FlightRecorder } from './flight-recorder.js';
export type { Recorded } from './flight-recorder.js';
export type { AnswerCodec, Class, Outsider, Recordable } from './recordable.js';
export { decodeRecording, encodeRecording, recordingVersion } from './recording-file.js';
export type { Recording, RecordingHeader } from './recording-file.js';
export { SegmentReader } from './segment.js';
export { Replay } from './replay.js';
export type { ReplayedStep } from './replay.js';
export { ReplayDiffers } from './tape.js';
export { StepPrinter } from './transcript.js';
export type { StepLines } from './transcript.js';
