export { DiskError, sectorBytes } from './disk.js';
export type { Disk, DiskFile, Done } from './disk.js';
export { RealDisk } from './real-disk.js';
export { paceOf, realPace } from './pace.js';
export type { Pace } from './pace.js';
export { SegmentedJournal } from './segmented-journal.js';
export type { JournalOptions, RecoveredJournal } from './segmented-journal.js';
export { MemoryDisk, randomCrash } from './memory-disk.js';
export type { Crash, DiskFaults, MemoryDiskOptions, NameChange } from './memory-disk.js';
