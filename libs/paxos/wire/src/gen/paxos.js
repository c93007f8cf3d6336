/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "./protobuf.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["synod-paxos"] || ($protobuf.roots["synod-paxos"] = {});

export const synod = $root.synod = (() => {

    const synod = {};

    synod.paxos = (function() {

        const paxos = {};

        paxos.v1 = (function() {

            const v1 = {};

            v1.Envelope = (function() {

                const Envelope = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Envelope.prototype.version = 0;
                Envelope.prototype.canvass = null;
                Envelope.prototype.canvassReply = null;
                Envelope.prototype.prepare = null;
                Envelope.prototype.promised = null;
                Envelope.prototype.accept = null;
                Envelope.prototype.accepted = null;
                Envelope.prototype.nack = null;
                Envelope.prototype.progress = null;
                Envelope.prototype.learn = null;
                Envelope.prototype.chosen = null;
                Envelope.prototype.snapshotOffer = null;
                Envelope.prototype.fetchChunk = null;
                Envelope.prototype.snapshotChunk = null;
                Envelope.prototype.takeOver = null;
                Envelope.prototype.join = null;
                Envelope.prototype.hello = null;
                Envelope.prototype.helloReply = null;
                Envelope.prototype.form = null;
                Envelope.prototype.formed = null;
                Envelope.prototype.activate = null;
                Envelope.prototype.registerPrepare = null;
                Envelope.prototype.registerPromised = null;
                Envelope.prototype.registerAccept = null;
                Envelope.prototype.registerAccepted = null;
                Envelope.prototype.registerNack = null;
                Envelope.prototype.freezeRegisters = null;
                Envelope.prototype.registersPage = null;
                Envelope.prototype.storeRegisters = null;
                Envelope.prototype.registersStored = null;
                Envelope.prototype.registerAsk = null;
                Envelope.prototype.registerTold = null;

                let $oneOfFields;

                $Object.defineProperty(Envelope.prototype, "body", {
                    get: $util.oneOfGetter($oneOfFields = ["canvass", "canvassReply", "prepare", "promised", "accept", "accepted", "nack", "progress", "learn", "chosen", "snapshotOffer", "fetchChunk", "snapshotChunk", "takeOver", "join", "hello", "helloReply", "form", "formed", "activate", "registerPrepare", "registerPromised", "registerAccept", "registerAccepted", "registerNack", "freezeRegisters", "registersPage", "storeRegisters", "registersStored", "registerAsk", "registerTold"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Envelope.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                        writer.uint32(8).uint32(message.version);
                    if (message.canvass != null && $Object.hasOwnProperty.call(message, "canvass"))
                        $root.synod.paxos.v1.Canvass.encode(message.canvass, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.canvassReply != null && $Object.hasOwnProperty.call(message, "canvassReply"))
                        $root.synod.paxos.v1.CanvassReply.encode(message.canvassReply, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
                        $root.synod.paxos.v1.Prepare.encode(message.prepare, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised"))
                        $root.synod.paxos.v1.Promised.encode(message.promised, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.accept != null && $Object.hasOwnProperty.call(message, "accept"))
                        $root.synod.paxos.v1.Accept.encode(message.accept, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted"))
                        $root.synod.paxos.v1.Accepted.encode(message.accepted, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.nack != null && $Object.hasOwnProperty.call(message, "nack"))
                        $root.synod.paxos.v1.Nack.encode(message.nack, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                        $root.synod.paxos.v1.Progress.encode(message.progress, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.learn != null && $Object.hasOwnProperty.call(message, "learn"))
                        $root.synod.paxos.v1.Learn.encode(message.learn, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.chosen != null && $Object.hasOwnProperty.call(message, "chosen"))
                        $root.synod.paxos.v1.Chosen.encode(message.chosen, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.snapshotOffer != null && $Object.hasOwnProperty.call(message, "snapshotOffer"))
                        $root.synod.paxos.v1.SnapshotOffer.encode(message.snapshotOffer, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.fetchChunk != null && $Object.hasOwnProperty.call(message, "fetchChunk"))
                        $root.synod.paxos.v1.FetchChunk.encode(message.fetchChunk, writer.uint32(106).fork(), _depth + 1).ldelim();
                    if (message.snapshotChunk != null && $Object.hasOwnProperty.call(message, "snapshotChunk"))
                        $root.synod.paxos.v1.SnapshotChunk.encode(message.snapshotChunk, writer.uint32(114).fork(), _depth + 1).ldelim();
                    if (message.takeOver != null && $Object.hasOwnProperty.call(message, "takeOver"))
                        $root.synod.paxos.v1.TakeOver.encode(message.takeOver, writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                        $root.synod.paxos.v1.Join.encode(message.join, writer.uint32(130).fork(), _depth + 1).ldelim();
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        writer.uint32(138).bytes(message.hello);
                    if (message.helloReply != null && $Object.hasOwnProperty.call(message, "helloReply"))
                        writer.uint32(146).bytes(message.helloReply);
                    if (message.form != null && $Object.hasOwnProperty.call(message, "form"))
                        writer.uint32(154).bytes(message.form);
                    if (message.formed != null && $Object.hasOwnProperty.call(message, "formed"))
                        writer.uint32(162).bytes(message.formed);
                    if (message.activate != null && $Object.hasOwnProperty.call(message, "activate"))
                        writer.uint32(170).bytes(message.activate);
                    if (message.registerPrepare != null && $Object.hasOwnProperty.call(message, "registerPrepare"))
                        $root.synod.paxos.v1.RegisterPrepare.encode(message.registerPrepare, writer.uint32(178).fork(), _depth + 1).ldelim();
                    if (message.registerPromised != null && $Object.hasOwnProperty.call(message, "registerPromised"))
                        $root.synod.paxos.v1.RegisterPromised.encode(message.registerPromised, writer.uint32(186).fork(), _depth + 1).ldelim();
                    if (message.registerAccept != null && $Object.hasOwnProperty.call(message, "registerAccept"))
                        $root.synod.paxos.v1.RegisterAccept.encode(message.registerAccept, writer.uint32(194).fork(), _depth + 1).ldelim();
                    if (message.registerAccepted != null && $Object.hasOwnProperty.call(message, "registerAccepted"))
                        $root.synod.paxos.v1.RegisterAccepted.encode(message.registerAccepted, writer.uint32(202).fork(), _depth + 1).ldelim();
                    if (message.registerNack != null && $Object.hasOwnProperty.call(message, "registerNack"))
                        $root.synod.paxos.v1.RegisterNack.encode(message.registerNack, writer.uint32(210).fork(), _depth + 1).ldelim();
                    if (message.freezeRegisters != null && $Object.hasOwnProperty.call(message, "freezeRegisters"))
                        $root.synod.paxos.v1.FreezeRegisters.encode(message.freezeRegisters, writer.uint32(218).fork(), _depth + 1).ldelim();
                    if (message.registersPage != null && $Object.hasOwnProperty.call(message, "registersPage"))
                        $root.synod.paxos.v1.RegistersPage.encode(message.registersPage, writer.uint32(226).fork(), _depth + 1).ldelim();
                    if (message.storeRegisters != null && $Object.hasOwnProperty.call(message, "storeRegisters"))
                        $root.synod.paxos.v1.StoreRegisters.encode(message.storeRegisters, writer.uint32(234).fork(), _depth + 1).ldelim();
                    if (message.registersStored != null && $Object.hasOwnProperty.call(message, "registersStored"))
                        $root.synod.paxos.v1.RegistersStored.encode(message.registersStored, writer.uint32(242).fork(), _depth + 1).ldelim();
                    if (message.registerAsk != null && $Object.hasOwnProperty.call(message, "registerAsk"))
                        $root.synod.paxos.v1.RegisterAsk.encode(message.registerAsk, writer.uint32(250).fork(), _depth + 1).ldelim();
                    if (message.registerTold != null && $Object.hasOwnProperty.call(message, "registerTold"))
                        $root.synod.paxos.v1.RegisterTold.encode(message.registerTold, writer.uint32(258).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Envelope.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Envelope();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.canvass = $root.synod.paxos.v1.Canvass.decode(reader, reader.size(), $undefined, _depth + 1, message.canvass);
                                message.body = "canvass";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.canvassReply = $root.synod.paxos.v1.CanvassReply.decode(reader, reader.size(), $undefined, _depth + 1, message.canvassReply);
                                message.body = "canvassReply";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.prepare = $root.synod.paxos.v1.Prepare.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
                                message.body = "prepare";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.promised = $root.synod.paxos.v1.Promised.decode(reader, reader.size(), $undefined, _depth + 1, message.promised);
                                message.body = "promised";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.accept = $root.synod.paxos.v1.Accept.decode(reader, reader.size(), $undefined, _depth + 1, message.accept);
                                message.body = "accept";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.accepted = $root.synod.paxos.v1.Accepted.decode(reader, reader.size(), $undefined, _depth + 1, message.accepted);
                                message.body = "accepted";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.nack = $root.synod.paxos.v1.Nack.decode(reader, reader.size(), $undefined, _depth + 1, message.nack);
                                message.body = "nack";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.progress = $root.synod.paxos.v1.Progress.decode(reader, reader.size(), $undefined, _depth + 1, message.progress);
                                message.body = "progress";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.learn = $root.synod.paxos.v1.Learn.decode(reader, reader.size(), $undefined, _depth + 1, message.learn);
                                message.body = "learn";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.chosen = $root.synod.paxos.v1.Chosen.decode(reader, reader.size(), $undefined, _depth + 1, message.chosen);
                                message.body = "chosen";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.snapshotOffer = $root.synod.paxos.v1.SnapshotOffer.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshotOffer);
                                message.body = "snapshotOffer";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.fetchChunk = $root.synod.paxos.v1.FetchChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.fetchChunk);
                                message.body = "fetchChunk";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.snapshotChunk = $root.synod.paxos.v1.SnapshotChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshotChunk);
                                message.body = "snapshotChunk";
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.takeOver = $root.synod.paxos.v1.TakeOver.decode(reader, reader.size(), $undefined, _depth + 1, message.takeOver);
                                message.body = "takeOver";
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                message.join = $root.synod.paxos.v1.Join.decode(reader, reader.size(), $undefined, _depth + 1, message.join);
                                message.body = "join";
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                message.hello = reader.bytes();
                                message.body = "hello";
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                message.helloReply = reader.bytes();
                                message.body = "helloReply";
                                continue;
                            }
                        case 19: {
                                if (wireType !== 2)
                                    break;
                                message.form = reader.bytes();
                                message.body = "form";
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                message.formed = reader.bytes();
                                message.body = "formed";
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                message.activate = reader.bytes();
                                message.body = "activate";
                                continue;
                            }
                        case 22: {
                                if (wireType !== 2)
                                    break;
                                message.registerPrepare = $root.synod.paxos.v1.RegisterPrepare.decode(reader, reader.size(), $undefined, _depth + 1, message.registerPrepare);
                                message.body = "registerPrepare";
                                continue;
                            }
                        case 23: {
                                if (wireType !== 2)
                                    break;
                                message.registerPromised = $root.synod.paxos.v1.RegisterPromised.decode(reader, reader.size(), $undefined, _depth + 1, message.registerPromised);
                                message.body = "registerPromised";
                                continue;
                            }
                        case 24: {
                                if (wireType !== 2)
                                    break;
                                message.registerAccept = $root.synod.paxos.v1.RegisterAccept.decode(reader, reader.size(), $undefined, _depth + 1, message.registerAccept);
                                message.body = "registerAccept";
                                continue;
                            }
                        case 25: {
                                if (wireType !== 2)
                                    break;
                                message.registerAccepted = $root.synod.paxos.v1.RegisterAccepted.decode(reader, reader.size(), $undefined, _depth + 1, message.registerAccepted);
                                message.body = "registerAccepted";
                                continue;
                            }
                        case 26: {
                                if (wireType !== 2)
                                    break;
                                message.registerNack = $root.synod.paxos.v1.RegisterNack.decode(reader, reader.size(), $undefined, _depth + 1, message.registerNack);
                                message.body = "registerNack";
                                continue;
                            }
                        case 27: {
                                if (wireType !== 2)
                                    break;
                                message.freezeRegisters = $root.synod.paxos.v1.FreezeRegisters.decode(reader, reader.size(), $undefined, _depth + 1, message.freezeRegisters);
                                message.body = "freezeRegisters";
                                continue;
                            }
                        case 28: {
                                if (wireType !== 2)
                                    break;
                                message.registersPage = $root.synod.paxos.v1.RegistersPage.decode(reader, reader.size(), $undefined, _depth + 1, message.registersPage);
                                message.body = "registersPage";
                                continue;
                            }
                        case 29: {
                                if (wireType !== 2)
                                    break;
                                message.storeRegisters = $root.synod.paxos.v1.StoreRegisters.decode(reader, reader.size(), $undefined, _depth + 1, message.storeRegisters);
                                message.body = "storeRegisters";
                                continue;
                            }
                        case 30: {
                                if (wireType !== 2)
                                    break;
                                message.registersStored = $root.synod.paxos.v1.RegistersStored.decode(reader, reader.size(), $undefined, _depth + 1, message.registersStored);
                                message.body = "registersStored";
                                continue;
                            }
                        case 31: {
                                if (wireType !== 2)
                                    break;
                                message.registerAsk = $root.synod.paxos.v1.RegisterAsk.decode(reader, reader.size(), $undefined, _depth + 1, message.registerAsk);
                                message.body = "registerAsk";
                                continue;
                            }
                        case 32: {
                                if (wireType !== 2)
                                    break;
                                message.registerTold = $root.synod.paxos.v1.RegisterTold.decode(reader, reader.size(), $undefined, _depth + 1, message.registerTold);
                                message.body = "registerTold";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Envelope;
            })();

            v1.Acceptor = (function() {

                const Acceptor = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Acceptor.prototype.address = "";
                Acceptor.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Acceptor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(10).string(message.address);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(16).uint64(message.disk);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Acceptor.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Acceptor();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Acceptor;
            })();

            v1.AcceptorSet = (function() {

                const AcceptorSet = function (properties) {
                    this.acceptors = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AcceptorSet.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorSet.prototype.acceptors = $util.emptyArray;
                AcceptorSet.prototype.phase1 = 0;
                AcceptorSet.prototype.phase2 = 0;

                AcceptorSet.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                        writer.uint32(8).uint64(message.version);
                    if (message.acceptors != null && message.acceptors.length)
                        for (let i = 0; i < message.acceptors.length; ++i)
                            $root.synod.paxos.v1.Acceptor.encode(message.acceptors[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.phase1 != null && $Object.hasOwnProperty.call(message, "phase1") && message.phase1 !== 0)
                        writer.uint32(24).uint32(message.phase1);
                    if (message.phase2 != null && $Object.hasOwnProperty.call(message, "phase2") && message.phase2 !== 0)
                        writer.uint32(32).uint32(message.phase2);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AcceptorSet.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.AcceptorSet();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.acceptors && message.acceptors.length))
                                    message.acceptors = [];
                                message.acceptors.push($root.synod.paxos.v1.Acceptor.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.phase1 = value;
                                else
                                    delete message.phase1;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.phase2 = value;
                                else
                                    delete message.phase2;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AcceptorSet;
            })();

            v1.SetFrom = (function() {

                const SetFrom = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SetFrom.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SetFrom.prototype.set = null;

                SetFrom.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(8).uint64(message.from);
                    if (message.set != null && $Object.hasOwnProperty.call(message, "set"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.set, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SetFrom.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.SetFrom();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.set = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.set);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SetFrom;
            })();

            v1.Canvass = (function() {

                const Canvass = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Canvass.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Canvass.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Canvass.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(16).uint64(message.nonce);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Canvass.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Canvass();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Canvass;
            })();

            v1.CanvassReply = (function() {

                const CanvassReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CanvassReply.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CanvassReply.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CanvassReply.prototype.granted = false;
                CanvassReply.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CanvassReply.prototype.promised = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CanvassReply.prototype.founding = null;
                CanvassReply.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                CanvassReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(8).uint64(message.nonce);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.granted != null && $Object.hasOwnProperty.call(message, "granted") && message.granted !== false)
                        writer.uint32(24).bool(message.granted);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(32).uint64(message.disk);
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised") && (typeof message.promised === "object" ? message.promised.low || message.promised.high : message.promised !== 0))
                        writer.uint32(40).uint64(message.promised);
                    if (message.founding != null && $Object.hasOwnProperty.call(message, "founding"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.founding, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(56).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CanvassReply.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.CanvassReply();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.granted = value;
                                else
                                    delete message.granted;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.promised = value;
                                else
                                    delete message.promised;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.founding = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.founding);
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CanvassReply;
            })();

            v1.Prepare = (function() {

                const Prepare = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Prepare.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Prepare.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Prepare.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Prepare.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(16).uint64(message.from);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(24).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Prepare.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Prepare();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Prepare;
            })();

            v1.Promised = (function() {

                const Promised = function (properties) {
                    this.batches = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Promised.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.through = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.last = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.trimmedThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Promised.prototype.batches = $util.emptyArray;
                Promised.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Promised.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(16).uint64(message.disk);
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(24).uint64(message.from);
                    if (message.through != null && $Object.hasOwnProperty.call(message, "through") && (typeof message.through === "object" ? message.through.low || message.through.high : message.through !== 0))
                        writer.uint32(32).uint64(message.through);
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last") && (typeof message.last === "object" ? message.last.low || message.last.high : message.last !== 0))
                        writer.uint32(40).uint64(message.last);
                    if (message.trimmedThrough != null && $Object.hasOwnProperty.call(message, "trimmedThrough") && (typeof message.trimmedThrough === "object" ? message.trimmedThrough.low || message.trimmedThrough.high : message.trimmedThrough !== 0))
                        writer.uint32(48).uint64(message.trimmedThrough);
                    if (message.batches != null && message.batches.length)
                        for (let i = 0; i < message.batches.length; ++i)
                            writer.uint32(58).bytes(message.batches[i]);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(64).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Promised.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Promised();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.through = value;
                                else
                                    delete message.through;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.last = value;
                                else
                                    delete message.last;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.trimmedThrough = value;
                                else
                                    delete message.trimmedThrough;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.batches && message.batches.length))
                                    message.batches = [];
                                message.batches.push(reader.bytes());
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Promised;
            })();

            v1.Accept = (function() {

                const Accept = function (properties) {
                    this.batches = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Accept.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accept.prototype.chosenThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accept.prototype.trimThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accept.prototype.round = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accept.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accept.prototype.batches = $util.emptyArray;
                Accept.prototype.beat = null;

                Accept.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.chosenThrough != null && $Object.hasOwnProperty.call(message, "chosenThrough") && (typeof message.chosenThrough === "object" ? message.chosenThrough.low || message.chosenThrough.high : message.chosenThrough !== 0))
                        writer.uint32(16).uint64(message.chosenThrough);
                    if (message.trimThrough != null && $Object.hasOwnProperty.call(message, "trimThrough") && (typeof message.trimThrough === "object" ? message.trimThrough.low || message.trimThrough.high : message.trimThrough !== 0))
                        writer.uint32(24).uint64(message.trimThrough);
                    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
                        writer.uint32(32).uint64(message.round);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(40).uint64(message.clusterId);
                    if (message.batches != null && message.batches.length)
                        for (let i = 0; i < message.batches.length; ++i)
                            writer.uint32(50).bytes(message.batches[i]);
                    if (message.beat != null && $Object.hasOwnProperty.call(message, "beat"))
                        $root.synod.paxos.v1.Beat.encode(message.beat, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Accept.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Accept();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.chosenThrough = value;
                                else
                                    delete message.chosenThrough;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.trimThrough = value;
                                else
                                    delete message.trimThrough;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.round = value;
                                else
                                    delete message.round;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.batches && message.batches.length))
                                    message.batches = [];
                                message.batches.push(reader.bytes());
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.beat = $root.synod.paxos.v1.Beat.decode(reader, reader.size(), $undefined, _depth + 1, message.beat);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Accept;
            })();

            v1.Beat = (function() {

                const Beat = function (properties) {
                    this.echoes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Beat.prototype.at = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Beat.prototype.echoes = $util.emptyArray;

                Beat.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at") && (typeof message.at === "object" ? message.at.low || message.at.high : message.at !== 0))
                        writer.uint32(8).uint64(message.at);
                    if (message.echoes != null && message.echoes.length)
                        for (let i = 0; i < message.echoes.length; ++i)
                            writer.uint32(16).uint64(message.echoes[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Beat.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Beat();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.at = value;
                                else
                                    delete message.at;
                                continue;
                            }
                        case 2: {
                                if (wireType === 2) {
                                    if (!(message.echoes && message.echoes.length))
                                        message.echoes = [];
                                    reader.uint64s(message.echoes);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.echoes && message.echoes.length))
                                    message.echoes = [];
                                message.echoes.push(reader.uint64());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Beat;
            })();

            v1.Accepted = (function() {

                const Accepted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Accepted.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.round = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.first = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.last = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.heldBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.registersEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.echo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Accepted.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Accepted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(16).uint64(message.disk);
                    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
                        writer.uint32(24).uint64(message.round);
                    if (message.first != null && $Object.hasOwnProperty.call(message, "first") && (typeof message.first === "object" ? message.first.low || message.first.high : message.first !== 0))
                        writer.uint32(32).uint64(message.first);
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last") && (typeof message.last === "object" ? message.last.low || message.last.high : message.last !== 0))
                        writer.uint32(40).uint64(message.last);
                    if (message.heldBytes != null && $Object.hasOwnProperty.call(message, "heldBytes") && (typeof message.heldBytes === "object" ? message.heldBytes.low || message.heldBytes.high : message.heldBytes !== 0))
                        writer.uint32(48).uint64(message.heldBytes);
                    if (message.registersEpoch != null && $Object.hasOwnProperty.call(message, "registersEpoch") && (typeof message.registersEpoch === "object" ? message.registersEpoch.low || message.registersEpoch.high : message.registersEpoch !== 0))
                        writer.uint32(56).uint64(message.registersEpoch);
                    if (message.echo != null && $Object.hasOwnProperty.call(message, "echo") && (typeof message.echo === "object" ? message.echo.low || message.echo.high : message.echo !== 0))
                        writer.uint32(64).uint64(message.echo);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(72).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Accepted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Accepted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.round = value;
                                else
                                    delete message.round;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.first = value;
                                else
                                    delete message.first;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.last = value;
                                else
                                    delete message.last;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.heldBytes = value;
                                else
                                    delete message.heldBytes;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.registersEpoch = value;
                                else
                                    delete message.registersEpoch;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.echo = value;
                                else
                                    delete message.echo;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Accepted;
            })();

            v1.Nack = (function() {

                const Nack = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Nack.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Nack.prototype.promised = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Nack.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Nack.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Nack.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised") && (typeof message.promised === "object" ? message.promised.low || message.promised.high : message.promised !== 0))
                        writer.uint32(16).uint64(message.promised);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(24).uint64(message.clusterId);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(32).uint64(message.disk);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Nack.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Nack();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.promised = value;
                                else
                                    delete message.promised;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Nack;
            })();

            v1.Progress = (function() {

                const Progress = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Progress.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Progress.prototype.durableThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Progress.prototype.at = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Progress.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Progress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.durableThrough != null && $Object.hasOwnProperty.call(message, "durableThrough") && (typeof message.durableThrough === "object" ? message.durableThrough.low || message.durableThrough.high : message.durableThrough !== 0))
                        writer.uint32(16).uint64(message.durableThrough);
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at") && (typeof message.at === "object" ? message.at.low || message.at.high : message.at !== 0))
                        writer.uint32(24).uint64(message.at);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Progress.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Progress();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.durableThrough = value;
                                else
                                    delete message.durableThrough;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.at = value;
                                else
                                    delete message.at;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Progress;
            })();

            v1.Learn = (function() {

                const Learn = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Learn.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Learn.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Learn.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(8).uint64(message.from);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(16).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Learn.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Learn();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Learn;
            })();

            v1.Chosen = (function() {

                const Chosen = function (properties) {
                    this.batches = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Chosen.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Chosen.prototype.batches = $util.emptyArray;
                Chosen.prototype.chosenThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Chosen.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Chosen.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(8).uint64(message.from);
                    if (message.batches != null && message.batches.length)
                        for (let i = 0; i < message.batches.length; ++i)
                            writer.uint32(18).bytes(message.batches[i]);
                    if (message.chosenThrough != null && $Object.hasOwnProperty.call(message, "chosenThrough") && (typeof message.chosenThrough === "object" ? message.chosenThrough.low || message.chosenThrough.high : message.chosenThrough !== 0))
                        writer.uint32(24).uint64(message.chosenThrough);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Chosen.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Chosen();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.batches && message.batches.length))
                                    message.batches = [];
                                message.batches.push(reader.bytes());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.chosenThrough = value;
                                else
                                    delete message.chosenThrough;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Chosen;
            })();

            v1.SnapshotId = (function() {

                const SnapshotId = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SnapshotId.prototype.index = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SnapshotId.prototype.era = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                SnapshotId.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && (typeof message.index === "object" ? message.index.low || message.index.high : message.index !== 0))
                        writer.uint32(8).uint64(message.index);
                    if (message.era != null && $Object.hasOwnProperty.call(message, "era") && (typeof message.era === "object" ? message.era.low || message.era.high : message.era !== 0))
                        writer.uint32(16).uint64(message.era);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SnapshotId.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.SnapshotId();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.index = value;
                                else
                                    delete message.index;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.era = value;
                                else
                                    delete message.era;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SnapshotId;
            })();

            v1.SnapshotOffer = (function() {

                const SnapshotOffer = function (properties) {
                    this.sets = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SnapshotOffer.prototype.snapshot = null;
                SnapshotOffer.prototype.sets = $util.emptyArray;
                SnapshotOffer.prototype.registers = null;
                SnapshotOffer.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                SnapshotOffer.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.paxos.v1.SnapshotId.encode(message.snapshot, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.sets != null && message.sets.length)
                        for (let i = 0; i < message.sets.length; ++i)
                            $root.synod.paxos.v1.SetFrom.encode(message.sets[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.registers != null && $Object.hasOwnProperty.call(message, "registers"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.registers, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SnapshotOffer.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.SnapshotOffer();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.paxos.v1.SnapshotId.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sets && message.sets.length))
                                    message.sets = [];
                                message.sets.push($root.synod.paxos.v1.SetFrom.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.registers = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.registers);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SnapshotOffer;
            })();

            v1.FetchChunk = (function() {

                const FetchChunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FetchChunk.prototype.snapshot = null;
                FetchChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FetchChunk.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                FetchChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.paxos.v1.SnapshotId.encode(message.snapshot, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                        writer.uint32(16).uint64(message.offset);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(24).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FetchChunk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.FetchChunk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.paxos.v1.SnapshotId.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FetchChunk;
            })();

            v1.SnapshotChunk = (function() {

                const SnapshotChunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SnapshotChunk.prototype.snapshot = null;
                SnapshotChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SnapshotChunk.prototype.chunk = null;
                SnapshotChunk.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                SnapshotChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.paxos.v1.SnapshotId.encode(message.snapshot, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                        writer.uint32(16).uint64(message.offset);
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                        $root.synod.paxos.v1.Chunk.encode(message.chunk, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SnapshotChunk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.SnapshotChunk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.paxos.v1.SnapshotId.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.chunk = $root.synod.paxos.v1.Chunk.decode(reader, reader.size(), $undefined, _depth + 1, message.chunk);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SnapshotChunk;
            })();

            v1.Chunk = (function() {

                const Chunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Chunk.prototype.totalBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Chunk.prototype.bytes = $util.newBuffer([]);
                Chunk.prototype.checksum = 0;

                Chunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.totalBytes != null && $Object.hasOwnProperty.call(message, "totalBytes") && (typeof message.totalBytes === "object" ? message.totalBytes.low || message.totalBytes.high : message.totalBytes !== 0))
                        writer.uint32(8).uint64(message.totalBytes);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes.length)
                        writer.uint32(18).bytes(message.bytes);
                    if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum") && message.checksum !== 0)
                        writer.uint32(24).uint32(message.checksum);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Chunk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Chunk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.totalBytes = value;
                                else
                                    delete message.totalBytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.checksum = value;
                                else
                                    delete message.checksum;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Chunk;
            })();

            v1.TakeOver = (function() {

                const TakeOver = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                TakeOver.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                TakeOver.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                TakeOver.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(16).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                TakeOver.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.TakeOver();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return TakeOver;
            })();

            v1.Join = (function() {

                const Join = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Join.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Join.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Join.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(8).uint64(message.disk);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(16).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Join.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Join();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Join;
            })();

            v1.RegisterAsk = (function() {

                const RegisterAsk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterAsk.prototype.key = "";
                RegisterAsk.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAsk.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAsk.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegisterAsk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(24).uint64(message.nonce);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterAsk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterAsk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterAsk;
            })();

            v1.RegisterTold = (function() {

                const RegisterTold = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterTold.prototype.key = "";
                RegisterTold.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterTold.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterTold.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterTold.prototype.accepted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterTold.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegisterTold.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(24).uint64(message.nonce);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(32).uint64(message.disk);
                    if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && (typeof message.accepted === "object" ? message.accepted.low || message.accepted.high : message.accepted !== 0))
                        writer.uint32(40).uint64(message.accepted);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(48).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterTold.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterTold();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.accepted = value;
                                else
                                    delete message.accepted;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterTold;
            })();

            v1.RegisterPrepare = (function() {

                const RegisterPrepare = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterPrepare.prototype.key = "";
                RegisterPrepare.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPrepare.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPrepare.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPrepare.prototype.insists = false;

                RegisterPrepare.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(24).uint64(message.epoch);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.insists != null && $Object.hasOwnProperty.call(message, "insists") && message.insists !== false)
                        writer.uint32(40).bool(message.insists);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterPrepare.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterPrepare();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.insists = value;
                                else
                                    delete message.insists;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterPrepare;
            })();

            v1.RegisterPromised = (function() {

                const RegisterPromised = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterPromised.prototype.key = "";
                RegisterPromised.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPromised.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPromised.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPromised.prototype.accepted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPromised.prototype.value = $util.newBuffer([]);
                RegisterPromised.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterPromised.prototype.isFull = false;

                RegisterPromised.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(24).uint64(message.epoch);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(32).uint64(message.disk);
                    if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && (typeof message.accepted === "object" ? message.accepted.low || message.accepted.high : message.accepted !== 0))
                        writer.uint32(40).uint64(message.accepted);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                        writer.uint32(50).bytes(message.value);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(56).uint64(message.clusterId);
                    if (message.isFull != null && $Object.hasOwnProperty.call(message, "isFull") && message.isFull !== false)
                        writer.uint32(64).bool(message.isFull);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterPromised.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterPromised();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.accepted = value;
                                else
                                    delete message.accepted;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isFull = value;
                                else
                                    delete message.isFull;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterPromised;
            })();

            v1.RegisterAccept = (function() {

                const RegisterAccept = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterAccept.prototype.key = "";
                RegisterAccept.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccept.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccept.prototype.value = $util.newBuffer([]);
                RegisterAccept.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccept.prototype.adopted = false;

                RegisterAccept.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(24).uint64(message.epoch);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                        writer.uint32(34).bytes(message.value);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(40).uint64(message.clusterId);
                    if (message.adopted != null && $Object.hasOwnProperty.call(message, "adopted") && message.adopted !== false)
                        writer.uint32(48).bool(message.adopted);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterAccept.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterAccept();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.adopted = value;
                                else
                                    delete message.adopted;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterAccept;
            })();

            v1.RegisterAccepted = (function() {

                const RegisterAccepted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterAccepted.prototype.key = "";
                RegisterAccepted.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccepted.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccepted.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterAccepted.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegisterAccepted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(24).uint64(message.epoch);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(32).uint64(message.disk);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(40).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterAccepted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterAccepted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterAccepted;
            })();

            v1.RegisterNack = (function() {

                const RegisterNack = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterNack.prototype.key = "";
                RegisterNack.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterNack.prototype.promised = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterNack.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterNack.prototype.why = 0;
                RegisterNack.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegisterNack.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(16).uint64(message.ballot);
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised") && (typeof message.promised === "object" ? message.promised.low || message.promised.high : message.promised !== 0))
                        writer.uint32(24).uint64(message.promised);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(32).uint64(message.epoch);
                    if (message.why != null && $Object.hasOwnProperty.call(message, "why") && message.why !== 0)
                        writer.uint32(40).int32(message.why);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(48).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterNack.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterNack();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.promised = value;
                                else
                                    delete message.promised;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.why = value;
                                else
                                    delete message.why;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RegisterNack.Why = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "WHY_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "PROMISED"] = 1;
                    values[valuesById[2] = "EPOCH"] = 2;
                    values[valuesById[3] = "FULL"] = 3;
                    return values;
                })();

                return RegisterNack;
            })();

            v1.Register = (function() {

                const Register = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Register.prototype.key = "";
                Register.prototype.promised = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Register.prototype.accepted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Register.prototype.value = $util.newBuffer([]);

                Register.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(10).string(message.key);
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised") && (typeof message.promised === "object" ? message.promised.low || message.promised.high : message.promised !== 0))
                        writer.uint32(16).uint64(message.promised);
                    if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && (typeof message.accepted === "object" ? message.accepted.low || message.accepted.high : message.accepted !== 0))
                        writer.uint32(24).uint64(message.accepted);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                        writer.uint32(34).bytes(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Register.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Register();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.promised = value;
                                else
                                    delete message.promised;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.accepted = value;
                                else
                                    delete message.accepted;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Register;
            })();

            v1.FreezeRegisters = (function() {

                const FreezeRegisters = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FreezeRegisters.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FreezeRegisters.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FreezeRegisters.prototype.after = "";
                FreezeRegisters.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                FreezeRegisters.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after") && message.after !== "")
                        writer.uint32(26).string(message.after);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(32).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FreezeRegisters.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.FreezeRegisters();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.after = value;
                                else
                                    delete message.after;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FreezeRegisters;
            })();

            v1.RegistersPage = (function() {

                const RegistersPage = function (properties) {
                    this.registers = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegistersPage.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersPage.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersPage.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersPage.prototype.after = "";
                RegistersPage.prototype.registers = $util.emptyArray;
                RegistersPage.prototype.isLast = false;
                RegistersPage.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersPage.prototype.floor = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegistersPage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(24).uint64(message.disk);
                    if (message.after != null && $Object.hasOwnProperty.call(message, "after") && message.after !== "")
                        writer.uint32(34).string(message.after);
                    if (message.registers != null && message.registers.length)
                        for (let i = 0; i < message.registers.length; ++i)
                            $root.synod.paxos.v1.Register.encode(message.registers[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.isLast != null && $Object.hasOwnProperty.call(message, "isLast") && message.isLast !== false)
                        writer.uint32(48).bool(message.isLast);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(56).uint64(message.clusterId);
                    if (message.floor != null && $Object.hasOwnProperty.call(message, "floor") && (typeof message.floor === "object" ? message.floor.low || message.floor.high : message.floor !== 0))
                        writer.uint32(64).uint64(message.floor);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegistersPage.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegistersPage();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.after = value;
                                else
                                    delete message.after;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.registers && message.registers.length))
                                    message.registers = [];
                                message.registers.push($root.synod.paxos.v1.Register.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isLast = value;
                                else
                                    delete message.isLast;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.floor = value;
                                else
                                    delete message.floor;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegistersPage;
            })();

            v1.StoreRegisters = (function() {

                const StoreRegisters = function (properties) {
                    this.registers = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                StoreRegisters.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StoreRegisters.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StoreRegisters.prototype.part = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StoreRegisters.prototype.registers = $util.emptyArray;
                StoreRegisters.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StoreRegisters.prototype.floor = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                StoreRegisters.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.part != null && $Object.hasOwnProperty.call(message, "part") && (typeof message.part === "object" ? message.part.low || message.part.high : message.part !== 0))
                        writer.uint32(24).uint64(message.part);
                    if (message.registers != null && message.registers.length)
                        for (let i = 0; i < message.registers.length; ++i)
                            $root.synod.paxos.v1.Register.encode(message.registers[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(40).uint64(message.clusterId);
                    if (message.floor != null && $Object.hasOwnProperty.call(message, "floor") && (typeof message.floor === "object" ? message.floor.low || message.floor.high : message.floor !== 0))
                        writer.uint32(48).uint64(message.floor);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                StoreRegisters.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.StoreRegisters();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.part = value;
                                else
                                    delete message.part;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.registers && message.registers.length))
                                    message.registers = [];
                                message.registers.push($root.synod.paxos.v1.Register.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.floor = value;
                                else
                                    delete message.floor;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StoreRegisters;
            })();

            v1.RegistersStored = (function() {

                const RegistersStored = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegistersStored.prototype.ballot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersStored.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersStored.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersStored.prototype.part = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegistersStored.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                RegistersStored.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ballot != null && $Object.hasOwnProperty.call(message, "ballot") && (typeof message.ballot === "object" ? message.ballot.low || message.ballot.high : message.ballot !== 0))
                        writer.uint32(8).uint64(message.ballot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).uint64(message.epoch);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(24).uint64(message.disk);
                    if (message.part != null && $Object.hasOwnProperty.call(message, "part") && (typeof message.part === "object" ? message.part.low || message.part.high : message.part !== 0))
                        writer.uint32(32).uint64(message.part);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(40).uint64(message.clusterId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegistersStored.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegistersStored();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ballot = value;
                                else
                                    delete message.ballot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.part = value;
                                else
                                    delete message.part;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegistersStored;
            })();

            v1.AcceptorState = (function() {

                const AcceptorState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AcceptorState.prototype.standing = 0;
                AcceptorState.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorState.prototype.disk = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorState.prototype.founding = null;
                AcceptorState.prototype.promised = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorState.prototype.trimmedThrough = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorState.prototype.registersEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorState.prototype.registerFloor = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                AcceptorState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing") && message.standing !== 0)
                        writer.uint32(8).uint32(message.standing);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(16).uint64(message.clusterId);
                    if (message.disk != null && $Object.hasOwnProperty.call(message, "disk") && (typeof message.disk === "object" ? message.disk.low || message.disk.high : message.disk !== 0))
                        writer.uint32(24).uint64(message.disk);
                    if (message.founding != null && $Object.hasOwnProperty.call(message, "founding"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.founding, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.promised != null && $Object.hasOwnProperty.call(message, "promised") && (typeof message.promised === "object" ? message.promised.low || message.promised.high : message.promised !== 0))
                        writer.uint32(40).uint64(message.promised);
                    if (message.trimmedThrough != null && $Object.hasOwnProperty.call(message, "trimmedThrough") && (typeof message.trimmedThrough === "object" ? message.trimmedThrough.low || message.trimmedThrough.high : message.trimmedThrough !== 0))
                        writer.uint32(48).uint64(message.trimmedThrough);
                    if (message.registersEpoch != null && $Object.hasOwnProperty.call(message, "registersEpoch") && (typeof message.registersEpoch === "object" ? message.registersEpoch.low || message.registersEpoch.high : message.registersEpoch !== 0))
                        writer.uint32(56).uint64(message.registersEpoch);
                    if (message.registerFloor != null && $Object.hasOwnProperty.call(message, "registerFloor") && (typeof message.registerFloor === "object" ? message.registerFloor.low || message.registerFloor.high : message.registerFloor !== 0))
                        writer.uint32(64).uint64(message.registerFloor);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AcceptorState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.AcceptorState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.standing = value;
                                else
                                    delete message.standing;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.disk = value;
                                else
                                    delete message.disk;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.founding = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.founding);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.promised = value;
                                else
                                    delete message.promised;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.trimmedThrough = value;
                                else
                                    delete message.trimmedThrough;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.registersEpoch = value;
                                else
                                    delete message.registersEpoch;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.registerFloor = value;
                                else
                                    delete message.registerFloor;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AcceptorState;
            })();

            v1.Vote = (function() {

                const Vote = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Vote.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Vote.prototype.batch = $util.newBuffer([]);

                Vote.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(8).uint64(message.number);
                    if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch.length)
                        writer.uint32(18).bytes(message.batch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Vote.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.Vote();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.batch = value;
                                else
                                    delete message.batch;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Vote;
            })();

            v1.RegisterVote = (function() {

                const RegisterVote = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterVote.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                RegisterVote.prototype.register = null;

                RegisterVote.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(8).uint64(message.number);
                    if (message.register != null && $Object.hasOwnProperty.call(message, "register"))
                        $root.synod.paxos.v1.Register.encode(message.register, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterVote.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.RegisterVote();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.register = $root.synod.paxos.v1.Register.decode(reader, reader.size(), $undefined, _depth + 1, message.register);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RegisterVote;
            })();

            v1.AcceptorMark = (function() {

                const AcceptorMark = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AcceptorMark.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AcceptorMark.prototype.snapshot = null;
                AcceptorMark.prototype.state = null;

                AcceptorMark.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(8).uint64(message.number);
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.paxos.v1.SnapshotId.encode(message.snapshot, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        $root.synod.paxos.v1.AcceptorState.encode(message.state, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AcceptorMark.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.AcceptorMark();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.paxos.v1.SnapshotId.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.state = $root.synod.paxos.v1.AcceptorState.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AcceptorMark;
            })();

            v1.ProposerState = (function() {

                const ProposerState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProposerState.prototype.number = 0;
                ProposerState.prototype.round = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ProposerState.prototype.clusterId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ProposerState.prototype.founding = null;
                ProposerState.prototype.remembers = false;

                ProposerState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                        writer.uint32(8).uint32(message.number);
                    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
                        writer.uint32(16).uint64(message.round);
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && (typeof message.clusterId === "object" ? message.clusterId.low || message.clusterId.high : message.clusterId !== 0))
                        writer.uint32(24).uint64(message.clusterId);
                    if (message.founding != null && $Object.hasOwnProperty.call(message, "founding"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.founding, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.remembers != null && $Object.hasOwnProperty.call(message, "remembers") && message.remembers !== false)
                        writer.uint32(40).bool(message.remembers);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProposerState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.ProposerState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.round = value;
                                else
                                    delete message.round;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.clusterId = value;
                                else
                                    delete message.clusterId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.founding = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.founding);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.remembers = value;
                                else
                                    delete message.remembers;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProposerState;
            })();

            v1.ProposerMark = (function() {

                const ProposerMark = function (properties) {
                    this.sets = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProposerMark.prototype.snapshot = null;
                ProposerMark.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ProposerMark.prototype.state = null;
                ProposerMark.prototype.sets = $util.emptyArray;
                ProposerMark.prototype.registers = null;

                ProposerMark.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.paxos.v1.SnapshotId.encode(message.snapshot, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                        writer.uint32(16).uint64(message.sizeBytes);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        $root.synod.paxos.v1.ProposerState.encode(message.state, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.sets != null && message.sets.length)
                        for (let i = 0; i < message.sets.length; ++i)
                            $root.synod.paxos.v1.SetFrom.encode(message.sets[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.registers != null && $Object.hasOwnProperty.call(message, "registers"))
                        $root.synod.paxos.v1.AcceptorSet.encode(message.registers, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProposerMark.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.paxos.v1.ProposerMark();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.paxos.v1.SnapshotId.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sizeBytes = value;
                                else
                                    delete message.sizeBytes;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.state = $root.synod.paxos.v1.ProposerState.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sets && message.sets.length))
                                    message.sets = [];
                                message.sets.push($root.synod.paxos.v1.SetFrom.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.registers = $root.synod.paxos.v1.AcceptorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.registers);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProposerMark;
            })();

            return v1;
        })();

        return paxos;
    })();

    return synod;
})();

export {
  $root as default
};
