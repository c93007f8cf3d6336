/**
 * Scenarios: text files of one claim each. Above the rule stand commands, below it what they made happen, one line an effect:
 * `•` an event, `✎` a persisted record, `→` a message leaves, `⇥` a message is lost, `⏲` a timer starts, `✗` a crash; alone, a violated sentence.
 *
 * @packageDocumentation
 */
export { Impossible, Misspelt, ScenarioStopped, isVerdict } from './complaints.js';
export { parseCommand, parseScenario } from './parse.js';
export type { Block, Command } from './parse.js';
export { printTranscript } from './print.js';
export type { Cluster, Options, Protocol } from './protocol.js';
export { RegisterService } from './register-service.js';
export { registerMessages } from './register-messages.js';
export { askingOneRegister } from './retelling/asking.js';
export type { Chronicle, Deed } from './retelling/chronicle.js';
export { retell } from './retelling/retell.js';
export type { Retold, Tale, Telling } from './retelling/retell.js';
export { retellRun } from './retelling/retell-run.js';
export { unusualLimits } from './retelling/unusual-limits.js';
export type { Outcome, RetoldRun, RunTeller } from './retelling/retell-run.js';
export { tellingsOf } from './retelling/tellings.js';
export type { Ran, Tellings } from './retelling/tellings.js';
export { runScenario, runScenarioFile, scenarioFiles } from './runner.js';
export { textBatch, textSessions } from './text-sessions.js';
