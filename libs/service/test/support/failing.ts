import { runProcess } from '../../src/process.js';

/** Fails at its start with an error of the name that it is given. */
runProcess(() => Promise.reject(Object.assign(new Error('it is so'), { name: process.argv[2] })));
