// node tools/launcher/tool.mjs <tool> <program> [arguments]: runs tools/<tool>/src/<program>.ts from a bundle.
import { pathToFileURL } from 'node:url';
import { bundleTool } from './bundle.mjs';

const [tool, program] = process.argv.splice(2, 2);
const started = (await bundleTool(tool))(program);
process.argv[1] = started;
await import(pathToFileURL(started).href);
