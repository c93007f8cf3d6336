import protobuf from 'protobufjs/minimal.js';
export type { Reader, Writer, util } from 'protobufjs/minimal.js';
export default protobuf;
