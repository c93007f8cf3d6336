/**
 * Scenarios: text files of one claim each. Above the rule stand commands, below it what they made happen, one line an effect:
 * `•` an event, `✎` a persisted record, `→` a message leaves, `⇥` a message is lost, `⏲` a timer starts, `✗` a crash.
 *
 * @packageDocumentation
 */
export { parseCommand, parseScenario } from './parse.js';
export type { Block, Command } from './parse.js';
export { printTranscript } from './print.js';
export type { Cluster, Options, Protocol } from './protocol.js';
export { runScenario, runScenarioFile, scenarioFiles } from './runner.js';
