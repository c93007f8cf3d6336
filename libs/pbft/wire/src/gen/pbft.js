/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "./protobuf.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["synod-pbft"] || ($protobuf.roots["synod-pbft"] = {});

export const synod = $root.synod = (() => {

    const synod = {};

    synod.pbft = (function() {

        const pbft = {};

        pbft.v1 = (function() {

            const v1 = {};

            v1.Statement = (function() {

                const Statement = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Statement.prototype.version = 0;
                Statement.prototype.cluster = "";
                Statement.prototype.group = "";
                Statement.prototype.epoch = "";
                Statement.prototype.signer = "";
                Statement.prototype.prePrepare = null;
                Statement.prototype.prepare = null;
                Statement.prototype.commit = null;
                Statement.prototype.checkpoint = null;
                Statement.prototype.snapshot = null;
                Statement.prototype.viewChange = null;
                Statement.prototype.newView = null;
                Statement.prototype.replies = null;
                Statement.prototype.standing = null;
                Statement.prototype.request = null;
                Statement.prototype.complaint = null;
                Statement.prototype.hello = null;

                let $oneOfFields;

                $Object.defineProperty(Statement.prototype, "says", {
                    get: $util.oneOfGetter($oneOfFields = ["prePrepare", "prepare", "commit", "checkpoint", "snapshot", "viewChange", "newView", "replies", "standing", "request", "complaint", "hello"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Statement.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                        writer.uint32(8).uint32(message.version);
                    if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                        writer.uint32(18).string(message.cluster);
                    if (message.group != null && $Object.hasOwnProperty.call(message, "group") && message.group !== "")
                        writer.uint32(26).string(message.group);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(34).string(message.epoch);
                    if (message.signer != null && $Object.hasOwnProperty.call(message, "signer") && message.signer !== "")
                        writer.uint32(42).string(message.signer);
                    if (message.prePrepare != null && $Object.hasOwnProperty.call(message, "prePrepare"))
                        $root.synod.pbft.v1.Order.encode(message.prePrepare, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
                        $root.synod.pbft.v1.Order.encode(message.prepare, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                        $root.synod.pbft.v1.Order.encode(message.commit, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint"))
                        $root.synod.pbft.v1.StateVote.encode(message.checkpoint, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.pbft.v1.StateVote.encode(message.snapshot, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.viewChange != null && $Object.hasOwnProperty.call(message, "viewChange"))
                        $root.synod.pbft.v1.ViewChange.encode(message.viewChange, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.newView != null && $Object.hasOwnProperty.call(message, "newView"))
                        $root.synod.pbft.v1.NewView.encode(message.newView, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.replies != null && $Object.hasOwnProperty.call(message, "replies"))
                        $root.synod.pbft.v1.Replies.encode(message.replies, writer.uint32(106).fork(), _depth + 1).ldelim();
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing"))
                        $root.synod.pbft.v1.Standing.encode(message.standing, writer.uint32(114).fork(), _depth + 1).ldelim();
                    if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                        $root.synod.pbft.v1.Command.encode(message.request, writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.complaint != null && $Object.hasOwnProperty.call(message, "complaint"))
                        $root.synod.pbft.v1.Complaint.encode(message.complaint, writer.uint32(130).fork(), _depth + 1).ldelim();
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.synod.pbft.v1.Hello.encode(message.hello, writer.uint32(138).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Statement.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Statement();
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
                                if ((value = reader.stringVerify()).length)
                                    message.cluster = value;
                                else
                                    delete message.cluster;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.group = value;
                                else
                                    delete message.group;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.signer = value;
                                else
                                    delete message.signer;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.prePrepare = $root.synod.pbft.v1.Order.decode(reader, reader.size(), $undefined, _depth + 1, message.prePrepare);
                                message.says = "prePrepare";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.prepare = $root.synod.pbft.v1.Order.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
                                message.says = "prepare";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.commit = $root.synod.pbft.v1.Order.decode(reader, reader.size(), $undefined, _depth + 1, message.commit);
                                message.says = "commit";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.checkpoint = $root.synod.pbft.v1.StateVote.decode(reader, reader.size(), $undefined, _depth + 1, message.checkpoint);
                                message.says = "checkpoint";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.pbft.v1.StateVote.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                message.says = "snapshot";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.viewChange = $root.synod.pbft.v1.ViewChange.decode(reader, reader.size(), $undefined, _depth + 1, message.viewChange);
                                message.says = "viewChange";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.newView = $root.synod.pbft.v1.NewView.decode(reader, reader.size(), $undefined, _depth + 1, message.newView);
                                message.says = "newView";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.replies = $root.synod.pbft.v1.Replies.decode(reader, reader.size(), $undefined, _depth + 1, message.replies);
                                message.says = "replies";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.standing = $root.synod.pbft.v1.Standing.decode(reader, reader.size(), $undefined, _depth + 1, message.standing);
                                message.says = "standing";
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.request = $root.synod.pbft.v1.Command.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                                message.says = "request";
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                message.complaint = $root.synod.pbft.v1.Complaint.decode(reader, reader.size(), $undefined, _depth + 1, message.complaint);
                                message.says = "complaint";
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.synod.pbft.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.says = "hello";
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

                return Statement;
            })();

            v1.Signed = (function() {

                const Signed = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Signed.prototype.statement = $util.newBuffer([]);
                Signed.prototype.signature = $util.newBuffer([]);

                Signed.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.statement != null && $Object.hasOwnProperty.call(message, "statement") && message.statement.length)
                        writer.uint32(10).bytes(message.statement);
                    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                        writer.uint32(18).bytes(message.signature);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Signed.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Signed();
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
                                if ((value = reader.bytes()).length)
                                    message.statement = value;
                                else
                                    delete message.statement;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.signature = value;
                                else
                                    delete message.signature;
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

                return Signed;
            })();

            v1.Order = (function() {

                const Order = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Order.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Order.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Order.prototype.digest = $util.newBuffer([]);

                Order.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(16).uint64(message.sequence);
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                        writer.uint32(26).bytes(message.digest);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Order.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Order();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digest = value;
                                else
                                    delete message.digest;
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

                return Order;
            })();

            v1.StateVote = (function() {

                const StateVote = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                StateVote.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StateVote.prototype.digest = $util.newBuffer([]);

                StateVote.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(8).uint64(message.sequence);
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                        writer.uint32(18).bytes(message.digest);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                StateVote.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.StateVote();
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
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digest = value;
                                else
                                    delete message.digest;
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

                return StateVote;
            })();

            v1.ViewChange = (function() {

                const ViewChange = function (properties) {
                    this.prepared = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ViewChange.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ViewChange.prototype.stable = null;
                ViewChange.prototype.prepared = $util.emptyArray;

                ViewChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.stable != null && $Object.hasOwnProperty.call(message, "stable"))
                        $root.synod.pbft.v1.StableCheckpoint.encode(message.stable, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.prepared != null && message.prepared.length)
                        for (let i = 0; i < message.prepared.length; ++i)
                            $root.synod.pbft.v1.Prepared.encode(message.prepared[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ViewChange.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.ViewChange();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.stable = $root.synod.pbft.v1.StableCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.stable);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.prepared && message.prepared.length))
                                    message.prepared = [];
                                message.prepared.push($root.synod.pbft.v1.Prepared.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ViewChange;
            })();

            v1.NewView = (function() {

                const NewView = function (properties) {
                    this.viewChanges = [];
                    this.proposals = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                NewView.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                NewView.prototype.viewChanges = $util.emptyArray;
                NewView.prototype.proposals = $util.emptyArray;

                NewView.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.viewChanges != null && message.viewChanges.length)
                        for (let i = 0; i < message.viewChanges.length; ++i)
                            $root.synod.pbft.v1.NewView.Named.encode(message.viewChanges[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.proposals != null && message.proposals.length)
                        for (let i = 0; i < message.proposals.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.proposals[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                NewView.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.NewView();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.viewChanges && message.viewChanges.length))
                                    message.viewChanges = [];
                                message.viewChanges.push($root.synod.pbft.v1.NewView.Named.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.proposals && message.proposals.length))
                                    message.proposals = [];
                                message.proposals.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                NewView.Named = (function() {

                    const Named = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    Named.prototype.replica = "";
                    Named.prototype.digest = $util.newBuffer([]);

                    Named.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.replica != null && $Object.hasOwnProperty.call(message, "replica") && message.replica !== "")
                            writer.uint32(10).string(message.replica);
                        if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                            writer.uint32(18).bytes(message.digest);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    Named.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.synod.pbft.v1.NewView.Named();
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
                                        message.replica = value;
                                    else
                                        delete message.replica;
                                    continue;
                                }
                            case 2: {
                                    if (wireType !== 2)
                                        break;
                                    if ((value = reader.bytes()).length)
                                        message.digest = value;
                                    else
                                        delete message.digest;
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

                    return Named;
                })();

                return NewView;
            })();

            v1.Replies = (function() {

                const Replies = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Replies.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Replies.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Replies.prototype.whole = false;
                Replies.prototype.count = 0;
                Replies.prototype.root = $util.newBuffer([]);

                Replies.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(16).uint64(message.sequence);
                    if (message.whole != null && $Object.hasOwnProperty.call(message, "whole") && message.whole !== false)
                        writer.uint32(24).bool(message.whole);
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                        writer.uint32(32).uint32(message.count);
                    if (message.root != null && $Object.hasOwnProperty.call(message, "root") && message.root.length)
                        writer.uint32(42).bytes(message.root);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Replies.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Replies();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.whole = value;
                                else
                                    delete message.whole;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.count = value;
                                else
                                    delete message.count;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.root = value;
                                else
                                    delete message.root;
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

                return Replies;
            })();

            v1.Standing = (function() {

                const Standing = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Standing.prototype.to = "";
                Standing.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Standing.prototype.incarnation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Standing.prototype.standing = 0;
                Standing.prototype.founder = false;
                Standing.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Standing.prototype.stable = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Standing.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== "")
                        writer.uint32(10).string(message.to);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(16).uint64(message.nonce);
                    if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && (typeof message.incarnation === "object" ? message.incarnation.low || message.incarnation.high : message.incarnation !== 0))
                        writer.uint32(24).uint64(message.incarnation);
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing") && message.standing !== 0)
                        writer.uint32(32).int32(message.standing);
                    if (message.founder != null && $Object.hasOwnProperty.call(message, "founder") && message.founder !== false)
                        writer.uint32(40).bool(message.founder);
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(48).uint64(message.view);
                    if (message.stable != null && $Object.hasOwnProperty.call(message, "stable") && (typeof message.stable === "object" ? message.stable.low || message.stable.high : message.stable !== 0))
                        writer.uint32(56).uint64(message.stable);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Standing.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Standing();
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
                                    message.to = value;
                                else
                                    delete message.to;
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
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.incarnation = value;
                                else
                                    delete message.incarnation;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.standing = value;
                                else
                                    delete message.standing;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.founder = value;
                                else
                                    delete message.founder;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.stable = value;
                                else
                                    delete message.stable;
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

                Standing.Name = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "UNSPECIFIED"] = 0;
                    values[valuesById[1] = "EMPTY"] = 1;
                    values[valuesById[2] = "LOST"] = 2;
                    values[valuesById[3] = "ACTIVE"] = 3;
                    values[valuesById[4] = "RECOVERING"] = 4;
                    return values;
                })();

                return Standing;
            })();

            v1.Complaint = (function() {

                const Complaint = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Complaint.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Complaint.prototype.incarnation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Complaint.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Complaint.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && (typeof message.incarnation === "object" ? message.incarnation.low || message.incarnation.high : message.incarnation !== 0))
                        writer.uint32(16).uint64(message.incarnation);
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && (typeof message.number === "object" ? message.number.low || message.number.high : message.number !== 0))
                        writer.uint32(24).uint64(message.number);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Complaint.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Complaint();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.incarnation = value;
                                else
                                    delete message.incarnation;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.number = value;
                                else
                                    delete message.number;
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

                return Complaint;
            })();

            v1.Hello = (function() {

                const Hello = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Hello.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(8).uint64(message.nonce);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Hello.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Hello();
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

                return Hello;
            })();

            v1.Command = (function() {

                const Command = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Command.prototype.operations = null;
                Command.prototype.queries = null;

                let $oneOfFields;

                $Object.defineProperty(Command.prototype, "holds", {
                    get: $util.oneOfGetter($oneOfFields = ["operations", "queries"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Command.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.operations != null && $Object.hasOwnProperty.call(message, "operations"))
                        writer.uint32(10).bytes(message.operations);
                    if (message.queries != null && $Object.hasOwnProperty.call(message, "queries"))
                        writer.uint32(18).bytes(message.queries);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Command.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.pbft.v1.Command();
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
                                message.operations = reader.bytes();
                                message.holds = "operations";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.queries = reader.bytes();
                                message.holds = "queries";
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

                return Command;
            })();

            v1.Prepared = (function() {

                const Prepared = function (properties) {
                    this.prepares = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Prepared.prototype.proposal = null;
                Prepared.prototype.prepares = $util.emptyArray;

                Prepared.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.proposal != null && $Object.hasOwnProperty.call(message, "proposal"))
                        $root.synod.pbft.v1.Signed.encode(message.proposal, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.prepares != null && message.prepares.length)
                        for (let i = 0; i < message.prepares.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.prepares[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Prepared.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Prepared();
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
                                message.proposal = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.proposal);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.prepares && message.prepares.length))
                                    message.prepares = [];
                                message.prepares.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return Prepared;
            })();

            v1.CheckpointState = (function() {

                const CheckpointState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CheckpointState.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CheckpointState.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CheckpointState.prototype.history = $util.newBuffer([]);
                CheckpointState.prototype.state = "";

                CheckpointState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(8).uint64(message.sequence);
                    if (message.position != null && $Object.hasOwnProperty.call(message, "position") && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                        writer.uint32(16).uint64(message.position);
                    if (message.history != null && $Object.hasOwnProperty.call(message, "history") && message.history.length)
                        writer.uint32(26).bytes(message.history);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(34).string(message.state);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CheckpointState.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.CheckpointState();
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
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.position = value;
                                else
                                    delete message.position;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.history = value;
                                else
                                    delete message.history;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
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

                return CheckpointState;
            })();

            v1.StableCheckpoint = (function() {

                const StableCheckpoint = function (properties) {
                    this.votes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                StableCheckpoint.prototype.state = null;
                StableCheckpoint.prototype.votes = $util.emptyArray;

                StableCheckpoint.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        $root.synod.pbft.v1.CheckpointState.encode(message.state, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.votes != null && message.votes.length)
                        for (let i = 0; i < message.votes.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.votes[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                StableCheckpoint.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.StableCheckpoint();
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
                                message.state = $root.synod.pbft.v1.CheckpointState.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.votes && message.votes.length))
                                    message.votes = [];
                                message.votes.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return StableCheckpoint;
            })();

            v1.Manifest = (function() {

                const Manifest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Manifest.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Manifest.prototype.position = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Manifest.prototype.history = $util.newBuffer([]);
                Manifest.prototype.totalBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Manifest.prototype.chunkBytes = 0;
                Manifest.prototype.chunks = $util.newBuffer([]);

                Manifest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(8).uint64(message.sequence);
                    if (message.position != null && $Object.hasOwnProperty.call(message, "position") && (typeof message.position === "object" ? message.position.low || message.position.high : message.position !== 0))
                        writer.uint32(16).uint64(message.position);
                    if (message.history != null && $Object.hasOwnProperty.call(message, "history") && message.history.length)
                        writer.uint32(26).bytes(message.history);
                    if (message.totalBytes != null && $Object.hasOwnProperty.call(message, "totalBytes") && (typeof message.totalBytes === "object" ? message.totalBytes.low || message.totalBytes.high : message.totalBytes !== 0))
                        writer.uint32(32).uint64(message.totalBytes);
                    if (message.chunkBytes != null && $Object.hasOwnProperty.call(message, "chunkBytes") && message.chunkBytes !== 0)
                        writer.uint32(40).uint32(message.chunkBytes);
                    if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks") && message.chunks.length)
                        writer.uint32(50).bytes(message.chunks);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Manifest.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Manifest();
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
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.position = value;
                                else
                                    delete message.position;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.history = value;
                                else
                                    delete message.history;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.totalBytes = value;
                                else
                                    delete message.totalBytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.chunkBytes = value;
                                else
                                    delete message.chunkBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.chunks = value;
                                else
                                    delete message.chunks;
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

                return Manifest;
            })();

            v1.StableSnapshot = (function() {

                const StableSnapshot = function (properties) {
                    this.votes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                StableSnapshot.prototype.manifest = null;
                StableSnapshot.prototype.votes = $util.emptyArray;

                StableSnapshot.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.manifest != null && $Object.hasOwnProperty.call(message, "manifest"))
                        $root.synod.pbft.v1.Manifest.encode(message.manifest, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.votes != null && message.votes.length)
                        for (let i = 0; i < message.votes.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.votes[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                StableSnapshot.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.StableSnapshot();
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
                                message.manifest = $root.synod.pbft.v1.Manifest.decode(reader, reader.size(), $undefined, _depth + 1, message.manifest);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.votes && message.votes.length))
                                    message.votes = [];
                                message.votes.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return StableSnapshot;
            })();

            v1.Batch = (function() {

                const Batch = function (properties) {
                    this.requests = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Batch.prototype.requests = $util.emptyArray;

                Batch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.requests != null && message.requests.length)
                        for (let i = 0; i < message.requests.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.requests[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Batch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.synod.pbft.v1.Batch();
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
                                if (!(message.requests && message.requests.length))
                                    message.requests = [];
                                message.requests.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return Batch;
            })();

            v1.Envelope = (function() {

                const Envelope = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Envelope.prototype.version = 0;
                Envelope.prototype.prePrepare = null;
                Envelope.prototype.prepare = null;
                Envelope.prototype.commit = null;
                Envelope.prototype.checkpoint = null;
                Envelope.prototype.checkpointProof = null;
                Envelope.prototype.snapshot = null;
                Envelope.prototype.viewChange = null;
                Envelope.prototype.newView = null;
                Envelope.prototype.status = null;
                Envelope.prototype.missing = null;
                Envelope.prototype.relay = null;
                Envelope.prototype.proof = null;
                Envelope.prototype.fetch = null;
                Envelope.prototype.history = null;
                Envelope.prototype.snapshotOffer = null;
                Envelope.prototype.fetchChunk = null;
                Envelope.prototype.snapshotChunk = null;
                Envelope.prototype.helloReply = null;
                Envelope.prototype.complaint = null;
                Envelope.prototype.hello = null;

                let $oneOfFields;

                $Object.defineProperty(Envelope.prototype, "body", {
                    get: $util.oneOfGetter($oneOfFields = ["prePrepare", "prepare", "commit", "checkpoint", "checkpointProof", "snapshot", "viewChange", "newView", "status", "missing", "relay", "proof", "fetch", "history", "snapshotOffer", "fetchChunk", "snapshotChunk", "helloReply", "complaint", "hello"]),
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
                    if (message.prePrepare != null && $Object.hasOwnProperty.call(message, "prePrepare"))
                        $root.synod.pbft.v1.PrePrepare.encode(message.prePrepare, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
                        $root.synod.pbft.v1.Signed.encode(message.prepare, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
                        $root.synod.pbft.v1.Signed.encode(message.commit, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint"))
                        $root.synod.pbft.v1.Signed.encode(message.checkpoint, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.checkpointProof != null && $Object.hasOwnProperty.call(message, "checkpointProof"))
                        $root.synod.pbft.v1.StableCheckpoint.encode(message.checkpointProof, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.pbft.v1.Signed.encode(message.snapshot, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.viewChange != null && $Object.hasOwnProperty.call(message, "viewChange"))
                        $root.synod.pbft.v1.Signed.encode(message.viewChange, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.newView != null && $Object.hasOwnProperty.call(message, "newView"))
                        $root.synod.pbft.v1.Signed.encode(message.newView, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        $root.synod.pbft.v1.Status.encode(message.status, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.missing != null && $Object.hasOwnProperty.call(message, "missing"))
                        $root.synod.pbft.v1.Missing.encode(message.missing, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.relay != null && $Object.hasOwnProperty.call(message, "relay"))
                        $root.synod.pbft.v1.Signed.encode(message.relay, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
                        $root.synod.pbft.v1.Proof.encode(message.proof, writer.uint32(106).fork(), _depth + 1).ldelim();
                    if (message.fetch != null && $Object.hasOwnProperty.call(message, "fetch"))
                        $root.synod.pbft.v1.Fetch.encode(message.fetch, writer.uint32(114).fork(), _depth + 1).ldelim();
                    if (message.history != null && $Object.hasOwnProperty.call(message, "history"))
                        $root.synod.pbft.v1.History.encode(message.history, writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.snapshotOffer != null && $Object.hasOwnProperty.call(message, "snapshotOffer"))
                        $root.synod.pbft.v1.StableSnapshot.encode(message.snapshotOffer, writer.uint32(130).fork(), _depth + 1).ldelim();
                    if (message.fetchChunk != null && $Object.hasOwnProperty.call(message, "fetchChunk"))
                        $root.synod.pbft.v1.FetchChunk.encode(message.fetchChunk, writer.uint32(138).fork(), _depth + 1).ldelim();
                    if (message.snapshotChunk != null && $Object.hasOwnProperty.call(message, "snapshotChunk"))
                        $root.synod.pbft.v1.SnapshotChunk.encode(message.snapshotChunk, writer.uint32(146).fork(), _depth + 1).ldelim();
                    if (message.helloReply != null && $Object.hasOwnProperty.call(message, "helloReply"))
                        $root.synod.pbft.v1.HelloReply.encode(message.helloReply, writer.uint32(162).fork(), _depth + 1).ldelim();
                    if (message.complaint != null && $Object.hasOwnProperty.call(message, "complaint"))
                        $root.synod.pbft.v1.Signed.encode(message.complaint, writer.uint32(170).fork(), _depth + 1).ldelim();
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.synod.pbft.v1.Signed.encode(message.hello, writer.uint32(178).fork(), _depth + 1).ldelim();
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
                    message = _target || new $root.synod.pbft.v1.Envelope();
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
                                message.prePrepare = $root.synod.pbft.v1.PrePrepare.decode(reader, reader.size(), $undefined, _depth + 1, message.prePrepare);
                                message.body = "prePrepare";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.prepare = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
                                message.body = "prepare";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.commit = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.commit);
                                message.body = "commit";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.checkpoint = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.checkpoint);
                                message.body = "checkpoint";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.checkpointProof = $root.synod.pbft.v1.StableCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.checkpointProof);
                                message.body = "checkpointProof";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                message.body = "snapshot";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.viewChange = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.viewChange);
                                message.body = "viewChange";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.newView = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.newView);
                                message.body = "newView";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.status = $root.synod.pbft.v1.Status.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                                message.body = "status";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.missing = $root.synod.pbft.v1.Missing.decode(reader, reader.size(), $undefined, _depth + 1, message.missing);
                                message.body = "missing";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.relay = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.relay);
                                message.body = "relay";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.proof = $root.synod.pbft.v1.Proof.decode(reader, reader.size(), $undefined, _depth + 1, message.proof);
                                message.body = "proof";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.fetch = $root.synod.pbft.v1.Fetch.decode(reader, reader.size(), $undefined, _depth + 1, message.fetch);
                                message.body = "fetch";
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.history = $root.synod.pbft.v1.History.decode(reader, reader.size(), $undefined, _depth + 1, message.history);
                                message.body = "history";
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                message.snapshotOffer = $root.synod.pbft.v1.StableSnapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshotOffer);
                                message.body = "snapshotOffer";
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                message.fetchChunk = $root.synod.pbft.v1.FetchChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.fetchChunk);
                                message.body = "fetchChunk";
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                message.snapshotChunk = $root.synod.pbft.v1.SnapshotChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshotChunk);
                                message.body = "snapshotChunk";
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                message.helloReply = $root.synod.pbft.v1.HelloReply.decode(reader, reader.size(), $undefined, _depth + 1, message.helloReply);
                                message.body = "helloReply";
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                message.complaint = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.complaint);
                                message.body = "complaint";
                                continue;
                            }
                        case 22: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.body = "hello";
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

            v1.PrePrepare = (function() {

                const PrePrepare = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PrePrepare.prototype.proposal = null;
                PrePrepare.prototype.batch = $util.newBuffer([]);

                PrePrepare.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.proposal != null && $Object.hasOwnProperty.call(message, "proposal"))
                        $root.synod.pbft.v1.Signed.encode(message.proposal, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch.length)
                        writer.uint32(18).bytes(message.batch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PrePrepare.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.PrePrepare();
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
                                message.proposal = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.proposal);
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

                return PrePrepare;
            })();

            v1.Status = (function() {

                const Status = function (properties) {
                    this.open = [];
                    this.batches = [];
                    this.viewChanges = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Status.prototype.view = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.active = false;
                Status.prototype.stable = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.executed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.snapshot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.floor = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.open = $util.emptyArray;
                Status.prototype.batches = $util.emptyArray;
                Status.prototype.viewChanges = $util.emptyArray;
                Status.prototype.heard = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.prepared = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Status.prototype.beat = null;

                Status.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.view != null && $Object.hasOwnProperty.call(message, "view") && (typeof message.view === "object" ? message.view.low || message.view.high : message.view !== 0))
                        writer.uint32(8).uint64(message.view);
                    if (message.active != null && $Object.hasOwnProperty.call(message, "active") && message.active !== false)
                        writer.uint32(16).bool(message.active);
                    if (message.stable != null && $Object.hasOwnProperty.call(message, "stable") && (typeof message.stable === "object" ? message.stable.low || message.stable.high : message.stable !== 0))
                        writer.uint32(24).uint64(message.stable);
                    if (message.executed != null && $Object.hasOwnProperty.call(message, "executed") && (typeof message.executed === "object" ? message.executed.low || message.executed.high : message.executed !== 0))
                        writer.uint32(32).uint64(message.executed);
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && (typeof message.snapshot === "object" ? message.snapshot.low || message.snapshot.high : message.snapshot !== 0))
                        writer.uint32(40).uint64(message.snapshot);
                    if (message.floor != null && $Object.hasOwnProperty.call(message, "floor") && (typeof message.floor === "object" ? message.floor.low || message.floor.high : message.floor !== 0))
                        writer.uint32(48).uint64(message.floor);
                    if (message.open != null && message.open.length)
                        for (let i = 0; i < message.open.length; ++i)
                            $root.synod.pbft.v1.Status.OpenSlot.encode(message.open[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.batches != null && message.batches.length)
                        for (let i = 0; i < message.batches.length; ++i)
                            writer.uint32(66).bytes(message.batches[i]);
                    if (message.viewChanges != null && message.viewChanges.length)
                        for (let i = 0; i < message.viewChanges.length; ++i)
                            writer.uint32(74).bytes(message.viewChanges[i]);
                    if (message.heard != null && $Object.hasOwnProperty.call(message, "heard") && (typeof message.heard === "object" ? message.heard.low || message.heard.high : message.heard !== 0))
                        writer.uint32(80).uint64(message.heard);
                    if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared") && (typeof message.prepared === "object" ? message.prepared.low || message.prepared.high : message.prepared !== 0))
                        writer.uint32(88).uint64(message.prepared);
                    if (message.beat != null && $Object.hasOwnProperty.call(message, "beat"))
                        $root.synod.pbft.v1.Beat.encode(message.beat, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Status.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Status();
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
                                    message.view = value;
                                else
                                    delete message.view;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.active = value;
                                else
                                    delete message.active;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.stable = value;
                                else
                                    delete message.stable;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.executed = value;
                                else
                                    delete message.executed;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.snapshot = value;
                                else
                                    delete message.snapshot;
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
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.open && message.open.length))
                                    message.open = [];
                                message.open.push($root.synod.pbft.v1.Status.OpenSlot.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.batches && message.batches.length))
                                    message.batches = [];
                                message.batches.push(reader.bytes());
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.viewChanges && message.viewChanges.length))
                                    message.viewChanges = [];
                                message.viewChanges.push(reader.bytes());
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.heard = value;
                                else
                                    delete message.heard;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.prepared = value;
                                else
                                    delete message.prepared;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.beat = $root.synod.pbft.v1.Beat.decode(reader, reader.size(), $undefined, _depth + 1, message.beat);
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

                Status.OpenSlot = (function() {

                    const OpenSlot = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    OpenSlot.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    OpenSlot.prototype.hasProposal = false;
                    OpenSlot.prototype.prepares = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                    OpenSlot.prototype.commits = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                    OpenSlot.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                            writer.uint32(8).uint64(message.sequence);
                        if (message.hasProposal != null && $Object.hasOwnProperty.call(message, "hasProposal") && message.hasProposal !== false)
                            writer.uint32(16).bool(message.hasProposal);
                        if (message.prepares != null && $Object.hasOwnProperty.call(message, "prepares") && (typeof message.prepares === "object" ? message.prepares.low || message.prepares.high : message.prepares !== 0))
                            writer.uint32(24).uint64(message.prepares);
                        if (message.commits != null && $Object.hasOwnProperty.call(message, "commits") && (typeof message.commits === "object" ? message.commits.low || message.commits.high : message.commits !== 0))
                            writer.uint32(32).uint64(message.commits);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    OpenSlot.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.synod.pbft.v1.Status.OpenSlot();
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
                                        message.sequence = value;
                                    else
                                        delete message.sequence;
                                    continue;
                                }
                            case 2: {
                                    if (wireType !== 0)
                                        break;
                                    if (value = reader.bool())
                                        message.hasProposal = value;
                                    else
                                        delete message.hasProposal;
                                    continue;
                                }
                            case 3: {
                                    if (wireType !== 0)
                                        break;
                                    if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                        message.prepares = value;
                                    else
                                        delete message.prepares;
                                    continue;
                                }
                            case 4: {
                                    if (wireType !== 0)
                                        break;
                                    if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                        message.commits = value;
                                    else
                                        delete message.commits;
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

                    return OpenSlot;
                })();

                return Status;
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
                    message = _target || new $root.synod.pbft.v1.Beat();
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

            v1.Missing = (function() {

                const Missing = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Missing.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Missing.prototype.batch = $util.newBuffer([]);

                Missing.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(8).uint64(message.sequence);
                    if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch.length)
                        writer.uint32(18).bytes(message.batch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Missing.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Missing();
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
                                    message.sequence = value;
                                else
                                    delete message.sequence;
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

                return Missing;
            })();

            v1.Proof = (function() {

                const Proof = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Proof.prototype.first = null;
                Proof.prototype.second = null;

                Proof.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.first != null && $Object.hasOwnProperty.call(message, "first"))
                        $root.synod.pbft.v1.Signed.encode(message.first, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.second != null && $Object.hasOwnProperty.call(message, "second"))
                        $root.synod.pbft.v1.Signed.encode(message.second, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Proof.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Proof();
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
                                message.first = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.first);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.second = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.second);
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

                return Proof;
            })();

            v1.Fetch = (function() {

                const Fetch = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Fetch.prototype.from = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Fetch.prototype.through = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Fetch.prototype.what = 0;

                Fetch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(8).uint64(message.from);
                    if (message.through != null && $Object.hasOwnProperty.call(message, "through") && (typeof message.through === "object" ? message.through.low || message.through.high : message.through !== 0))
                        writer.uint32(16).uint64(message.through);
                    if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== 0)
                        writer.uint32(24).int32(message.what);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Fetch.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Fetch();
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
                                    message.through = value;
                                else
                                    delete message.through;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.what = value;
                                else
                                    delete message.what;
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

                Fetch.What = (function() {
                    const valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "UNSPECIFIED"] = 0;
                    values[valuesById[1] = "DIGESTS"] = 1;
                    values[valuesById[2] = "BATCHES"] = 2;
                    return values;
                })();

                return Fetch;
            })();

            v1.History = (function() {

                const History = function (properties) {
                    this.batches = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                History.prototype.first = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                History.prototype.digests = $util.newBuffer([]);
                History.prototype.batches = $util.emptyArray;

                History.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.first != null && $Object.hasOwnProperty.call(message, "first") && (typeof message.first === "object" ? message.first.low || message.first.high : message.first !== 0))
                        writer.uint32(8).uint64(message.first);
                    if (message.digests != null && $Object.hasOwnProperty.call(message, "digests") && message.digests.length)
                        writer.uint32(18).bytes(message.digests);
                    if (message.batches != null && message.batches.length)
                        for (let i = 0; i < message.batches.length; ++i)
                            writer.uint32(26).bytes(message.batches[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                History.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.History();
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
                                    message.first = value;
                                else
                                    delete message.first;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digests = value;
                                else
                                    delete message.digests;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.batches && message.batches.length))
                                    message.batches = [];
                                message.batches.push(reader.bytes());
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

                return History;
            })();

            v1.FetchChunk = (function() {

                const FetchChunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FetchChunk.prototype.snapshot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FetchChunk.prototype.place = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FetchChunk.prototype.chunkBytes = 0;

                FetchChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && (typeof message.snapshot === "object" ? message.snapshot.low || message.snapshot.high : message.snapshot !== 0))
                        writer.uint32(8).uint64(message.snapshot);
                    if (message.place != null && $Object.hasOwnProperty.call(message, "place") && (typeof message.place === "object" ? message.place.low || message.place.high : message.place !== 0))
                        writer.uint32(16).uint64(message.place);
                    if (message.chunkBytes != null && $Object.hasOwnProperty.call(message, "chunkBytes") && message.chunkBytes !== 0)
                        writer.uint32(24).uint32(message.chunkBytes);
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
                    message = _target || new $root.synod.pbft.v1.FetchChunk();
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
                                    message.snapshot = value;
                                else
                                    delete message.snapshot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.place = value;
                                else
                                    delete message.place;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.chunkBytes = value;
                                else
                                    delete message.chunkBytes;
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

                SnapshotChunk.prototype.snapshot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SnapshotChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SnapshotChunk.prototype.totalBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SnapshotChunk.prototype.bytes = $util.newBuffer([]);
                SnapshotChunk.prototype.checksum = 0;

                SnapshotChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && (typeof message.snapshot === "object" ? message.snapshot.low || message.snapshot.high : message.snapshot !== 0))
                        writer.uint32(8).uint64(message.snapshot);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                        writer.uint32(16).uint64(message.offset);
                    if (message.totalBytes != null && $Object.hasOwnProperty.call(message, "totalBytes") && (typeof message.totalBytes === "object" ? message.totalBytes.low || message.totalBytes.high : message.totalBytes !== 0))
                        writer.uint32(24).uint64(message.totalBytes);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes.length)
                        writer.uint32(34).bytes(message.bytes);
                    if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum") && message.checksum !== 0)
                        writer.uint32(40).uint32(message.checksum);
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
                    message = _target || new $root.synod.pbft.v1.SnapshotChunk();
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
                                    message.snapshot = value;
                                else
                                    delete message.snapshot;
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
                                    message.totalBytes = value;
                                else
                                    delete message.totalBytes;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 5: {
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

                return SnapshotChunk;
            })();

            v1.HelloReply = (function() {

                const HelloReply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                HelloReply.prototype.standing = null;
                HelloReply.prototype.stable = null;

                HelloReply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing"))
                        $root.synod.pbft.v1.Signed.encode(message.standing, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.stable != null && $Object.hasOwnProperty.call(message, "stable"))
                        $root.synod.pbft.v1.StableCheckpoint.encode(message.stable, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                HelloReply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.HelloReply();
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
                                message.standing = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.standing);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.stable = $root.synod.pbft.v1.StableCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.stable);
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

                return HelloReply;
            })();

            v1.Reply = (function() {

                const Reply = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Reply.prototype.reply = $util.newBuffer([]);
                Reply.prototype.replies = null;
                Reply.prototype.place = 0;
                Reply.prototype.path = $util.newBuffer([]);

                Reply.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reply != null && $Object.hasOwnProperty.call(message, "reply") && message.reply.length)
                        writer.uint32(10).bytes(message.reply);
                    if (message.replies != null && $Object.hasOwnProperty.call(message, "replies"))
                        $root.synod.pbft.v1.Signed.encode(message.replies, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.place != null && $Object.hasOwnProperty.call(message, "place") && message.place !== 0)
                        writer.uint32(24).uint32(message.place);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                        writer.uint32(34).bytes(message.path);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Reply.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Reply();
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
                                if ((value = reader.bytes()).length)
                                    message.reply = value;
                                else
                                    delete message.reply;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.replies = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.replies);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.place = value;
                                else
                                    delete message.place;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.path = value;
                                else
                                    delete message.path;
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

                return Reply;
            })();

            v1.StandingRecord = (function() {

                const StandingRecord = function (properties) {
                    this.founders = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                StandingRecord.prototype.standing = 0;
                StandingRecord.prototype.floor = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                StandingRecord.prototype.founders = $util.emptyArray;
                StandingRecord.prototype.firstView = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                StandingRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing") && message.standing !== 0)
                        writer.uint32(8).int32(message.standing);
                    if (message.floor != null && $Object.hasOwnProperty.call(message, "floor") && (typeof message.floor === "object" ? message.floor.low || message.floor.high : message.floor !== 0))
                        writer.uint32(16).uint64(message.floor);
                    if (message.founders != null && message.founders.length)
                        for (let i = 0; i < message.founders.length; ++i)
                            $root.synod.pbft.v1.StandingRecord.Founder.encode(message.founders[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.firstView != null && $Object.hasOwnProperty.call(message, "firstView") && (typeof message.firstView === "object" ? message.firstView.low || message.firstView.high : message.firstView !== 0))
                        writer.uint32(32).uint64(message.firstView);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                StandingRecord.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.StandingRecord();
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
                                if (value = reader.int32())
                                    message.standing = value;
                                else
                                    delete message.standing;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.floor = value;
                                else
                                    delete message.floor;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.founders && message.founders.length))
                                    message.founders = [];
                                message.founders.push($root.synod.pbft.v1.StandingRecord.Founder.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstView = value;
                                else
                                    delete message.firstView;
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

                StandingRecord.Founder = (function() {

                    const Founder = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    Founder.prototype.member = "";
                    Founder.prototype.incarnation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                    Founder.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.member != null && $Object.hasOwnProperty.call(message, "member") && message.member !== "")
                            writer.uint32(10).string(message.member);
                        if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && (typeof message.incarnation === "object" ? message.incarnation.low || message.incarnation.high : message.incarnation !== 0))
                            writer.uint32(16).uint64(message.incarnation);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    Founder.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.synod.pbft.v1.StandingRecord.Founder();
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
                                        message.member = value;
                                    else
                                        delete message.member;
                                    continue;
                                }
                            case 2: {
                                    if (wireType !== 0)
                                        break;
                                    if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                        message.incarnation = value;
                                    else
                                        delete message.incarnation;
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

                    return Founder;
                })();

                return StandingRecord;
            })();

            v1.BatchRecord = (function() {

                const BatchRecord = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                BatchRecord.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                BatchRecord.prototype.batch = $util.newBuffer([]);
                BatchRecord.prototype.executed = false;

                BatchRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(8).uint64(message.sequence);
                    if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch.length)
                        writer.uint32(18).bytes(message.batch);
                    if (message.executed != null && $Object.hasOwnProperty.call(message, "executed") && message.executed !== false)
                        writer.uint32(24).bool(message.executed);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                BatchRecord.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.BatchRecord();
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
                                    message.sequence = value;
                                else
                                    delete message.sequence;
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
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.executed = value;
                                else
                                    delete message.executed;
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

                return BatchRecord;
            })();

            v1.NewViewRecord = (function() {

                const NewViewRecord = function (properties) {
                    this.viewChanges = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                NewViewRecord.prototype.newView = null;
                NewViewRecord.prototype.viewChanges = $util.emptyArray;

                NewViewRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.newView != null && $Object.hasOwnProperty.call(message, "newView"))
                        $root.synod.pbft.v1.Signed.encode(message.newView, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.viewChanges != null && message.viewChanges.length)
                        for (let i = 0; i < message.viewChanges.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.viewChanges[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                NewViewRecord.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.NewViewRecord();
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
                                message.newView = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.newView);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.viewChanges && message.viewChanges.length))
                                    message.viewChanges = [];
                                message.viewChanges.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return NewViewRecord;
            })();

            v1.SnapshotMark = (function() {

                const SnapshotMark = function (properties) {
                    this.votes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SnapshotMark.prototype.snapshot = null;
                SnapshotMark.prototype.standing = null;
                SnapshotMark.prototype.stable = null;
                SnapshotMark.prototype.viewChange = null;
                SnapshotMark.prototype.newView = null;
                SnapshotMark.prototype.votes = $util.emptyArray;

                SnapshotMark.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.pbft.v1.StableSnapshot.encode(message.snapshot, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.standing != null && $Object.hasOwnProperty.call(message, "standing"))
                        $root.synod.pbft.v1.StandingRecord.encode(message.standing, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.stable != null && $Object.hasOwnProperty.call(message, "stable"))
                        $root.synod.pbft.v1.StableCheckpoint.encode(message.stable, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.viewChange != null && $Object.hasOwnProperty.call(message, "viewChange"))
                        $root.synod.pbft.v1.Signed.encode(message.viewChange, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.newView != null && $Object.hasOwnProperty.call(message, "newView"))
                        $root.synod.pbft.v1.NewViewRecord.encode(message.newView, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.votes != null && message.votes.length)
                        for (let i = 0; i < message.votes.length; ++i)
                            $root.synod.pbft.v1.Signed.encode(message.votes[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SnapshotMark.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.SnapshotMark();
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
                                message.snapshot = $root.synod.pbft.v1.StableSnapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.standing = $root.synod.pbft.v1.StandingRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.standing);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.stable = $root.synod.pbft.v1.StableCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.stable);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.viewChange = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.viewChange);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.newView = $root.synod.pbft.v1.NewViewRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.newView);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.votes && message.votes.length))
                                    message.votes = [];
                                message.votes.push($root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return SnapshotMark;
            })();

            v1.Certificate = (function() {

                const Certificate = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Certificate.prototype.version = 0;
                Certificate.prototype.prepared = null;
                Certificate.prototype.checkpoint = null;
                Certificate.prototype.snapshot = null;
                Certificate.prototype.newView = null;
                Certificate.prototype.reply = null;
                Certificate.prototype.equivocation = null;

                let $oneOfFields;

                $Object.defineProperty(Certificate.prototype, "certificate", {
                    get: $util.oneOfGetter($oneOfFields = ["prepared", "checkpoint", "snapshot", "newView", "reply", "equivocation"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Certificate.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                        writer.uint32(8).uint32(message.version);
                    if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared"))
                        $root.synod.pbft.v1.Prepared.encode(message.prepared, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint"))
                        $root.synod.pbft.v1.StableCheckpoint.encode(message.checkpoint, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.synod.pbft.v1.StableSnapshot.encode(message.snapshot, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.newView != null && $Object.hasOwnProperty.call(message, "newView"))
                        $root.synod.pbft.v1.NewViewRecord.encode(message.newView, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.reply != null && $Object.hasOwnProperty.call(message, "reply"))
                        $root.synod.pbft.v1.ReplyCertificate.encode(message.reply, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.equivocation != null && $Object.hasOwnProperty.call(message, "equivocation"))
                        $root.synod.pbft.v1.Proof.encode(message.equivocation, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Certificate.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.Certificate();
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
                                message.prepared = $root.synod.pbft.v1.Prepared.decode(reader, reader.size(), $undefined, _depth + 1, message.prepared);
                                message.certificate = "prepared";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.checkpoint = $root.synod.pbft.v1.StableCheckpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.checkpoint);
                                message.certificate = "checkpoint";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.synod.pbft.v1.StableSnapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                message.certificate = "snapshot";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.newView = $root.synod.pbft.v1.NewViewRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.newView);
                                message.certificate = "newView";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.reply = $root.synod.pbft.v1.ReplyCertificate.decode(reader, reader.size(), $undefined, _depth + 1, message.reply);
                                message.certificate = "reply";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.equivocation = $root.synod.pbft.v1.Proof.decode(reader, reader.size(), $undefined, _depth + 1, message.equivocation);
                                message.certificate = "equivocation";
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

                return Certificate;
            })();

            v1.ReplyCertificate = (function() {

                const ReplyCertificate = function (properties) {
                    this.answers = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ReplyCertificate.prototype.request = null;
                ReplyCertificate.prototype.read = $util.newBuffer([]);
                ReplyCertificate.prototype.results = $util.newBuffer([]);
                ReplyCertificate.prototype.answers = $util.emptyArray;

                ReplyCertificate.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                        $root.synod.pbft.v1.Signed.encode(message.request, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.read != null && $Object.hasOwnProperty.call(message, "read") && message.read.length)
                        writer.uint32(18).bytes(message.read);
                    if (message.results != null && $Object.hasOwnProperty.call(message, "results") && message.results.length)
                        writer.uint32(26).bytes(message.results);
                    if (message.answers != null && message.answers.length)
                        for (let i = 0; i < message.answers.length; ++i)
                            $root.synod.pbft.v1.ReplyCertificate.Answer.encode(message.answers[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ReplyCertificate.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.synod.pbft.v1.ReplyCertificate();
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
                                message.request = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.read = value;
                                else
                                    delete message.read;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.results = value;
                                else
                                    delete message.results;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.answers && message.answers.length))
                                    message.answers = [];
                                message.answers.push($root.synod.pbft.v1.ReplyCertificate.Answer.decode(reader, reader.size(), $undefined, _depth + 1));
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

                ReplyCertificate.Answer = (function() {

                    const Answer = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    Answer.prototype.replies = null;
                    Answer.prototype.place = 0;
                    Answer.prototype.path = $util.newBuffer([]);
                    Answer.prototype.index = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                    Answer.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.replies != null && $Object.hasOwnProperty.call(message, "replies"))
                            $root.synod.pbft.v1.Signed.encode(message.replies, writer.uint32(10).fork(), _depth + 1).ldelim();
                        if (message.place != null && $Object.hasOwnProperty.call(message, "place") && message.place !== 0)
                            writer.uint32(16).uint32(message.place);
                        if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                            writer.uint32(26).bytes(message.path);
                        if (message.index != null && $Object.hasOwnProperty.call(message, "index") && (typeof message.index === "object" ? message.index.low || message.index.high : message.index !== 0))
                            writer.uint32(32).uint64(message.index);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    Answer.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.synod.pbft.v1.ReplyCertificate.Answer();
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
                                    message.replies = $root.synod.pbft.v1.Signed.decode(reader, reader.size(), $undefined, _depth + 1, message.replies);
                                    continue;
                                }
                            case 2: {
                                    if (wireType !== 0)
                                        break;
                                    if (value = reader.uint32())
                                        message.place = value;
                                    else
                                        delete message.place;
                                    continue;
                                }
                            case 3: {
                                    if (wireType !== 2)
                                        break;
                                    if ((value = reader.bytes()).length)
                                        message.path = value;
                                    else
                                        delete message.path;
                                    continue;
                                }
                            case 4: {
                                    if (wireType !== 0)
                                        break;
                                    if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                        message.index = value;
                                    else
                                        delete message.index;
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

                    return Answer;
                })();

                return ReplyCertificate;
            })();

            return v1;
        })();

        return pbft;
    })();

    return synod;
})();

export {
  $root as default
};
