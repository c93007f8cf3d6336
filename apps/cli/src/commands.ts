import type { Command } from './command.js';
import { compareAndSet, get, put, remove } from './key-value/single.js';
import { status } from './status/command.js';

/** Everything that `synod` can do, in the order of the help. */
export const commands: readonly Command[] = [put, get, remove, compareAndSet, status];
