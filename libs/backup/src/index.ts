/**
 * The file that `synod snapshot save` writes and `synod snapshot restore` reads.
 *
 * @packageDocumentation
 */
export { BackupFileError, formatVersion } from './format.js';
export type { BackupHeader } from './format.js';
export { BackupWriter } from './writer.js';
export { BackupFile } from './reader.js';
export type { SavedRegister } from './reader.js';
