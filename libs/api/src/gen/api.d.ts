import * as $protobuf from "./protobuf.js";

/** Namespace synod. */
export namespace synod {

    /** Namespace api. */
    namespace api {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a RequestBatch.
             * @deprecated Use synod.api.v1.RequestBatch.$Properties instead.
             */
            interface IRequestBatch extends synod.api.v1.RequestBatch.$Properties {
            }

            /** Represents a RequestBatch. */
            class RequestBatch {

                /**
                 * Constructs a new RequestBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.RequestBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RequestBatch version. */
                version: number;

                /** RequestBatch client. */
                client: string;

                /** RequestBatch session. */
                session: number;

                /** RequestBatch sequence. */
                sequence: number;

                /** RequestBatch acknowledgedThrough. */
                acknowledgedThrough: number;

                /** RequestBatch operations. */
                operations: Uint8Array[];

                /**
                 * Encodes the specified RequestBatch message. Does not implicitly {@link synod.api.v1.RequestBatch.verify|verify} messages.
                 * @param message RequestBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.RequestBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RequestBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.RequestBatch & synod.api.v1.RequestBatch.$Shape} RequestBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.RequestBatch & synod.api.v1.RequestBatch.$Shape;
            }

            namespace RequestBatch {

                /** Properties of a RequestBatch. */
                interface $Properties {

                    /** RequestBatch version */
                    version?: (number|null);

                    /** RequestBatch client */
                    client?: (string|null);

                    /** RequestBatch session */
                    session?: (number|null);

                    /** RequestBatch sequence */
                    sequence?: (number|null);

                    /** RequestBatch acknowledgedThrough */
                    acknowledgedThrough?: (number|null);

                    /** RequestBatch operations */
                    operations?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RequestBatch. */
                type $Shape = synod.api.v1.RequestBatch.$Properties;
            }

            /**
             * Properties of a ReadBatch.
             * @deprecated Use synod.api.v1.ReadBatch.$Properties instead.
             */
            interface IReadBatch extends synod.api.v1.ReadBatch.$Properties {
            }

            /** Represents a ReadBatch. */
            class ReadBatch {

                /**
                 * Constructs a new ReadBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.ReadBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReadBatch version. */
                version: number;

                /** ReadBatch client. */
                client: string;

                /** ReadBatch sequence. */
                sequence: number;

                /** ReadBatch level. */
                level: synod.api.v1.ReadBatch.Level;

                /** ReadBatch maxAgeMs. */
                maxAgeMs: number;

                /** ReadBatch queries. */
                queries: Uint8Array[];

                /**
                 * Encodes the specified ReadBatch message. Does not implicitly {@link synod.api.v1.ReadBatch.verify|verify} messages.
                 * @param message ReadBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.ReadBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReadBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.ReadBatch & synod.api.v1.ReadBatch.$Shape} ReadBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.ReadBatch & synod.api.v1.ReadBatch.$Shape;
            }

            namespace ReadBatch {

                /** Properties of a ReadBatch. */
                interface $Properties {

                    /** ReadBatch version */
                    version?: (number|null);

                    /** ReadBatch client */
                    client?: (string|null);

                    /** ReadBatch sequence */
                    sequence?: (number|null);

                    /** ReadBatch level */
                    level?: (synod.api.v1.ReadBatch.Level|null);

                    /** ReadBatch maxAgeMs */
                    maxAgeMs?: (number|null);

                    /** ReadBatch queries */
                    queries?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReadBatch. */
                type $Shape = synod.api.v1.ReadBatch.$Properties;

                /** Level enum. */
                enum Level {

                    /** LINEARIZABLE value */
                    LINEARIZABLE = 0,

                    /** STALE value */
                    STALE = 1,

                    /** DISCOVER value */
                    DISCOVER = 2
                }
            }

            /**
             * Properties of a Decide.
             * @deprecated Use synod.api.v1.Decide.$Properties instead.
             */
            interface IDecide extends synod.api.v1.Decide.$Properties {
            }

            /** Represents a Decide. */
            class Decide {

                /**
                 * Constructs a new Decide.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Decide.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Decide version. */
                version: number;

                /** Decide client. */
                client: string;

                /** Decide sequence. */
                sequence: number;

                /** Decide key. */
                key: string;

                /** Decide value. */
                value?: (Uint8Array|null);

                /**
                 * Encodes the specified Decide message. Does not implicitly {@link synod.api.v1.Decide.verify|verify} messages.
                 * @param message Decide message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Decide.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Decide message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Decide & synod.api.v1.Decide.$Shape} Decide
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Decide & synod.api.v1.Decide.$Shape;
            }

            namespace Decide {

                /** Properties of a Decide. */
                interface $Properties {

                    /** Decide version */
                    version?: (number|null);

                    /** Decide client */
                    client?: (string|null);

                    /** Decide sequence */
                    sequence?: (number|null);

                    /** Decide key */
                    key?: (string|null);

                    /** Decide value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Decide. */
                type $Shape = synod.api.v1.Decide.$Properties;
            }

            /**
             * Properties of a Reconfigure.
             * @deprecated Use synod.api.v1.Reconfigure.$Properties instead.
             */
            interface IReconfigure extends synod.api.v1.Reconfigure.$Properties {
            }

            /** Represents a Reconfigure. */
            class Reconfigure {

                /**
                 * Constructs a new Reconfigure.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Reconfigure.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reconfigure version. */
                version: number;

                /** Reconfigure client. */
                client: string;

                /** Reconfigure sequence. */
                sequence: number;

                /** Reconfigure setVersion. */
                setVersion: number;

                /** Reconfigure add. */
                add: string[];

                /** Reconfigure remove. */
                remove: string[];

                /** Reconfigure phase1. */
                phase1: number;

                /** Reconfigure phase2. */
                phase2: number;

                /** Reconfigure force. */
                force: boolean;

                /**
                 * Encodes the specified Reconfigure message. Does not implicitly {@link synod.api.v1.Reconfigure.verify|verify} messages.
                 * @param message Reconfigure message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Reconfigure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reconfigure message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Reconfigure & synod.api.v1.Reconfigure.$Shape} Reconfigure
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Reconfigure & synod.api.v1.Reconfigure.$Shape;
            }

            namespace Reconfigure {

                /** Properties of a Reconfigure. */
                interface $Properties {

                    /** Reconfigure version */
                    version?: (number|null);

                    /** Reconfigure client */
                    client?: (string|null);

                    /** Reconfigure sequence */
                    sequence?: (number|null);

                    /** Reconfigure setVersion */
                    setVersion?: (number|null);

                    /** Reconfigure add */
                    add?: (string[]|null);

                    /** Reconfigure remove */
                    remove?: (string[]|null);

                    /** Reconfigure phase1 */
                    phase1?: (number|null);

                    /** Reconfigure phase2 */
                    phase2?: (number|null);

                    /** Reconfigure force */
                    force?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reconfigure. */
                type $Shape = synod.api.v1.Reconfigure.$Properties;
            }

            /**
             * Properties of a Reply.
             * @deprecated Use synod.api.v1.Reply.$Properties instead.
             */
            interface IReply extends synod.api.v1.Reply.$Properties {
            }

            /** Represents a Reply. */
            class Reply {

                /**
                 * Constructs a new Reply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Reply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reply version. */
                version: number;

                /** Reply session. */
                session: number;

                /** Reply sequence. */
                sequence: number;

                /** Reply results. */
                results?: (synod.api.v1.Results.$Properties|null);

                /** Reply refusal. */
                refusal?: (synod.api.v1.Refusal.$Properties|null);

                /** Reply discovery. */
                discovery?: (synod.api.v1.Discovery.$Properties|null);

                /** Reply reconfigured. */
                reconfigured?: (synod.api.v1.Reconfigured.$Properties|null);

                /** Reply decided. */
                decided?: (synod.api.v1.Decided.$Properties|null);

                /** Reply index. */
                index: number;

                /** Reply term. */
                term: number;

                /** Reply ageMs. */
                ageMs: number;

                /** Reply traceId. */
                traceId: Uint8Array;

                /** Reply answer. */
                answer?: ("results"|"refusal"|"discovery"|"reconfigured"|"decided");

                /**
                 * Encodes the specified Reply message. Does not implicitly {@link synod.api.v1.Reply.verify|verify} messages.
                 * @param message Reply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Reply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Reply & synod.api.v1.Reply.$Shape} Reply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Reply & synod.api.v1.Reply.$Shape;
            }

            namespace Reply {

                /** Properties of a Reply. */
                interface $Properties {

                    /** Reply version */
                    version?: (number|null);

                    /** Reply session */
                    session?: (number|null);

                    /** Reply sequence */
                    sequence?: (number|null);

                    /** Reply results */
                    results?: (synod.api.v1.Results.$Properties|null);

                    /** Reply refusal */
                    refusal?: (synod.api.v1.Refusal.$Properties|null);

                    /** Reply discovery */
                    discovery?: (synod.api.v1.Discovery.$Properties|null);

                    /** Reply reconfigured */
                    reconfigured?: (synod.api.v1.Reconfigured.$Properties|null);

                    /** Reply decided */
                    decided?: (synod.api.v1.Decided.$Properties|null);

                    /** Reply index */
                    index?: (number|null);

                    /** Reply term */
                    term?: (number|null);

                    /** Reply ageMs */
                    ageMs?: (number|null);

                    /** Reply traceId */
                    traceId?: (Uint8Array|null);

                    /** Reply answer */
                    answer?: ("results"|"refusal"|"discovery"|"reconfigured"|"decided");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Reply. */
                type $Shape = {
                  version?: number|null;
                  session?: number|null;
                  sequence?: number|null;
                  results?: synod.api.v1.Results.$Shape|null;
                  refusal?: synod.api.v1.Refusal.$Shape|null;
                  discovery?: synod.api.v1.Discovery.$Shape|null;
                  reconfigured?: synod.api.v1.Reconfigured.$Shape|null;
                  decided?: synod.api.v1.Decided.$Shape|null;
                  index?: number|null;
                  term?: number|null;
                  ageMs?: number|null;
                  traceId?: Uint8Array|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ answer?: undefined; results?: null; refusal?: null; discovery?: null; reconfigured?: null; decided?: null }|{ answer?: "results"; results: synod.api.v1.Results.$Shape; refusal?: null; discovery?: null; reconfigured?: null; decided?: null }|{ answer?: "refusal"; results?: null; refusal: synod.api.v1.Refusal.$Shape; discovery?: null; reconfigured?: null; decided?: null }|{ answer?: "discovery"; results?: null; refusal?: null; discovery: synod.api.v1.Discovery.$Shape; reconfigured?: null; decided?: null }|{ answer?: "reconfigured"; results?: null; refusal?: null; discovery?: null; reconfigured: synod.api.v1.Reconfigured.$Shape; decided?: null }|{ answer?: "decided"; results?: null; refusal?: null; discovery?: null; reconfigured?: null; decided: synod.api.v1.Decided.$Shape })
                );
            }

            /**
             * Properties of a Results.
             * @deprecated Use synod.api.v1.Results.$Properties instead.
             */
            interface IResults extends synod.api.v1.Results.$Properties {
            }

            /** Represents a Results. */
            class Results {

                /**
                 * Constructs a new Results.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Results.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Results results. */
                results: Uint8Array[];

                /** Results sessionError. */
                sessionError: synod.api.v1.SessionError;

                /** Results openFrom. */
                openFrom: number;

                /**
                 * Encodes the specified Results message. Does not implicitly {@link synod.api.v1.Results.verify|verify} messages.
                 * @param message Results message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Results.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Results message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Results & synod.api.v1.Results.$Shape} Results
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Results & synod.api.v1.Results.$Shape;
            }

            namespace Results {

                /** Properties of a Results. */
                interface $Properties {

                    /** Results results */
                    results?: (Uint8Array[]|null);

                    /** Results sessionError */
                    sessionError?: (synod.api.v1.SessionError|null);

                    /** Results openFrom */
                    openFrom?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Results. */
                type $Shape = synod.api.v1.Results.$Properties;
            }

            /** SessionError enum. */
            enum SessionError {

                /** SESSION_OK value */
                SESSION_OK = 0,

                /** SESSION_EXPIRED value */
                SESSION_EXPIRED = 1,

                /** SESSION_SEQUENCE_REUSED value */
                SESSION_SEQUENCE_REUSED = 2,

                /** SESSION_WINDOW_EXCEEDED value */
                SESSION_WINDOW_EXCEEDED = 3,

                /** SESSION_ALREADY_ACKNOWLEDGED value */
                SESSION_ALREADY_ACKNOWLEDGED = 4,

                /** SESSION_MALFORMED value */
                SESSION_MALFORMED = 5
            }

            /**
             * Properties of a Refusal.
             * @deprecated Use synod.api.v1.Refusal.$Properties instead.
             */
            interface IRefusal extends synod.api.v1.Refusal.$Properties {
            }

            /** Represents a Refusal. */
            class Refusal {

                /**
                 * Constructs a new Refusal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Refusal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Refusal reason. */
                reason: synod.api.v1.Reason;

                /** Refusal leader. */
                leader: string;

                /** Refusal retryAfterMs. */
                retryAfterMs: number;

                /** Refusal detail. */
                detail: string;

                /**
                 * Encodes the specified Refusal message. Does not implicitly {@link synod.api.v1.Refusal.verify|verify} messages.
                 * @param message Refusal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Refusal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Refusal & synod.api.v1.Refusal.$Shape} Refusal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Refusal & synod.api.v1.Refusal.$Shape;
            }

            namespace Refusal {

                /** Properties of a Refusal. */
                interface $Properties {

                    /** Refusal reason */
                    reason?: (synod.api.v1.Reason|null);

                    /** Refusal leader */
                    leader?: (string|null);

                    /** Refusal retryAfterMs */
                    retryAfterMs?: (number|null);

                    /** Refusal detail */
                    detail?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Refusal. */
                type $Shape = synod.api.v1.Refusal.$Properties;
            }

            /** Reason enum. */
            enum Reason {

                /** REASON_UNSPECIFIED value */
                REASON_UNSPECIFIED = 0,

                /** NOT_LEADER value */
                NOT_LEADER = 1,

                /** OVERLOADED value */
                OVERLOADED = 2,

                /** TOO_LARGE value */
                TOO_LARGE = 3,

                /** NO_QUORUM value */
                NO_QUORUM = 4,

                /** UNAVAILABLE value */
                UNAVAILABLE = 5,

                /** LOST value */
                LOST = 6,

                /** UNAUTHORIZED value */
                UNAUTHORIZED = 7,

                /** MALFORMED value */
                MALFORMED = 8,

                /** STEPPED_DOWN value */
                STEPPED_DOWN = 9
            }

            /**
             * Properties of a Discovery.
             * @deprecated Use synod.api.v1.Discovery.$Properties instead.
             */
            interface IDiscovery extends synod.api.v1.Discovery.$Properties {
            }

            /** Represents a Discovery. */
            class Discovery {

                /**
                 * Constructs a new Discovery.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Discovery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Discovery replica. */
                replica: string;

                /** Discovery protocol. */
                protocol: string;

                /** Discovery role. */
                role: string;

                /** Discovery leader. */
                leader: string;

                /** Discovery members. */
                members: string[];

                /** Discovery kinds. */
                kinds: string[];

                /**
                 * Encodes the specified Discovery message. Does not implicitly {@link synod.api.v1.Discovery.verify|verify} messages.
                 * @param message Discovery message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Discovery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Discovery message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Discovery & synod.api.v1.Discovery.$Shape} Discovery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Discovery & synod.api.v1.Discovery.$Shape;
            }

            namespace Discovery {

                /** Properties of a Discovery. */
                interface $Properties {

                    /** Discovery replica */
                    replica?: (string|null);

                    /** Discovery protocol */
                    protocol?: (string|null);

                    /** Discovery role */
                    role?: (string|null);

                    /** Discovery leader */
                    leader?: (string|null);

                    /** Discovery members */
                    members?: (string[]|null);

                    /** Discovery kinds */
                    kinds?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Discovery. */
                type $Shape = synod.api.v1.Discovery.$Properties;
            }

            /**
             * Properties of a Decided.
             * @deprecated Use synod.api.v1.Decided.$Properties instead.
             */
            interface IDecided extends synod.api.v1.Decided.$Properties {
            }

            /** Represents a Decided. */
            class Decided {

                /**
                 * Constructs a new Decided.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Decided.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Decided value. */
                value?: (Uint8Array|null);

                /**
                 * Encodes the specified Decided message. Does not implicitly {@link synod.api.v1.Decided.verify|verify} messages.
                 * @param message Decided message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Decided.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Decided message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Decided & synod.api.v1.Decided.$Shape} Decided
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Decided & synod.api.v1.Decided.$Shape;
            }

            namespace Decided {

                /** Properties of a Decided. */
                interface $Properties {

                    /** Decided value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Decided. */
                type $Shape = synod.api.v1.Decided.$Properties;
            }

            /**
             * Properties of a Reconfigured.
             * @deprecated Use synod.api.v1.Reconfigured.$Properties instead.
             */
            interface IReconfigured extends synod.api.v1.Reconfigured.$Properties {
            }

            /** Represents a Reconfigured. */
            class Reconfigured {

                /**
                 * Constructs a new Reconfigured.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Reconfigured.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reconfigured setVersion. */
                setVersion: number;

                /** Reconfigured acceptors. */
                acceptors: synod.api.v1.Acceptor.$Properties[];

                /** Reconfigured phase1. */
                phase1: number;

                /** Reconfigured phase2. */
                phase2: number;

                /** Reconfigured from. */
                from: number;

                /**
                 * Encodes the specified Reconfigured message. Does not implicitly {@link synod.api.v1.Reconfigured.verify|verify} messages.
                 * @param message Reconfigured message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Reconfigured.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reconfigured message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Reconfigured & synod.api.v1.Reconfigured.$Shape} Reconfigured
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Reconfigured & synod.api.v1.Reconfigured.$Shape;
            }

            namespace Reconfigured {

                /** Properties of a Reconfigured. */
                interface $Properties {

                    /** Reconfigured setVersion */
                    setVersion?: (number|null);

                    /** Reconfigured acceptors */
                    acceptors?: (synod.api.v1.Acceptor.$Properties[]|null);

                    /** Reconfigured phase1 */
                    phase1?: (number|null);

                    /** Reconfigured phase2 */
                    phase2?: (number|null);

                    /** Reconfigured from */
                    from?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reconfigured. */
                type $Shape = synod.api.v1.Reconfigured.$Properties;
            }

            /**
             * Properties of an Acceptor.
             * @deprecated Use synod.api.v1.Acceptor.$Properties instead.
             */
            interface IAcceptor extends synod.api.v1.Acceptor.$Properties {
            }

            /** Represents an Acceptor. */
            class Acceptor {

                /**
                 * Constructs a new Acceptor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Acceptor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Acceptor address. */
                address: string;

                /** Acceptor disk. */
                disk: number;

                /**
                 * Encodes the specified Acceptor message. Does not implicitly {@link synod.api.v1.Acceptor.verify|verify} messages.
                 * @param message Acceptor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Acceptor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Acceptor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Acceptor & synod.api.v1.Acceptor.$Shape} Acceptor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Acceptor & synod.api.v1.Acceptor.$Shape;
            }

            namespace Acceptor {

                /** Properties of an Acceptor. */
                interface $Properties {

                    /** Acceptor address */
                    address?: (string|null);

                    /** Acceptor disk */
                    disk?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Acceptor. */
                type $Shape = synod.api.v1.Acceptor.$Properties;
            }

            /**
             * Properties of a BackupOperation.
             * @deprecated Use synod.api.v1.BackupOperation.$Properties instead.
             */
            interface IBackupOperation extends synod.api.v1.BackupOperation.$Properties {
            }

            /** Represents a BackupOperation. */
            class BackupOperation {

                /**
                 * Constructs a new BackupOperation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupOperation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupOperation freeze. */
                freeze?: (synod.api.v1.BackupFreeze.$Properties|null);

                /** BackupOperation thaw. */
                thaw?: (synod.api.v1.BackupThaw.$Properties|null);

                /** BackupOperation begin. */
                begin?: (synod.api.v1.BackupBegin.$Properties|null);

                /** BackupOperation load. */
                load?: (synod.api.v1.BackupLoad.$Properties|null);

                /** BackupOperation finish. */
                finish?: (synod.api.v1.BackupFinish.$Properties|null);

                /** BackupOperation abandon. */
                abandon?: (synod.api.v1.BackupAbandon.$Properties|null);

                /** BackupOperation operation. */
                operation?: ("freeze"|"thaw"|"begin"|"load"|"finish"|"abandon");

                /**
                 * Encodes the specified BackupOperation message. Does not implicitly {@link synod.api.v1.BackupOperation.verify|verify} messages.
                 * @param message BackupOperation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupOperation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupOperation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupOperation & synod.api.v1.BackupOperation.$Shape} BackupOperation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupOperation & synod.api.v1.BackupOperation.$Shape;
            }

            namespace BackupOperation {

                /** Properties of a BackupOperation. */
                interface $Properties {

                    /** BackupOperation freeze */
                    freeze?: (synod.api.v1.BackupFreeze.$Properties|null);

                    /** BackupOperation thaw */
                    thaw?: (synod.api.v1.BackupThaw.$Properties|null);

                    /** BackupOperation begin */
                    begin?: (synod.api.v1.BackupBegin.$Properties|null);

                    /** BackupOperation load */
                    load?: (synod.api.v1.BackupLoad.$Properties|null);

                    /** BackupOperation finish */
                    finish?: (synod.api.v1.BackupFinish.$Properties|null);

                    /** BackupOperation abandon */
                    abandon?: (synod.api.v1.BackupAbandon.$Properties|null);

                    /** BackupOperation operation */
                    operation?: ("freeze"|"thaw"|"begin"|"load"|"finish"|"abandon");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a BackupOperation. */
                type $Shape = {
                  freeze?: synod.api.v1.BackupFreeze.$Shape|null;
                  thaw?: synod.api.v1.BackupThaw.$Shape|null;
                  begin?: synod.api.v1.BackupBegin.$Shape|null;
                  load?: synod.api.v1.BackupLoad.$Shape|null;
                  finish?: synod.api.v1.BackupFinish.$Shape|null;
                  abandon?: synod.api.v1.BackupAbandon.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ operation?: undefined; freeze?: null; thaw?: null; begin?: null; load?: null; finish?: null; abandon?: null }|{ operation?: "freeze"; freeze: synod.api.v1.BackupFreeze.$Shape; thaw?: null; begin?: null; load?: null; finish?: null; abandon?: null }|{ operation?: "thaw"; freeze?: null; thaw: synod.api.v1.BackupThaw.$Shape; begin?: null; load?: null; finish?: null; abandon?: null }|{ operation?: "begin"; freeze?: null; thaw?: null; begin: synod.api.v1.BackupBegin.$Shape; load?: null; finish?: null; abandon?: null }|{ operation?: "load"; freeze?: null; thaw?: null; begin?: null; load: synod.api.v1.BackupLoad.$Shape; finish?: null; abandon?: null }|{ operation?: "finish"; freeze?: null; thaw?: null; begin?: null; load?: null; finish: synod.api.v1.BackupFinish.$Shape; abandon?: null }|{ operation?: "abandon"; freeze?: null; thaw?: null; begin?: null; load?: null; finish?: null; abandon: synod.api.v1.BackupAbandon.$Shape })
                );
            }

            /**
             * Properties of a BackupFreeze.
             * @deprecated Use synod.api.v1.BackupFreeze.$Properties instead.
             */
            interface IBackupFreeze extends synod.api.v1.BackupFreeze.$Properties {
            }

            /** Represents a BackupFreeze. */
            class BackupFreeze {

                /**
                 * Constructs a new BackupFreeze.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupFreeze.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified BackupFreeze message. Does not implicitly {@link synod.api.v1.BackupFreeze.verify|verify} messages.
                 * @param message BackupFreeze message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupFreeze.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupFreeze message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupFreeze & synod.api.v1.BackupFreeze.$Shape} BackupFreeze
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupFreeze & synod.api.v1.BackupFreeze.$Shape;
            }

            namespace BackupFreeze {

                /** Properties of a BackupFreeze. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupFreeze. */
                type $Shape = synod.api.v1.BackupFreeze.$Properties;
            }

            /**
             * Properties of a BackupThaw.
             * @deprecated Use synod.api.v1.BackupThaw.$Properties instead.
             */
            interface IBackupThaw extends synod.api.v1.BackupThaw.$Properties {
            }

            /** Represents a BackupThaw. */
            class BackupThaw {

                /**
                 * Constructs a new BackupThaw.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupThaw.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupThaw position. */
                position: number;

                /**
                 * Encodes the specified BackupThaw message. Does not implicitly {@link synod.api.v1.BackupThaw.verify|verify} messages.
                 * @param message BackupThaw message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupThaw.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupThaw message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupThaw & synod.api.v1.BackupThaw.$Shape} BackupThaw
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupThaw & synod.api.v1.BackupThaw.$Shape;
            }

            namespace BackupThaw {

                /** Properties of a BackupThaw. */
                interface $Properties {

                    /** BackupThaw position */
                    position?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupThaw. */
                type $Shape = synod.api.v1.BackupThaw.$Properties;
            }

            /**
             * Properties of a BackupBegin.
             * @deprecated Use synod.api.v1.BackupBegin.$Properties instead.
             */
            interface IBackupBegin extends synod.api.v1.BackupBegin.$Properties {
            }

            /** Represents a BackupBegin. */
            class BackupBegin {

                /**
                 * Constructs a new BackupBegin.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupBegin.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupBegin id. */
                id: Uint8Array;

                /** BackupBegin revision. */
                revision: number;

                /** BackupBegin pages. */
                pages: number;

                /**
                 * Encodes the specified BackupBegin message. Does not implicitly {@link synod.api.v1.BackupBegin.verify|verify} messages.
                 * @param message BackupBegin message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupBegin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupBegin message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupBegin & synod.api.v1.BackupBegin.$Shape} BackupBegin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupBegin & synod.api.v1.BackupBegin.$Shape;
            }

            namespace BackupBegin {

                /** Properties of a BackupBegin. */
                interface $Properties {

                    /** BackupBegin id */
                    id?: (Uint8Array|null);

                    /** BackupBegin revision */
                    revision?: (number|null);

                    /** BackupBegin pages */
                    pages?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupBegin. */
                type $Shape = synod.api.v1.BackupBegin.$Properties;
            }

            /**
             * Properties of a BackupLoad.
             * @deprecated Use synod.api.v1.BackupLoad.$Properties instead.
             */
            interface IBackupLoad extends synod.api.v1.BackupLoad.$Properties {
            }

            /** Represents a BackupLoad. */
            class BackupLoad {

                /**
                 * Constructs a new BackupLoad.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupLoad.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupLoad id. */
                id: Uint8Array;

                /** BackupLoad number. */
                number: number;

                /** BackupLoad page. */
                page: Uint8Array;

                /**
                 * Encodes the specified BackupLoad message. Does not implicitly {@link synod.api.v1.BackupLoad.verify|verify} messages.
                 * @param message BackupLoad message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupLoad.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupLoad message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupLoad & synod.api.v1.BackupLoad.$Shape} BackupLoad
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupLoad & synod.api.v1.BackupLoad.$Shape;
            }

            namespace BackupLoad {

                /** Properties of a BackupLoad. */
                interface $Properties {

                    /** BackupLoad id */
                    id?: (Uint8Array|null);

                    /** BackupLoad number */
                    number?: (number|null);

                    /** BackupLoad page */
                    page?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupLoad. */
                type $Shape = synod.api.v1.BackupLoad.$Properties;
            }

            /**
             * Properties of a BackupFinish.
             * @deprecated Use synod.api.v1.BackupFinish.$Properties instead.
             */
            interface IBackupFinish extends synod.api.v1.BackupFinish.$Properties {
            }

            /** Represents a BackupFinish. */
            class BackupFinish {

                /**
                 * Constructs a new BackupFinish.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupFinish.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupFinish id. */
                id: Uint8Array;

                /** BackupFinish hash. */
                hash: string;

                /**
                 * Encodes the specified BackupFinish message. Does not implicitly {@link synod.api.v1.BackupFinish.verify|verify} messages.
                 * @param message BackupFinish message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupFinish.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupFinish message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupFinish & synod.api.v1.BackupFinish.$Shape} BackupFinish
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupFinish & synod.api.v1.BackupFinish.$Shape;
            }

            namespace BackupFinish {

                /** Properties of a BackupFinish. */
                interface $Properties {

                    /** BackupFinish id */
                    id?: (Uint8Array|null);

                    /** BackupFinish hash */
                    hash?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupFinish. */
                type $Shape = synod.api.v1.BackupFinish.$Properties;
            }

            /**
             * Properties of a BackupAbandon.
             * @deprecated Use synod.api.v1.BackupAbandon.$Properties instead.
             */
            interface IBackupAbandon extends synod.api.v1.BackupAbandon.$Properties {
            }

            /** Represents a BackupAbandon. */
            class BackupAbandon {

                /**
                 * Constructs a new BackupAbandon.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupAbandon.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupAbandon id. */
                id: Uint8Array;

                /**
                 * Encodes the specified BackupAbandon message. Does not implicitly {@link synod.api.v1.BackupAbandon.verify|verify} messages.
                 * @param message BackupAbandon message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupAbandon.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupAbandon message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupAbandon & synod.api.v1.BackupAbandon.$Shape} BackupAbandon
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupAbandon & synod.api.v1.BackupAbandon.$Shape;
            }

            namespace BackupAbandon {

                /** Properties of a BackupAbandon. */
                interface $Properties {

                    /** BackupAbandon id */
                    id?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupAbandon. */
                type $Shape = synod.api.v1.BackupAbandon.$Properties;
            }

            /**
             * Properties of a BackupQuery.
             * @deprecated Use synod.api.v1.BackupQuery.$Properties instead.
             */
            interface IBackupQuery extends synod.api.v1.BackupQuery.$Properties {
            }

            /** Represents a BackupQuery. */
            class BackupQuery {

                /**
                 * Constructs a new BackupQuery.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupQuery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupQuery image. */
                image?: (synod.api.v1.BackupAskImage.$Properties|null);

                /** BackupQuery page. */
                page?: (synod.api.v1.BackupAskPage.$Properties|null);

                /** BackupQuery restoration. */
                restoration?: (synod.api.v1.BackupAskRestoration.$Properties|null);

                /** BackupQuery query. */
                query?: ("image"|"page"|"restoration");

                /**
                 * Encodes the specified BackupQuery message. Does not implicitly {@link synod.api.v1.BackupQuery.verify|verify} messages.
                 * @param message BackupQuery message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupQuery message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupQuery & synod.api.v1.BackupQuery.$Shape} BackupQuery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupQuery & synod.api.v1.BackupQuery.$Shape;
            }

            namespace BackupQuery {

                /** Properties of a BackupQuery. */
                interface $Properties {

                    /** BackupQuery image */
                    image?: (synod.api.v1.BackupAskImage.$Properties|null);

                    /** BackupQuery page */
                    page?: (synod.api.v1.BackupAskPage.$Properties|null);

                    /** BackupQuery restoration */
                    restoration?: (synod.api.v1.BackupAskRestoration.$Properties|null);

                    /** BackupQuery query */
                    query?: ("image"|"page"|"restoration");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a BackupQuery. */
                type $Shape = {
                  image?: synod.api.v1.BackupAskImage.$Shape|null;
                  page?: synod.api.v1.BackupAskPage.$Shape|null;
                  restoration?: synod.api.v1.BackupAskRestoration.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ query?: undefined; image?: null; page?: null; restoration?: null }|{ query?: "image"; image: synod.api.v1.BackupAskImage.$Shape; page?: null; restoration?: null }|{ query?: "page"; image?: null; page: synod.api.v1.BackupAskPage.$Shape; restoration?: null }|{ query?: "restoration"; image?: null; page?: null; restoration: synod.api.v1.BackupAskRestoration.$Shape })
                );
            }

            /**
             * Properties of a BackupAskImage.
             * @deprecated Use synod.api.v1.BackupAskImage.$Properties instead.
             */
            interface IBackupAskImage extends synod.api.v1.BackupAskImage.$Properties {
            }

            /** Represents a BackupAskImage. */
            class BackupAskImage {

                /**
                 * Constructs a new BackupAskImage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupAskImage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupAskImage position. */
                position: number;

                /**
                 * Encodes the specified BackupAskImage message. Does not implicitly {@link synod.api.v1.BackupAskImage.verify|verify} messages.
                 * @param message BackupAskImage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupAskImage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupAskImage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupAskImage & synod.api.v1.BackupAskImage.$Shape} BackupAskImage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupAskImage & synod.api.v1.BackupAskImage.$Shape;
            }

            namespace BackupAskImage {

                /** Properties of a BackupAskImage. */
                interface $Properties {

                    /** BackupAskImage position */
                    position?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupAskImage. */
                type $Shape = synod.api.v1.BackupAskImage.$Properties;
            }

            /**
             * Properties of a BackupAskPage.
             * @deprecated Use synod.api.v1.BackupAskPage.$Properties instead.
             */
            interface IBackupAskPage extends synod.api.v1.BackupAskPage.$Properties {
            }

            /** Represents a BackupAskPage. */
            class BackupAskPage {

                /**
                 * Constructs a new BackupAskPage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupAskPage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupAskPage position. */
                position: number;

                /** BackupAskPage number. */
                number: number;

                /**
                 * Encodes the specified BackupAskPage message. Does not implicitly {@link synod.api.v1.BackupAskPage.verify|verify} messages.
                 * @param message BackupAskPage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupAskPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupAskPage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupAskPage & synod.api.v1.BackupAskPage.$Shape} BackupAskPage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupAskPage & synod.api.v1.BackupAskPage.$Shape;
            }

            namespace BackupAskPage {

                /** Properties of a BackupAskPage. */
                interface $Properties {

                    /** BackupAskPage position */
                    position?: (number|null);

                    /** BackupAskPage number */
                    number?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupAskPage. */
                type $Shape = synod.api.v1.BackupAskPage.$Properties;
            }

            /**
             * Properties of a BackupAskRestoration.
             * @deprecated Use synod.api.v1.BackupAskRestoration.$Properties instead.
             */
            interface IBackupAskRestoration extends synod.api.v1.BackupAskRestoration.$Properties {
            }

            /** Represents a BackupAskRestoration. */
            class BackupAskRestoration {

                /**
                 * Constructs a new BackupAskRestoration.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupAskRestoration.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified BackupAskRestoration message. Does not implicitly {@link synod.api.v1.BackupAskRestoration.verify|verify} messages.
                 * @param message BackupAskRestoration message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupAskRestoration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupAskRestoration message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupAskRestoration & synod.api.v1.BackupAskRestoration.$Shape} BackupAskRestoration
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupAskRestoration & synod.api.v1.BackupAskRestoration.$Shape;
            }

            namespace BackupAskRestoration {

                /** Properties of a BackupAskRestoration. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupAskRestoration. */
                type $Shape = synod.api.v1.BackupAskRestoration.$Properties;
            }

            /**
             * Properties of a BackupResult.
             * @deprecated Use synod.api.v1.BackupResult.$Properties instead.
             */
            interface IBackupResult extends synod.api.v1.BackupResult.$Properties {
            }

            /** Represents a BackupResult. */
            class BackupResult {

                /**
                 * Constructs a new BackupResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupResult image. */
                image?: (synod.api.v1.BackupImage.$Properties|null);

                /** BackupResult page. */
                page?: (synod.api.v1.BackupPage.$Properties|null);

                /** BackupResult end. */
                end?: (synod.api.v1.BackupEnd.$Properties|null);

                /** BackupResult later. */
                later?: (synod.api.v1.BackupLater.$Properties|null);

                /** BackupResult restoration. */
                restoration?: (synod.api.v1.BackupRestoration.$Properties|null);

                /** BackupResult error. */
                error?: (synod.api.v1.BackupError.$Properties|null);

                /** BackupResult result. */
                result?: ("image"|"page"|"end"|"later"|"restoration"|"error");

                /**
                 * Encodes the specified BackupResult message. Does not implicitly {@link synod.api.v1.BackupResult.verify|verify} messages.
                 * @param message BackupResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupResult & synod.api.v1.BackupResult.$Shape} BackupResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupResult & synod.api.v1.BackupResult.$Shape;
            }

            namespace BackupResult {

                /** Properties of a BackupResult. */
                interface $Properties {

                    /** BackupResult image */
                    image?: (synod.api.v1.BackupImage.$Properties|null);

                    /** BackupResult page */
                    page?: (synod.api.v1.BackupPage.$Properties|null);

                    /** BackupResult end */
                    end?: (synod.api.v1.BackupEnd.$Properties|null);

                    /** BackupResult later */
                    later?: (synod.api.v1.BackupLater.$Properties|null);

                    /** BackupResult restoration */
                    restoration?: (synod.api.v1.BackupRestoration.$Properties|null);

                    /** BackupResult error */
                    error?: (synod.api.v1.BackupError.$Properties|null);

                    /** BackupResult result */
                    result?: ("image"|"page"|"end"|"later"|"restoration"|"error");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a BackupResult. */
                type $Shape = {
                  image?: synod.api.v1.BackupImage.$Shape|null;
                  page?: synod.api.v1.BackupPage.$Shape|null;
                  end?: synod.api.v1.BackupEnd.$Shape|null;
                  later?: synod.api.v1.BackupLater.$Shape|null;
                  restoration?: synod.api.v1.BackupRestoration.$Shape|null;
                  error?: synod.api.v1.BackupError.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ result?: undefined; image?: null; page?: null; end?: null; later?: null; restoration?: null; error?: null }|{ result?: "image"; image: synod.api.v1.BackupImage.$Shape; page?: null; end?: null; later?: null; restoration?: null; error?: null }|{ result?: "page"; image?: null; page: synod.api.v1.BackupPage.$Shape; end?: null; later?: null; restoration?: null; error?: null }|{ result?: "end"; image?: null; page?: null; end: synod.api.v1.BackupEnd.$Shape; later?: null; restoration?: null; error?: null }|{ result?: "later"; image?: null; page?: null; end?: null; later: synod.api.v1.BackupLater.$Shape; restoration?: null; error?: null }|{ result?: "restoration"; image?: null; page?: null; end?: null; later?: null; restoration: synod.api.v1.BackupRestoration.$Shape; error?: null }|{ result?: "error"; image?: null; page?: null; end?: null; later?: null; restoration?: null; error: synod.api.v1.BackupError.$Shape })
                );
            }

            /**
             * Properties of a BackupImage.
             * @deprecated Use synod.api.v1.BackupImage.$Properties instead.
             */
            interface IBackupImage extends synod.api.v1.BackupImage.$Properties {
            }

            /** Represents a BackupImage. */
            class BackupImage {

                /**
                 * Constructs a new BackupImage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupImage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupImage position. */
                position: number;

                /** BackupImage hash. */
                hash: string;

                /** BackupImage keys. */
                keys: number;

                /** BackupImage blocks. */
                blocks: number;

                /** BackupImage revision. */
                revision: number;

                /**
                 * Encodes the specified BackupImage message. Does not implicitly {@link synod.api.v1.BackupImage.verify|verify} messages.
                 * @param message BackupImage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupImage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupImage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupImage & synod.api.v1.BackupImage.$Shape} BackupImage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupImage & synod.api.v1.BackupImage.$Shape;
            }

            namespace BackupImage {

                /** Properties of a BackupImage. */
                interface $Properties {

                    /** BackupImage position */
                    position?: (number|null);

                    /** BackupImage hash */
                    hash?: (string|null);

                    /** BackupImage keys */
                    keys?: (number|null);

                    /** BackupImage blocks */
                    blocks?: (number|null);

                    /** BackupImage revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupImage. */
                type $Shape = synod.api.v1.BackupImage.$Properties;
            }

            /**
             * Properties of a BackupPage.
             * @deprecated Use synod.api.v1.BackupPage.$Properties instead.
             */
            interface IBackupPage extends synod.api.v1.BackupPage.$Properties {
            }

            /** Represents a BackupPage. */
            class BackupPage {

                /**
                 * Constructs a new BackupPage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupPage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupPage bytes. */
                bytes: Uint8Array;

                /**
                 * Encodes the specified BackupPage message. Does not implicitly {@link synod.api.v1.BackupPage.verify|verify} messages.
                 * @param message BackupPage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupPage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupPage & synod.api.v1.BackupPage.$Shape} BackupPage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupPage & synod.api.v1.BackupPage.$Shape;
            }

            namespace BackupPage {

                /** Properties of a BackupPage. */
                interface $Properties {

                    /** BackupPage bytes */
                    bytes?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupPage. */
                type $Shape = synod.api.v1.BackupPage.$Properties;
            }

            /**
             * Properties of a BackupEnd.
             * @deprecated Use synod.api.v1.BackupEnd.$Properties instead.
             */
            interface IBackupEnd extends synod.api.v1.BackupEnd.$Properties {
            }

            /** Represents a BackupEnd. */
            class BackupEnd {

                /**
                 * Constructs a new BackupEnd.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupEnd.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupEnd pages. */
                pages: number;

                /**
                 * Encodes the specified BackupEnd message. Does not implicitly {@link synod.api.v1.BackupEnd.verify|verify} messages.
                 * @param message BackupEnd message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupEnd message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupEnd & synod.api.v1.BackupEnd.$Shape} BackupEnd
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupEnd & synod.api.v1.BackupEnd.$Shape;
            }

            namespace BackupEnd {

                /** Properties of a BackupEnd. */
                interface $Properties {

                    /** BackupEnd pages */
                    pages?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupEnd. */
                type $Shape = synod.api.v1.BackupEnd.$Properties;
            }

            /**
             * Properties of a BackupLater.
             * @deprecated Use synod.api.v1.BackupLater.$Properties instead.
             */
            interface IBackupLater extends synod.api.v1.BackupLater.$Properties {
            }

            /** Represents a BackupLater. */
            class BackupLater {

                /**
                 * Constructs a new BackupLater.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupLater.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified BackupLater message. Does not implicitly {@link synod.api.v1.BackupLater.verify|verify} messages.
                 * @param message BackupLater message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupLater.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupLater message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupLater & synod.api.v1.BackupLater.$Shape} BackupLater
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupLater & synod.api.v1.BackupLater.$Shape;
            }

            namespace BackupLater {

                /** Properties of a BackupLater. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupLater. */
                type $Shape = synod.api.v1.BackupLater.$Properties;
            }

            /**
             * Properties of a BackupRestoration.
             * @deprecated Use synod.api.v1.BackupRestoration.$Properties instead.
             */
            interface IBackupRestoration extends synod.api.v1.BackupRestoration.$Properties {
            }

            /** Represents a BackupRestoration. */
            class BackupRestoration {

                /**
                 * Constructs a new BackupRestoration.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupRestoration.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupRestoration phase. */
                phase: synod.api.v1.BackupRestoration.Phase;

                /** BackupRestoration id. */
                id: Uint8Array;

                /** BackupRestoration next. */
                next: number;

                /** BackupRestoration pages. */
                pages: number;

                /** BackupRestoration hash. */
                hash: string;

                /**
                 * Encodes the specified BackupRestoration message. Does not implicitly {@link synod.api.v1.BackupRestoration.verify|verify} messages.
                 * @param message BackupRestoration message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupRestoration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupRestoration message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupRestoration & synod.api.v1.BackupRestoration.$Shape} BackupRestoration
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupRestoration & synod.api.v1.BackupRestoration.$Shape;
            }

            namespace BackupRestoration {

                /** Properties of a BackupRestoration. */
                interface $Properties {

                    /** BackupRestoration phase */
                    phase?: (synod.api.v1.BackupRestoration.Phase|null);

                    /** BackupRestoration id */
                    id?: (Uint8Array|null);

                    /** BackupRestoration next */
                    next?: (number|null);

                    /** BackupRestoration pages */
                    pages?: (number|null);

                    /** BackupRestoration hash */
                    hash?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupRestoration. */
                type $Shape = synod.api.v1.BackupRestoration.$Properties;

                /** Phase enum. */
                enum Phase {

                    /** EMPTY value */
                    EMPTY = 0,

                    /** USED value */
                    USED = 1,

                    /** LOADING value */
                    LOADING = 2,

                    /** RESTORED value */
                    RESTORED = 3
                }
            }

            /**
             * Properties of a BackupError.
             * @deprecated Use synod.api.v1.BackupError.$Properties instead.
             */
            interface IBackupError extends synod.api.v1.BackupError.$Properties {
            }

            /** Represents a BackupError. */
            class BackupError {

                /**
                 * Constructs a new BackupError.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.BackupError.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BackupError code. */
                code: synod.api.v1.BackupError.Code;

                /** BackupError detail. */
                detail: string;

                /**
                 * Encodes the specified BackupError message. Does not implicitly {@link synod.api.v1.BackupError.verify|verify} messages.
                 * @param message BackupError message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.BackupError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BackupError message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.BackupError & synod.api.v1.BackupError.$Shape} BackupError
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.BackupError & synod.api.v1.BackupError.$Shape;
            }

            namespace BackupError {

                /** Properties of a BackupError. */
                interface $Properties {

                    /** BackupError code */
                    code?: (synod.api.v1.BackupError.Code|null);

                    /** BackupError detail */
                    detail?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BackupError. */
                type $Shape = synod.api.v1.BackupError.$Properties;

                /** Code enum. */
                enum Code {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** MALFORMED value */
                    MALFORMED = 1,

                    /** UNKNOWN value */
                    UNKNOWN = 2,

                    /** NOT_ALLOWED value */
                    NOT_ALLOWED = 3,

                    /** NO_IMAGE value */
                    NO_IMAGE = 4,

                    /** NOT_EMPTY value */
                    NOT_EMPTY = 5,

                    /** ANOTHER value */
                    ANOTHER = 6,

                    /** NOT_BEGUN value */
                    NOT_BEGUN = 7,

                    /** NOT_NEXT value */
                    NOT_NEXT = 8,

                    /** DAMAGED value */
                    DAMAGED = 9,

                    /** NOT_WHOLE value */
                    NOT_WHOLE = 10,

                    /** DIFFERS value */
                    DIFFERS = 11
                }
            }

            /**
             * Properties of an Operation.
             * @deprecated Use synod.api.v1.Operation.$Properties instead.
             */
            interface IOperation extends synod.api.v1.Operation.$Properties {
            }

            /** Represents an Operation. */
            class Operation {

                /**
                 * Constructs a new Operation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Operation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Operation put. */
                put?: (synod.api.v1.Put.$Properties|null);

                /** Operation delete. */
                delete?: (synod.api.v1.Delete.$Properties|null);

                /** Operation compareAndSet. */
                compareAndSet?: (synod.api.v1.CompareAndSet.$Properties|null);

                /** Operation transaction. */
                transaction?: (synod.api.v1.Transaction.$Properties|null);

                /** Operation backup. */
                backup?: (synod.api.v1.BackupOperation.$Properties|null);

                /** Operation ledger. */
                ledger?: (synod.api.v1.LedgerOperation.$Properties|null);

                /** Operation operation. */
                operation?: ("put"|"delete"|"compareAndSet"|"transaction"|"backup"|"ledger");

                /**
                 * Encodes the specified Operation message. Does not implicitly {@link synod.api.v1.Operation.verify|verify} messages.
                 * @param message Operation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Operation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Operation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Operation & synod.api.v1.Operation.$Shape} Operation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Operation & synod.api.v1.Operation.$Shape;
            }

            namespace Operation {

                /** Properties of an Operation. */
                interface $Properties {

                    /** Operation put */
                    put?: (synod.api.v1.Put.$Properties|null);

                    /** Operation delete */
                    "delete"?: (synod.api.v1.Delete.$Properties|null);

                    /** Operation compareAndSet */
                    compareAndSet?: (synod.api.v1.CompareAndSet.$Properties|null);

                    /** Operation transaction */
                    transaction?: (synod.api.v1.Transaction.$Properties|null);

                    /** Operation backup */
                    backup?: (synod.api.v1.BackupOperation.$Properties|null);

                    /** Operation ledger */
                    ledger?: (synod.api.v1.LedgerOperation.$Properties|null);

                    /** Operation operation */
                    operation?: ("put"|"delete"|"compareAndSet"|"transaction"|"backup"|"ledger");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Operation. */
                type $Shape = {
                  put?: synod.api.v1.Put.$Shape|null;
                  "delete"?: synod.api.v1.Delete.$Shape|null;
                  compareAndSet?: synod.api.v1.CompareAndSet.$Shape|null;
                  transaction?: synod.api.v1.Transaction.$Shape|null;
                  backup?: synod.api.v1.BackupOperation.$Shape|null;
                  ledger?: synod.api.v1.LedgerOperation.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ operation?: undefined; put?: null; "delete"?: null; compareAndSet?: null; transaction?: null; backup?: null; ledger?: null }|{ operation?: "put"; put: synod.api.v1.Put.$Shape; "delete"?: null; compareAndSet?: null; transaction?: null; backup?: null; ledger?: null }|{ operation?: "delete"; put?: null; "delete": synod.api.v1.Delete.$Shape; compareAndSet?: null; transaction?: null; backup?: null; ledger?: null }|{ operation?: "compareAndSet"; put?: null; "delete"?: null; compareAndSet: synod.api.v1.CompareAndSet.$Shape; transaction?: null; backup?: null; ledger?: null }|{ operation?: "transaction"; put?: null; "delete"?: null; compareAndSet?: null; transaction: synod.api.v1.Transaction.$Shape; backup?: null; ledger?: null }|{ operation?: "backup"; put?: null; "delete"?: null; compareAndSet?: null; transaction?: null; backup: synod.api.v1.BackupOperation.$Shape; ledger?: null }|{ operation?: "ledger"; put?: null; "delete"?: null; compareAndSet?: null; transaction?: null; backup?: null; ledger: synod.api.v1.LedgerOperation.$Shape })
                );
            }

            /**
             * Properties of a Query.
             * @deprecated Use synod.api.v1.Query.$Properties instead.
             */
            interface IQuery extends synod.api.v1.Query.$Properties {
            }

            /** Represents a Query. */
            class Query {

                /**
                 * Constructs a new Query.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Query.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Query get. */
                get?: (synod.api.v1.Get.$Properties|null);

                /** Query range. */
                range?: (synod.api.v1.Range.$Properties|null);

                /** Query backup. */
                backup?: (synod.api.v1.BackupQuery.$Properties|null);

                /** Query ledger. */
                ledger?: (synod.api.v1.LedgerQuery.$Properties|null);

                /** Query query. */
                query?: ("get"|"range"|"backup"|"ledger");

                /**
                 * Encodes the specified Query message. Does not implicitly {@link synod.api.v1.Query.verify|verify} messages.
                 * @param message Query message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Query.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Query message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Query & synod.api.v1.Query.$Shape} Query
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Query & synod.api.v1.Query.$Shape;
            }

            namespace Query {

                /** Properties of a Query. */
                interface $Properties {

                    /** Query get */
                    get?: (synod.api.v1.Get.$Properties|null);

                    /** Query range */
                    range?: (synod.api.v1.Range.$Properties|null);

                    /** Query backup */
                    backup?: (synod.api.v1.BackupQuery.$Properties|null);

                    /** Query ledger */
                    ledger?: (synod.api.v1.LedgerQuery.$Properties|null);

                    /** Query query */
                    query?: ("get"|"range"|"backup"|"ledger");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Query. */
                type $Shape = {
                  get?: synod.api.v1.Get.$Shape|null;
                  range?: synod.api.v1.Range.$Shape|null;
                  backup?: synod.api.v1.BackupQuery.$Shape|null;
                  ledger?: synod.api.v1.LedgerQuery.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ query?: undefined; get?: null; range?: null; backup?: null; ledger?: null }|{ query?: "get"; get: synod.api.v1.Get.$Shape; range?: null; backup?: null; ledger?: null }|{ query?: "range"; get?: null; range: synod.api.v1.Range.$Shape; backup?: null; ledger?: null }|{ query?: "backup"; get?: null; range?: null; backup: synod.api.v1.BackupQuery.$Shape; ledger?: null }|{ query?: "ledger"; get?: null; range?: null; backup?: null; ledger: synod.api.v1.LedgerQuery.$Shape })
                );
            }

            /**
             * Properties of a Put.
             * @deprecated Use synod.api.v1.Put.$Properties instead.
             */
            interface IPut extends synod.api.v1.Put.$Properties {
            }

            /** Represents a Put. */
            class Put {

                /**
                 * Constructs a new Put.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Put.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Put key. */
                key: Uint8Array;

                /** Put value. */
                value: Uint8Array;

                /**
                 * Encodes the specified Put message. Does not implicitly {@link synod.api.v1.Put.verify|verify} messages.
                 * @param message Put message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Put.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Put message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Put & synod.api.v1.Put.$Shape} Put
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Put & synod.api.v1.Put.$Shape;
            }

            namespace Put {

                /** Properties of a Put. */
                interface $Properties {

                    /** Put key */
                    key?: (Uint8Array|null);

                    /** Put value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Put. */
                type $Shape = synod.api.v1.Put.$Properties;
            }

            /**
             * Properties of a Delete.
             * @deprecated Use synod.api.v1.Delete.$Properties instead.
             */
            interface IDelete extends synod.api.v1.Delete.$Properties {
            }

            /** Represents a Delete. */
            class Delete {

                /**
                 * Constructs a new Delete.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Delete.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Delete key. */
                key: Uint8Array;

                /**
                 * Encodes the specified Delete message. Does not implicitly {@link synod.api.v1.Delete.verify|verify} messages.
                 * @param message Delete message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Delete.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Delete message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Delete & synod.api.v1.Delete.$Shape} Delete
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Delete & synod.api.v1.Delete.$Shape;
            }

            namespace Delete {

                /** Properties of a Delete. */
                interface $Properties {

                    /** Delete key */
                    key?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Delete. */
                type $Shape = synod.api.v1.Delete.$Properties;
            }

            /**
             * Properties of a CompareAndSet.
             * @deprecated Use synod.api.v1.CompareAndSet.$Properties instead.
             */
            interface ICompareAndSet extends synod.api.v1.CompareAndSet.$Properties {
            }

            /** Represents a CompareAndSet. */
            class CompareAndSet {

                /**
                 * Constructs a new CompareAndSet.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.CompareAndSet.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CompareAndSet key. */
                key: Uint8Array;

                /** CompareAndSet expectedRevision. */
                expectedRevision: number;

                /** CompareAndSet value. */
                value: Uint8Array;

                /** CompareAndSet remove. */
                remove: boolean;

                /**
                 * Encodes the specified CompareAndSet message. Does not implicitly {@link synod.api.v1.CompareAndSet.verify|verify} messages.
                 * @param message CompareAndSet message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.CompareAndSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CompareAndSet message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.CompareAndSet & synod.api.v1.CompareAndSet.$Shape} CompareAndSet
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.CompareAndSet & synod.api.v1.CompareAndSet.$Shape;
            }

            namespace CompareAndSet {

                /** Properties of a CompareAndSet. */
                interface $Properties {

                    /** CompareAndSet key */
                    key?: (Uint8Array|null);

                    /** CompareAndSet expectedRevision */
                    expectedRevision?: (number|null);

                    /** CompareAndSet value */
                    value?: (Uint8Array|null);

                    /** CompareAndSet remove */
                    remove?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CompareAndSet. */
                type $Shape = synod.api.v1.CompareAndSet.$Properties;
            }

            /**
             * Properties of a Transaction.
             * @deprecated Use synod.api.v1.Transaction.$Properties instead.
             */
            interface ITransaction extends synod.api.v1.Transaction.$Properties {
            }

            /** Represents a Transaction. */
            class Transaction {

                /**
                 * Constructs a new Transaction.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Transaction.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Transaction conditions. */
                conditions: synod.api.v1.Condition.$Properties[];

                /** Transaction success. */
                success: synod.api.v1.Step.$Properties[];

                /** Transaction failure. */
                failure: synod.api.v1.Step.$Properties[];

                /**
                 * Encodes the specified Transaction message. Does not implicitly {@link synod.api.v1.Transaction.verify|verify} messages.
                 * @param message Transaction message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Transaction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Transaction message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Transaction & synod.api.v1.Transaction.$Shape} Transaction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Transaction & synod.api.v1.Transaction.$Shape;
            }

            namespace Transaction {

                /** Properties of a Transaction. */
                interface $Properties {

                    /** Transaction conditions */
                    conditions?: (synod.api.v1.Condition.$Properties[]|null);

                    /** Transaction success */
                    success?: (synod.api.v1.Step.$Properties[]|null);

                    /** Transaction failure */
                    failure?: (synod.api.v1.Step.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Transaction. */
                type $Shape = {
                  conditions?: synod.api.v1.Condition.$Shape[]|null;
                  success?: synod.api.v1.Step.$Shape[]|null;
                  failure?: synod.api.v1.Step.$Shape[]|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a Condition.
             * @deprecated Use synod.api.v1.Condition.$Properties instead.
             */
            interface ICondition extends synod.api.v1.Condition.$Properties {
            }

            /** Represents a Condition. */
            class Condition {

                /**
                 * Constructs a new Condition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Condition.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Condition key. */
                key: Uint8Array;

                /** Condition relation. */
                relation: synod.api.v1.Condition.Relation;

                /** Condition revision. */
                revision?: (number|null);

                /** Condition value. */
                value?: (Uint8Array|null);

                /** Condition target. */
                target?: ("revision"|"value");

                /**
                 * Encodes the specified Condition message. Does not implicitly {@link synod.api.v1.Condition.verify|verify} messages.
                 * @param message Condition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Condition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Condition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Condition & synod.api.v1.Condition.$Shape} Condition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Condition & synod.api.v1.Condition.$Shape;
            }

            namespace Condition {

                /** Properties of a Condition. */
                interface $Properties {

                    /** Condition key */
                    key?: (Uint8Array|null);

                    /** Condition relation */
                    relation?: (synod.api.v1.Condition.Relation|null);

                    /** Condition revision */
                    revision?: (number|null);

                    /** Condition value */
                    value?: (Uint8Array|null);

                    /** Condition target */
                    target?: ("revision"|"value");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Condition. */
                type $Shape = {
                  key?: Uint8Array|null;
                  relation?: synod.api.v1.Condition.Relation|null;
                  revision?: number|null;
                  value?: Uint8Array|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ target?: undefined; revision?: null; value?: null }|{ target?: "revision"; revision: number; value?: null }|{ target?: "value"; revision?: null; value: Uint8Array })
                );

                /** Relation enum. */
                enum Relation {

                    /** EQUAL value */
                    EQUAL = 0,

                    /** NOT_EQUAL value */
                    NOT_EQUAL = 1,

                    /** GREATER value */
                    GREATER = 2,

                    /** LESS value */
                    LESS = 3
                }
            }

            /**
             * Properties of a Step.
             * @deprecated Use synod.api.v1.Step.$Properties instead.
             */
            interface IStep extends synod.api.v1.Step.$Properties {
            }

            /** Represents a Step. */
            class Step {

                /**
                 * Constructs a new Step.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Step.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Step put. */
                put?: (synod.api.v1.Put.$Properties|null);

                /** Step delete. */
                delete?: (synod.api.v1.Delete.$Properties|null);

                /** Step get. */
                get?: (synod.api.v1.Get.$Properties|null);

                /** Step step. */
                step?: ("put"|"delete"|"get");

                /**
                 * Encodes the specified Step message. Does not implicitly {@link synod.api.v1.Step.verify|verify} messages.
                 * @param message Step message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Step.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Step message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Step & synod.api.v1.Step.$Shape} Step
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Step & synod.api.v1.Step.$Shape;
            }

            namespace Step {

                /** Properties of a Step. */
                interface $Properties {

                    /** Step put */
                    put?: (synod.api.v1.Put.$Properties|null);

                    /** Step delete */
                    "delete"?: (synod.api.v1.Delete.$Properties|null);

                    /** Step get */
                    get?: (synod.api.v1.Get.$Properties|null);

                    /** Step step */
                    step?: ("put"|"delete"|"get");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Step. */
                type $Shape = {
                  put?: synod.api.v1.Put.$Shape|null;
                  "delete"?: synod.api.v1.Delete.$Shape|null;
                  get?: synod.api.v1.Get.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ step?: undefined; put?: null; "delete"?: null; get?: null }|{ step?: "put"; put: synod.api.v1.Put.$Shape; "delete"?: null; get?: null }|{ step?: "delete"; put?: null; "delete": synod.api.v1.Delete.$Shape; get?: null }|{ step?: "get"; put?: null; "delete"?: null; get: synod.api.v1.Get.$Shape })
                );
            }

            /**
             * Properties of a Get.
             * @deprecated Use synod.api.v1.Get.$Properties instead.
             */
            interface IGet extends synod.api.v1.Get.$Properties {
            }

            /** Represents a Get. */
            class Get {

                /**
                 * Constructs a new Get.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Get.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Get key. */
                key: Uint8Array;

                /**
                 * Encodes the specified Get message. Does not implicitly {@link synod.api.v1.Get.verify|verify} messages.
                 * @param message Get message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Get.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Get message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Get & synod.api.v1.Get.$Shape} Get
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Get & synod.api.v1.Get.$Shape;
            }

            namespace Get {

                /** Properties of a Get. */
                interface $Properties {

                    /** Get key */
                    key?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Get. */
                type $Shape = synod.api.v1.Get.$Properties;
            }

            /**
             * Properties of a Range.
             * @deprecated Use synod.api.v1.Range.$Properties instead.
             */
            interface IRange extends synod.api.v1.Range.$Properties {
            }

            /** Represents a Range. */
            class Range {

                /**
                 * Constructs a new Range.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Range.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Range prefix. */
                prefix: Uint8Array;

                /** Range startAfter. */
                startAfter: Uint8Array;

                /** Range limit. */
                limit: number;

                /** Range keysOnly. */
                keysOnly: boolean;

                /**
                 * Encodes the specified Range message. Does not implicitly {@link synod.api.v1.Range.verify|verify} messages.
                 * @param message Range message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Range.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Range message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Range & synod.api.v1.Range.$Shape} Range
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Range & synod.api.v1.Range.$Shape;
            }

            namespace Range {

                /** Properties of a Range. */
                interface $Properties {

                    /** Range prefix */
                    prefix?: (Uint8Array|null);

                    /** Range startAfter */
                    startAfter?: (Uint8Array|null);

                    /** Range limit */
                    limit?: (number|null);

                    /** Range keysOnly */
                    keysOnly?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Range. */
                type $Shape = synod.api.v1.Range.$Properties;
            }

            /**
             * Properties of a Result.
             * @deprecated Use synod.api.v1.Result.$Properties instead.
             */
            interface IResult extends synod.api.v1.Result.$Properties {
            }

            /** Represents a Result. */
            class Result {

                /**
                 * Constructs a new Result.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Result.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Result written. */
                written?: (synod.api.v1.Written.$Properties|null);

                /** Result mismatch. */
                mismatch?: (synod.api.v1.Mismatch.$Properties|null);

                /** Result transaction. */
                transaction?: (synod.api.v1.TransactionResult.$Properties|null);

                /** Result found. */
                found?: (synod.api.v1.KeyValue.$Properties|null);

                /** Result notFound. */
                notFound?: (synod.api.v1.NotFound.$Properties|null);

                /** Result range. */
                range?: (synod.api.v1.RangeResult.$Properties|null);

                /** Result error. */
                error?: (synod.api.v1.OperationError.$Properties|null);

                /** Result backup. */
                backup?: (synod.api.v1.BackupResult.$Properties|null);

                /** Result ledger. */
                ledger?: (synod.api.v1.LedgerResult.$Properties|null);

                /** Result result. */
                result?: ("written"|"mismatch"|"transaction"|"found"|"notFound"|"range"|"error"|"backup"|"ledger");

                /**
                 * Encodes the specified Result message. Does not implicitly {@link synod.api.v1.Result.verify|verify} messages.
                 * @param message Result message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Result.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Result message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Result & synod.api.v1.Result.$Shape} Result
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Result & synod.api.v1.Result.$Shape;
            }

            namespace Result {

                /** Properties of a Result. */
                interface $Properties {

                    /** Result written */
                    written?: (synod.api.v1.Written.$Properties|null);

                    /** Result mismatch */
                    mismatch?: (synod.api.v1.Mismatch.$Properties|null);

                    /** Result transaction */
                    transaction?: (synod.api.v1.TransactionResult.$Properties|null);

                    /** Result found */
                    found?: (synod.api.v1.KeyValue.$Properties|null);

                    /** Result notFound */
                    notFound?: (synod.api.v1.NotFound.$Properties|null);

                    /** Result range */
                    range?: (synod.api.v1.RangeResult.$Properties|null);

                    /** Result error */
                    error?: (synod.api.v1.OperationError.$Properties|null);

                    /** Result backup */
                    backup?: (synod.api.v1.BackupResult.$Properties|null);

                    /** Result ledger */
                    ledger?: (synod.api.v1.LedgerResult.$Properties|null);

                    /** Result result */
                    result?: ("written"|"mismatch"|"transaction"|"found"|"notFound"|"range"|"error"|"backup"|"ledger");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Result. */
                type $Shape = {
                  written?: synod.api.v1.Written.$Shape|null;
                  mismatch?: synod.api.v1.Mismatch.$Shape|null;
                  transaction?: synod.api.v1.TransactionResult.$Shape|null;
                  found?: synod.api.v1.KeyValue.$Shape|null;
                  notFound?: synod.api.v1.NotFound.$Shape|null;
                  range?: synod.api.v1.RangeResult.$Shape|null;
                  error?: synod.api.v1.OperationError.$Shape|null;
                  backup?: synod.api.v1.BackupResult.$Shape|null;
                  ledger?: synod.api.v1.LedgerResult.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ result?: undefined; written?: null; mismatch?: null; transaction?: null; found?: null; notFound?: null; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "written"; written: synod.api.v1.Written.$Shape; mismatch?: null; transaction?: null; found?: null; notFound?: null; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "mismatch"; written?: null; mismatch: synod.api.v1.Mismatch.$Shape; transaction?: null; found?: null; notFound?: null; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "transaction"; written?: null; mismatch?: null; transaction: synod.api.v1.TransactionResult.$Shape; found?: null; notFound?: null; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "found"; written?: null; mismatch?: null; transaction?: null; found: synod.api.v1.KeyValue.$Shape; notFound?: null; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "notFound"; written?: null; mismatch?: null; transaction?: null; found?: null; notFound: synod.api.v1.NotFound.$Shape; range?: null; error?: null; backup?: null; ledger?: null }|{ result?: "range"; written?: null; mismatch?: null; transaction?: null; found?: null; notFound?: null; range: synod.api.v1.RangeResult.$Shape; error?: null; backup?: null; ledger?: null }|{ result?: "error"; written?: null; mismatch?: null; transaction?: null; found?: null; notFound?: null; range?: null; error: synod.api.v1.OperationError.$Shape; backup?: null; ledger?: null }|{ result?: "backup"; written?: null; mismatch?: null; transaction?: null; found?: null; notFound?: null; range?: null; error?: null; backup: synod.api.v1.BackupResult.$Shape; ledger?: null }|{ result?: "ledger"; written?: null; mismatch?: null; transaction?: null; found?: null; notFound?: null; range?: null; error?: null; backup?: null; ledger: synod.api.v1.LedgerResult.$Shape })
                );
            }

            /**
             * Properties of a Written.
             * @deprecated Use synod.api.v1.Written.$Properties instead.
             */
            interface IWritten extends synod.api.v1.Written.$Properties {
            }

            /** Represents a Written. */
            class Written {

                /**
                 * Constructs a new Written.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Written.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Written revision. */
                revision: number;

                /** Written existed. */
                existed: boolean;

                /**
                 * Encodes the specified Written message. Does not implicitly {@link synod.api.v1.Written.verify|verify} messages.
                 * @param message Written message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Written.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Written message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Written & synod.api.v1.Written.$Shape} Written
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Written & synod.api.v1.Written.$Shape;
            }

            namespace Written {

                /** Properties of a Written. */
                interface $Properties {

                    /** Written revision */
                    revision?: (number|null);

                    /** Written existed */
                    existed?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Written. */
                type $Shape = synod.api.v1.Written.$Properties;
            }

            /**
             * Properties of a Mismatch.
             * @deprecated Use synod.api.v1.Mismatch.$Properties instead.
             */
            interface IMismatch extends synod.api.v1.Mismatch.$Properties {
            }

            /** Represents a Mismatch. */
            class Mismatch {

                /**
                 * Constructs a new Mismatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.Mismatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Mismatch revision. */
                revision: number;

                /**
                 * Encodes the specified Mismatch message. Does not implicitly {@link synod.api.v1.Mismatch.verify|verify} messages.
                 * @param message Mismatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.Mismatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Mismatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.Mismatch & synod.api.v1.Mismatch.$Shape} Mismatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.Mismatch & synod.api.v1.Mismatch.$Shape;
            }

            namespace Mismatch {

                /** Properties of a Mismatch. */
                interface $Properties {

                    /** Mismatch revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Mismatch. */
                type $Shape = synod.api.v1.Mismatch.$Properties;
            }

            /**
             * Properties of a NotFound.
             * @deprecated Use synod.api.v1.NotFound.$Properties instead.
             */
            interface INotFound extends synod.api.v1.NotFound.$Properties {
            }

            /** Represents a NotFound. */
            class NotFound {

                /**
                 * Constructs a new NotFound.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.NotFound.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified NotFound message. Does not implicitly {@link synod.api.v1.NotFound.verify|verify} messages.
                 * @param message NotFound message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.NotFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NotFound message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.NotFound & synod.api.v1.NotFound.$Shape} NotFound
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.NotFound & synod.api.v1.NotFound.$Shape;
            }

            namespace NotFound {

                /** Properties of a NotFound. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NotFound. */
                type $Shape = synod.api.v1.NotFound.$Properties;
            }

            /**
             * Properties of a KeyValue.
             * @deprecated Use synod.api.v1.KeyValue.$Properties instead.
             */
            interface IKeyValue extends synod.api.v1.KeyValue.$Properties {
            }

            /** Represents a KeyValue. */
            class KeyValue {

                /**
                 * Constructs a new KeyValue.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.KeyValue.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** KeyValue key. */
                key: Uint8Array;

                /** KeyValue value. */
                value: Uint8Array;

                /** KeyValue revision. */
                revision: number;

                /** KeyValue created. */
                created: number;

                /** KeyValue version. */
                version: number;

                /**
                 * Encodes the specified KeyValue message. Does not implicitly {@link synod.api.v1.KeyValue.verify|verify} messages.
                 * @param message KeyValue message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.KeyValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a KeyValue message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.KeyValue & synod.api.v1.KeyValue.$Shape} KeyValue
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.KeyValue & synod.api.v1.KeyValue.$Shape;
            }

            namespace KeyValue {

                /** Properties of a KeyValue. */
                interface $Properties {

                    /** KeyValue key */
                    key?: (Uint8Array|null);

                    /** KeyValue value */
                    value?: (Uint8Array|null);

                    /** KeyValue revision */
                    revision?: (number|null);

                    /** KeyValue created */
                    created?: (number|null);

                    /** KeyValue version */
                    version?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a KeyValue. */
                type $Shape = synod.api.v1.KeyValue.$Properties;
            }

            /**
             * Properties of a RangeResult.
             * @deprecated Use synod.api.v1.RangeResult.$Properties instead.
             */
            interface IRangeResult extends synod.api.v1.RangeResult.$Properties {
            }

            /** Represents a RangeResult. */
            class RangeResult {

                /**
                 * Constructs a new RangeResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.RangeResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RangeResult items. */
                items: synod.api.v1.KeyValue.$Properties[];

                /** RangeResult more. */
                more: boolean;

                /**
                 * Encodes the specified RangeResult message. Does not implicitly {@link synod.api.v1.RangeResult.verify|verify} messages.
                 * @param message RangeResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.RangeResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RangeResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.RangeResult & synod.api.v1.RangeResult.$Shape} RangeResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.RangeResult & synod.api.v1.RangeResult.$Shape;
            }

            namespace RangeResult {

                /** Properties of a RangeResult. */
                interface $Properties {

                    /** RangeResult items */
                    items?: (synod.api.v1.KeyValue.$Properties[]|null);

                    /** RangeResult more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RangeResult. */
                type $Shape = synod.api.v1.RangeResult.$Properties;
            }

            /**
             * Properties of a TransactionResult.
             * @deprecated Use synod.api.v1.TransactionResult.$Properties instead.
             */
            interface ITransactionResult extends synod.api.v1.TransactionResult.$Properties {
            }

            /** Represents a TransactionResult. */
            class TransactionResult {

                /**
                 * Constructs a new TransactionResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.TransactionResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TransactionResult succeeded. */
                succeeded: boolean;

                /** TransactionResult results. */
                results: synod.api.v1.Result.$Properties[];

                /**
                 * Encodes the specified TransactionResult message. Does not implicitly {@link synod.api.v1.TransactionResult.verify|verify} messages.
                 * @param message TransactionResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.TransactionResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TransactionResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.TransactionResult & synod.api.v1.TransactionResult.$Shape} TransactionResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.TransactionResult & synod.api.v1.TransactionResult.$Shape;
            }

            namespace TransactionResult {

                /** Properties of a TransactionResult. */
                interface $Properties {

                    /** TransactionResult succeeded */
                    succeeded?: (boolean|null);

                    /** TransactionResult results */
                    results?: (synod.api.v1.Result.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TransactionResult. */
                type $Shape = {
                  succeeded?: boolean|null;
                  results?: synod.api.v1.Result.$Shape[]|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an OperationError.
             * @deprecated Use synod.api.v1.OperationError.$Properties instead.
             */
            interface IOperationError extends synod.api.v1.OperationError.$Properties {
            }

            /** Represents an OperationError. */
            class OperationError {

                /**
                 * Constructs a new OperationError.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.OperationError.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** OperationError code. */
                code: synod.api.v1.OperationError.Code;

                /** OperationError detail. */
                detail: string;

                /**
                 * Encodes the specified OperationError message. Does not implicitly {@link synod.api.v1.OperationError.verify|verify} messages.
                 * @param message OperationError message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.OperationError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OperationError message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.OperationError & synod.api.v1.OperationError.$Shape} OperationError
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.OperationError & synod.api.v1.OperationError.$Shape;
            }

            namespace OperationError {

                /** Properties of an OperationError. */
                interface $Properties {

                    /** OperationError code */
                    code?: (synod.api.v1.OperationError.Code|null);

                    /** OperationError detail */
                    detail?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an OperationError. */
                type $Shape = synod.api.v1.OperationError.$Properties;

                /** Code enum. */
                enum Code {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** MALFORMED value */
                    MALFORMED = 1,

                    /** UNKNOWN value */
                    UNKNOWN = 2,

                    /** KEY_INVALID value */
                    KEY_INVALID = 3,

                    /** VALUE_TOO_LARGE value */
                    VALUE_TOO_LARGE = 4,

                    /** TOO_MANY value */
                    TOO_MANY = 5,

                    /** RESULT_TOO_LARGE value */
                    RESULT_TOO_LARGE = 6,

                    /** RESTORING value */
                    RESTORING = 7,

                    /** NOT_ALLOWED value */
                    NOT_ALLOWED = 8
                }
            }

            /**
             * Properties of a LedgerOperation.
             * @deprecated Use synod.api.v1.LedgerOperation.$Properties instead.
             */
            interface ILedgerOperation extends synod.api.v1.LedgerOperation.$Properties {
            }

            /** Represents a LedgerOperation. */
            class LedgerOperation {

                /**
                 * Constructs a new LedgerOperation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerOperation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerOperation submit. */
                submit?: (synod.api.v1.LedgerSubmit.$Properties|null);

                /** LedgerOperation cut. */
                cut?: (synod.api.v1.LedgerCut.$Properties|null);

                /** LedgerOperation operation. */
                operation?: ("submit"|"cut");

                /**
                 * Encodes the specified LedgerOperation message. Does not implicitly {@link synod.api.v1.LedgerOperation.verify|verify} messages.
                 * @param message LedgerOperation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerOperation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerOperation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerOperation & synod.api.v1.LedgerOperation.$Shape} LedgerOperation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerOperation & synod.api.v1.LedgerOperation.$Shape;
            }

            namespace LedgerOperation {

                /** Properties of a LedgerOperation. */
                interface $Properties {

                    /** LedgerOperation submit */
                    submit?: (synod.api.v1.LedgerSubmit.$Properties|null);

                    /** LedgerOperation cut */
                    cut?: (synod.api.v1.LedgerCut.$Properties|null);

                    /** LedgerOperation operation */
                    operation?: ("submit"|"cut");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a LedgerOperation. */
                type $Shape = {
                  submit?: synod.api.v1.LedgerSubmit.$Shape|null;
                  cut?: synod.api.v1.LedgerCut.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ operation?: undefined; submit?: null; cut?: null }|{ operation?: "submit"; submit: synod.api.v1.LedgerSubmit.$Shape; cut?: null }|{ operation?: "cut"; submit?: null; cut: synod.api.v1.LedgerCut.$Shape })
                );
            }

            /**
             * Properties of a LedgerSubmit.
             * @deprecated Use synod.api.v1.LedgerSubmit.$Properties instead.
             */
            interface ILedgerSubmit extends synod.api.v1.LedgerSubmit.$Properties {
            }

            /** Represents a LedgerSubmit. */
            class LedgerSubmit {

                /**
                 * Constructs a new LedgerSubmit.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerSubmit.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerSubmit data. */
                data: Uint8Array;

                /** LedgerSubmit time. */
                time: number;

                /**
                 * Encodes the specified LedgerSubmit message. Does not implicitly {@link synod.api.v1.LedgerSubmit.verify|verify} messages.
                 * @param message LedgerSubmit message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerSubmit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerSubmit message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerSubmit & synod.api.v1.LedgerSubmit.$Shape} LedgerSubmit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerSubmit & synod.api.v1.LedgerSubmit.$Shape;
            }

            namespace LedgerSubmit {

                /** Properties of a LedgerSubmit. */
                interface $Properties {

                    /** LedgerSubmit data */
                    data?: (Uint8Array|null);

                    /** LedgerSubmit time */
                    time?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerSubmit. */
                type $Shape = synod.api.v1.LedgerSubmit.$Properties;
            }

            /**
             * Properties of a LedgerCut.
             * @deprecated Use synod.api.v1.LedgerCut.$Properties instead.
             */
            interface ILedgerCut extends synod.api.v1.LedgerCut.$Properties {
            }

            /** Represents a LedgerCut. */
            class LedgerCut {

                /**
                 * Constructs a new LedgerCut.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerCut.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerCut height. */
                height: number;

                /** LedgerCut time. */
                time: number;

                /**
                 * Encodes the specified LedgerCut message. Does not implicitly {@link synod.api.v1.LedgerCut.verify|verify} messages.
                 * @param message LedgerCut message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerCut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerCut message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerCut & synod.api.v1.LedgerCut.$Shape} LedgerCut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerCut & synod.api.v1.LedgerCut.$Shape;
            }

            namespace LedgerCut {

                /** Properties of a LedgerCut. */
                interface $Properties {

                    /** LedgerCut height */
                    height?: (number|null);

                    /** LedgerCut time */
                    time?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerCut. */
                type $Shape = synod.api.v1.LedgerCut.$Properties;
            }

            /**
             * Properties of a LedgerQuery.
             * @deprecated Use synod.api.v1.LedgerQuery.$Properties instead.
             */
            interface ILedgerQuery extends synod.api.v1.LedgerQuery.$Properties {
            }

            /** Represents a LedgerQuery. */
            class LedgerQuery {

                /**
                 * Constructs a new LedgerQuery.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerQuery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerQuery head. */
                head?: (synod.api.v1.LedgerAskHead.$Properties|null);

                /** LedgerQuery blocks. */
                blocks?: (synod.api.v1.LedgerAskBlocks.$Properties|null);

                /** LedgerQuery query. */
                query?: ("head"|"blocks");

                /**
                 * Encodes the specified LedgerQuery message. Does not implicitly {@link synod.api.v1.LedgerQuery.verify|verify} messages.
                 * @param message LedgerQuery message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerQuery message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerQuery & synod.api.v1.LedgerQuery.$Shape} LedgerQuery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerQuery & synod.api.v1.LedgerQuery.$Shape;
            }

            namespace LedgerQuery {

                /** Properties of a LedgerQuery. */
                interface $Properties {

                    /** LedgerQuery head */
                    head?: (synod.api.v1.LedgerAskHead.$Properties|null);

                    /** LedgerQuery blocks */
                    blocks?: (synod.api.v1.LedgerAskBlocks.$Properties|null);

                    /** LedgerQuery query */
                    query?: ("head"|"blocks");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a LedgerQuery. */
                type $Shape = {
                  head?: synod.api.v1.LedgerAskHead.$Shape|null;
                  blocks?: synod.api.v1.LedgerAskBlocks.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ query?: undefined; head?: null; blocks?: null }|{ query?: "head"; head: synod.api.v1.LedgerAskHead.$Shape; blocks?: null }|{ query?: "blocks"; head?: null; blocks: synod.api.v1.LedgerAskBlocks.$Shape })
                );
            }

            /**
             * Properties of a LedgerAskHead.
             * @deprecated Use synod.api.v1.LedgerAskHead.$Properties instead.
             */
            interface ILedgerAskHead extends synod.api.v1.LedgerAskHead.$Properties {
            }

            /** Represents a LedgerAskHead. */
            class LedgerAskHead {

                /**
                 * Constructs a new LedgerAskHead.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerAskHead.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified LedgerAskHead message. Does not implicitly {@link synod.api.v1.LedgerAskHead.verify|verify} messages.
                 * @param message LedgerAskHead message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerAskHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerAskHead message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerAskHead & synod.api.v1.LedgerAskHead.$Shape} LedgerAskHead
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerAskHead & synod.api.v1.LedgerAskHead.$Shape;
            }

            namespace LedgerAskHead {

                /** Properties of a LedgerAskHead. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerAskHead. */
                type $Shape = synod.api.v1.LedgerAskHead.$Properties;
            }

            /**
             * Properties of a LedgerAskBlocks.
             * @deprecated Use synod.api.v1.LedgerAskBlocks.$Properties instead.
             */
            interface ILedgerAskBlocks extends synod.api.v1.LedgerAskBlocks.$Properties {
            }

            /** Represents a LedgerAskBlocks. */
            class LedgerAskBlocks {

                /**
                 * Constructs a new LedgerAskBlocks.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerAskBlocks.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerAskBlocks from. */
                from: number;

                /** LedgerAskBlocks limit. */
                limit: number;

                /** LedgerAskBlocks headersOnly. */
                headersOnly: boolean;

                /**
                 * Encodes the specified LedgerAskBlocks message. Does not implicitly {@link synod.api.v1.LedgerAskBlocks.verify|verify} messages.
                 * @param message LedgerAskBlocks message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerAskBlocks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerAskBlocks message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerAskBlocks & synod.api.v1.LedgerAskBlocks.$Shape} LedgerAskBlocks
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerAskBlocks & synod.api.v1.LedgerAskBlocks.$Shape;
            }

            namespace LedgerAskBlocks {

                /** Properties of a LedgerAskBlocks. */
                interface $Properties {

                    /** LedgerAskBlocks from */
                    from?: (number|null);

                    /** LedgerAskBlocks limit */
                    limit?: (number|null);

                    /** LedgerAskBlocks headersOnly */
                    headersOnly?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerAskBlocks. */
                type $Shape = synod.api.v1.LedgerAskBlocks.$Properties;
            }

            /**
             * Properties of a LedgerResult.
             * @deprecated Use synod.api.v1.LedgerResult.$Properties instead.
             */
            interface ILedgerResult extends synod.api.v1.LedgerResult.$Properties {
            }

            /** Represents a LedgerResult. */
            class LedgerResult {

                /**
                 * Constructs a new LedgerResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerResult submitted. */
                submitted?: (synod.api.v1.LedgerSubmitted.$Properties|null);

                /** LedgerResult cut. */
                cut?: (synod.api.v1.LedgerWasCut.$Properties|null);

                /** LedgerResult head. */
                head?: (synod.api.v1.LedgerHead.$Properties|null);

                /** LedgerResult blocks. */
                blocks?: (synod.api.v1.LedgerBlocks.$Properties|null);

                /** LedgerResult error. */
                error?: (synod.api.v1.LedgerError.$Properties|null);

                /** LedgerResult result. */
                result?: ("submitted"|"cut"|"head"|"blocks"|"error");

                /**
                 * Encodes the specified LedgerResult message. Does not implicitly {@link synod.api.v1.LedgerResult.verify|verify} messages.
                 * @param message LedgerResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerResult & synod.api.v1.LedgerResult.$Shape} LedgerResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerResult & synod.api.v1.LedgerResult.$Shape;
            }

            namespace LedgerResult {

                /** Properties of a LedgerResult. */
                interface $Properties {

                    /** LedgerResult submitted */
                    submitted?: (synod.api.v1.LedgerSubmitted.$Properties|null);

                    /** LedgerResult cut */
                    cut?: (synod.api.v1.LedgerWasCut.$Properties|null);

                    /** LedgerResult head */
                    head?: (synod.api.v1.LedgerHead.$Properties|null);

                    /** LedgerResult blocks */
                    blocks?: (synod.api.v1.LedgerBlocks.$Properties|null);

                    /** LedgerResult error */
                    error?: (synod.api.v1.LedgerError.$Properties|null);

                    /** LedgerResult result */
                    result?: ("submitted"|"cut"|"head"|"blocks"|"error");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a LedgerResult. */
                type $Shape = {
                  submitted?: synod.api.v1.LedgerSubmitted.$Shape|null;
                  cut?: synod.api.v1.LedgerWasCut.$Shape|null;
                  head?: synod.api.v1.LedgerHead.$Shape|null;
                  blocks?: synod.api.v1.LedgerBlocks.$Shape|null;
                  error?: synod.api.v1.LedgerError.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ result?: undefined; submitted?: null; cut?: null; head?: null; blocks?: null; error?: null }|{ result?: "submitted"; submitted: synod.api.v1.LedgerSubmitted.$Shape; cut?: null; head?: null; blocks?: null; error?: null }|{ result?: "cut"; submitted?: null; cut: synod.api.v1.LedgerWasCut.$Shape; head?: null; blocks?: null; error?: null }|{ result?: "head"; submitted?: null; cut?: null; head: synod.api.v1.LedgerHead.$Shape; blocks?: null; error?: null }|{ result?: "blocks"; submitted?: null; cut?: null; head?: null; blocks: synod.api.v1.LedgerBlocks.$Shape; error?: null }|{ result?: "error"; submitted?: null; cut?: null; head?: null; blocks?: null; error: synod.api.v1.LedgerError.$Shape })
                );
            }

            /**
             * Properties of a LedgerSubmitted.
             * @deprecated Use synod.api.v1.LedgerSubmitted.$Properties instead.
             */
            interface ILedgerSubmitted extends synod.api.v1.LedgerSubmitted.$Properties {
            }

            /** Represents a LedgerSubmitted. */
            class LedgerSubmitted {

                /**
                 * Constructs a new LedgerSubmitted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerSubmitted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerSubmitted height. */
                height: number;

                /** LedgerSubmitted position. */
                position: number;

                /** LedgerSubmitted closed. */
                closed: boolean;

                /**
                 * Encodes the specified LedgerSubmitted message. Does not implicitly {@link synod.api.v1.LedgerSubmitted.verify|verify} messages.
                 * @param message LedgerSubmitted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerSubmitted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerSubmitted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerSubmitted & synod.api.v1.LedgerSubmitted.$Shape} LedgerSubmitted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerSubmitted & synod.api.v1.LedgerSubmitted.$Shape;
            }

            namespace LedgerSubmitted {

                /** Properties of a LedgerSubmitted. */
                interface $Properties {

                    /** LedgerSubmitted height */
                    height?: (number|null);

                    /** LedgerSubmitted position */
                    position?: (number|null);

                    /** LedgerSubmitted closed */
                    closed?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerSubmitted. */
                type $Shape = synod.api.v1.LedgerSubmitted.$Properties;
            }

            /**
             * Properties of a LedgerWasCut.
             * @deprecated Use synod.api.v1.LedgerWasCut.$Properties instead.
             */
            interface ILedgerWasCut extends synod.api.v1.LedgerWasCut.$Properties {
            }

            /** Represents a LedgerWasCut. */
            class LedgerWasCut {

                /**
                 * Constructs a new LedgerWasCut.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerWasCut.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerWasCut height. */
                height: number;

                /** LedgerWasCut hash. */
                hash: Uint8Array;

                /** LedgerWasCut byThis. */
                byThis: boolean;

                /**
                 * Encodes the specified LedgerWasCut message. Does not implicitly {@link synod.api.v1.LedgerWasCut.verify|verify} messages.
                 * @param message LedgerWasCut message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerWasCut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerWasCut message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerWasCut & synod.api.v1.LedgerWasCut.$Shape} LedgerWasCut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerWasCut & synod.api.v1.LedgerWasCut.$Shape;
            }

            namespace LedgerWasCut {

                /** Properties of a LedgerWasCut. */
                interface $Properties {

                    /** LedgerWasCut height */
                    height?: (number|null);

                    /** LedgerWasCut hash */
                    hash?: (Uint8Array|null);

                    /** LedgerWasCut byThis */
                    byThis?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerWasCut. */
                type $Shape = synod.api.v1.LedgerWasCut.$Properties;
            }

            /**
             * Properties of a LedgerHead.
             * @deprecated Use synod.api.v1.LedgerHead.$Properties instead.
             */
            interface ILedgerHead extends synod.api.v1.LedgerHead.$Properties {
            }

            /** Represents a LedgerHead. */
            class LedgerHead {

                /**
                 * Constructs a new LedgerHead.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerHead.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerHead head. */
                head?: (synod.api.v1.LedgerBlock.$Properties|null);

                /** LedgerHead transactions. */
                transactions: number;

                /** LedgerHead pending. */
                pending: number;

                /**
                 * Encodes the specified LedgerHead message. Does not implicitly {@link synod.api.v1.LedgerHead.verify|verify} messages.
                 * @param message LedgerHead message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerHead message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerHead & synod.api.v1.LedgerHead.$Shape} LedgerHead
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerHead & synod.api.v1.LedgerHead.$Shape;
            }

            namespace LedgerHead {

                /** Properties of a LedgerHead. */
                interface $Properties {

                    /** LedgerHead head */
                    head?: (synod.api.v1.LedgerBlock.$Properties|null);

                    /** LedgerHead transactions */
                    transactions?: (number|null);

                    /** LedgerHead pending */
                    pending?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerHead. */
                type $Shape = synod.api.v1.LedgerHead.$Properties;
            }

            /**
             * Properties of a LedgerBlocks.
             * @deprecated Use synod.api.v1.LedgerBlocks.$Properties instead.
             */
            interface ILedgerBlocks extends synod.api.v1.LedgerBlocks.$Properties {
            }

            /** Represents a LedgerBlocks. */
            class LedgerBlocks {

                /**
                 * Constructs a new LedgerBlocks.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerBlocks.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerBlocks blocks. */
                blocks: synod.api.v1.LedgerBlock.$Properties[];

                /** LedgerBlocks more. */
                more: boolean;

                /**
                 * Encodes the specified LedgerBlocks message. Does not implicitly {@link synod.api.v1.LedgerBlocks.verify|verify} messages.
                 * @param message LedgerBlocks message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerBlocks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerBlocks message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerBlocks & synod.api.v1.LedgerBlocks.$Shape} LedgerBlocks
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerBlocks & synod.api.v1.LedgerBlocks.$Shape;
            }

            namespace LedgerBlocks {

                /** Properties of a LedgerBlocks. */
                interface $Properties {

                    /** LedgerBlocks blocks */
                    blocks?: (synod.api.v1.LedgerBlock.$Properties[]|null);

                    /** LedgerBlocks more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerBlocks. */
                type $Shape = synod.api.v1.LedgerBlocks.$Properties;
            }

            /**
             * Properties of a LedgerBlock.
             * @deprecated Use synod.api.v1.LedgerBlock.$Properties instead.
             */
            interface ILedgerBlock extends synod.api.v1.LedgerBlock.$Properties {
            }

            /** Represents a LedgerBlock. */
            class LedgerBlock {

                /**
                 * Constructs a new LedgerBlock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerBlock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerBlock hash. */
                hash: Uint8Array;

                /** LedgerBlock height. */
                height: number;

                /** LedgerBlock previous. */
                previous: Uint8Array;

                /** LedgerBlock root. */
                root: Uint8Array;

                /** LedgerBlock time. */
                time: number;

                /** LedgerBlock proposer. */
                proposer: Uint8Array;

                /** LedgerBlock proposerTime. */
                proposerTime: number;

                /** LedgerBlock count. */
                count: number;

                /** LedgerBlock transactions. */
                transactions: synod.api.v1.LedgerTransaction.$Properties[];

                /**
                 * Encodes the specified LedgerBlock message. Does not implicitly {@link synod.api.v1.LedgerBlock.verify|verify} messages.
                 * @param message LedgerBlock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerBlock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerBlock & synod.api.v1.LedgerBlock.$Shape} LedgerBlock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerBlock & synod.api.v1.LedgerBlock.$Shape;
            }

            namespace LedgerBlock {

                /** Properties of a LedgerBlock. */
                interface $Properties {

                    /** LedgerBlock hash */
                    hash?: (Uint8Array|null);

                    /** LedgerBlock height */
                    height?: (number|null);

                    /** LedgerBlock previous */
                    previous?: (Uint8Array|null);

                    /** LedgerBlock root */
                    root?: (Uint8Array|null);

                    /** LedgerBlock time */
                    time?: (number|null);

                    /** LedgerBlock proposer */
                    proposer?: (Uint8Array|null);

                    /** LedgerBlock proposerTime */
                    proposerTime?: (number|null);

                    /** LedgerBlock count */
                    count?: (number|null);

                    /** LedgerBlock transactions */
                    transactions?: (synod.api.v1.LedgerTransaction.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerBlock. */
                type $Shape = synod.api.v1.LedgerBlock.$Properties;
            }

            /**
             * Properties of a LedgerTransaction.
             * @deprecated Use synod.api.v1.LedgerTransaction.$Properties instead.
             */
            interface ILedgerTransaction extends synod.api.v1.LedgerTransaction.$Properties {
            }

            /** Represents a LedgerTransaction. */
            class LedgerTransaction {

                /**
                 * Constructs a new LedgerTransaction.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerTransaction.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerTransaction author. */
                author: Uint8Array;

                /** LedgerTransaction time. */
                time: number;

                /** LedgerTransaction data. */
                data: Uint8Array;

                /**
                 * Encodes the specified LedgerTransaction message. Does not implicitly {@link synod.api.v1.LedgerTransaction.verify|verify} messages.
                 * @param message LedgerTransaction message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerTransaction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerTransaction message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerTransaction & synod.api.v1.LedgerTransaction.$Shape} LedgerTransaction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerTransaction & synod.api.v1.LedgerTransaction.$Shape;
            }

            namespace LedgerTransaction {

                /** Properties of a LedgerTransaction. */
                interface $Properties {

                    /** LedgerTransaction author */
                    author?: (Uint8Array|null);

                    /** LedgerTransaction time */
                    time?: (number|null);

                    /** LedgerTransaction data */
                    data?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerTransaction. */
                type $Shape = synod.api.v1.LedgerTransaction.$Properties;
            }

            /**
             * Properties of a LedgerError.
             * @deprecated Use synod.api.v1.LedgerError.$Properties instead.
             */
            interface ILedgerError extends synod.api.v1.LedgerError.$Properties {
            }

            /** Represents a LedgerError. */
            class LedgerError {

                /**
                 * Constructs a new LedgerError.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.api.v1.LedgerError.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LedgerError code. */
                code: synod.api.v1.LedgerError.Code;

                /** LedgerError detail. */
                detail: string;

                /**
                 * Encodes the specified LedgerError message. Does not implicitly {@link synod.api.v1.LedgerError.verify|verify} messages.
                 * @param message LedgerError message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.api.v1.LedgerError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LedgerError message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.api.v1.LedgerError & synod.api.v1.LedgerError.$Shape} LedgerError
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.api.v1.LedgerError & synod.api.v1.LedgerError.$Shape;
            }

            namespace LedgerError {

                /** Properties of a LedgerError. */
                interface $Properties {

                    /** LedgerError code */
                    code?: (synod.api.v1.LedgerError.Code|null);

                    /** LedgerError detail */
                    detail?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LedgerError. */
                type $Shape = synod.api.v1.LedgerError.$Properties;

                /** Code enum. */
                enum Code {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** MALFORMED value */
                    MALFORMED = 1,

                    /** UNKNOWN value */
                    UNKNOWN = 2,

                    /** EMPTY value */
                    EMPTY = 3,

                    /** TOO_LARGE value */
                    TOO_LARGE = 4,

                    /** TIME_INVALID value */
                    TIME_INVALID = 5,

                    /** AUTHOR_INVALID value */
                    AUTHOR_INVALID = 6,

                    /** FULL value */
                    FULL = 7,

                    /** NOTHING_TO_CUT value */
                    NOTHING_TO_CUT = 8,

                    /** RESTORING value */
                    RESTORING = 9,

                    /** NOT_ALLOWED value */
                    NOT_ALLOWED = 10
                }
            }
        }
    }

    /** Namespace formation. */
    namespace formation {

        /** Namespace v1. */
        namespace v1 {

            /** Standing enum. */
            enum Standing {

                /** STANDING_UNSPECIFIED value */
                STANDING_UNSPECIFIED = 0,

                /** EMPTY value */
                EMPTY = 1,

                /** FORMED value */
                FORMED = 2,

                /** ACTIVE value */
                ACTIVE = 3,

                /** RECOVERING value */
                RECOVERING = 4,

                /** LOST value */
                LOST = 5
            }

            /**
             * Properties of a Hello.
             * @deprecated Use synod.formation.v1.Hello.$Properties instead.
             */
            interface IHello extends synod.formation.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.formation.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello nonce. */
                nonce: number;

                /** Hello standing. */
                standing: synod.formation.v1.Standing;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link synod.formation.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.formation.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.formation.v1.Hello & synod.formation.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.formation.v1.Hello & synod.formation.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello nonce */
                    nonce?: (number|null);

                    /** Hello standing */
                    standing?: (synod.formation.v1.Standing|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = synod.formation.v1.Hello.$Properties;
            }

            /**
             * Properties of a HelloReply.
             * @deprecated Use synod.formation.v1.HelloReply.$Properties instead.
             */
            interface IHelloReply extends synod.formation.v1.HelloReply.$Properties {
            }

            /** Represents a HelloReply. */
            class HelloReply {

                /**
                 * Constructs a new HelloReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.formation.v1.HelloReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HelloReply nonce. */
                nonce: number;

                /** HelloReply incarnation. */
                incarnation: number;

                /** HelloReply standing. */
                standing: synod.formation.v1.Standing;

                /** HelloReply clusterId. */
                clusterId: number;

                /** HelloReply era. */
                era: number;

                /**
                 * Encodes the specified HelloReply message. Does not implicitly {@link synod.formation.v1.HelloReply.verify|verify} messages.
                 * @param message HelloReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.formation.v1.HelloReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HelloReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.formation.v1.HelloReply & synod.formation.v1.HelloReply.$Shape} HelloReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.formation.v1.HelloReply & synod.formation.v1.HelloReply.$Shape;
            }

            namespace HelloReply {

                /** Properties of a HelloReply. */
                interface $Properties {

                    /** HelloReply nonce */
                    nonce?: (number|null);

                    /** HelloReply incarnation */
                    incarnation?: (number|null);

                    /** HelloReply standing */
                    standing?: (synod.formation.v1.Standing|null);

                    /** HelloReply clusterId */
                    clusterId?: (number|null);

                    /** HelloReply era */
                    era?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HelloReply. */
                type $Shape = synod.formation.v1.HelloReply.$Properties;
            }

            /**
             * Properties of a Form.
             * @deprecated Use synod.formation.v1.Form.$Properties instead.
             */
            interface IForm extends synod.formation.v1.Form.$Properties {
            }

            /** Represents a Form. */
            class Form {

                /**
                 * Constructs a new Form.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.formation.v1.Form.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Form clusterId. */
                clusterId: number;

                /** Form incarnation. */
                incarnation: number;

                /** Form founding. */
                founding: Uint8Array;

                /**
                 * Encodes the specified Form message. Does not implicitly {@link synod.formation.v1.Form.verify|verify} messages.
                 * @param message Form message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.formation.v1.Form.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Form message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.formation.v1.Form & synod.formation.v1.Form.$Shape} Form
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.formation.v1.Form & synod.formation.v1.Form.$Shape;
            }

            namespace Form {

                /** Properties of a Form. */
                interface $Properties {

                    /** Form clusterId */
                    clusterId?: (number|null);

                    /** Form incarnation */
                    incarnation?: (number|null);

                    /** Form founding */
                    founding?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Form. */
                type $Shape = synod.formation.v1.Form.$Properties;
            }

            /**
             * Properties of a Formed.
             * @deprecated Use synod.formation.v1.Formed.$Properties instead.
             */
            interface IFormed extends synod.formation.v1.Formed.$Properties {
            }

            /** Represents a Formed. */
            class Formed {

                /**
                 * Constructs a new Formed.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.formation.v1.Formed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Formed clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Formed message. Does not implicitly {@link synod.formation.v1.Formed.verify|verify} messages.
                 * @param message Formed message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.formation.v1.Formed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Formed message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.formation.v1.Formed & synod.formation.v1.Formed.$Shape} Formed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.formation.v1.Formed & synod.formation.v1.Formed.$Shape;
            }

            namespace Formed {

                /** Properties of a Formed. */
                interface $Properties {

                    /** Formed clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Formed. */
                type $Shape = synod.formation.v1.Formed.$Properties;
            }

            /**
             * Properties of an Activate.
             * @deprecated Use synod.formation.v1.Activate.$Properties instead.
             */
            interface IActivate extends synod.formation.v1.Activate.$Properties {
            }

            /** Represents an Activate. */
            class Activate {

                /**
                 * Constructs a new Activate.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.formation.v1.Activate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Activate clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Activate message. Does not implicitly {@link synod.formation.v1.Activate.verify|verify} messages.
                 * @param message Activate message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.formation.v1.Activate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Activate message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.formation.v1.Activate & synod.formation.v1.Activate.$Shape} Activate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.formation.v1.Activate & synod.formation.v1.Activate.$Shape;
            }

            namespace Activate {

                /** Properties of an Activate. */
                interface $Properties {

                    /** Activate clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Activate. */
                type $Shape = synod.formation.v1.Activate.$Properties;
            }
        }
    }

    /** Namespace log. */
    namespace log {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an EntryBatch.
             * @deprecated Use synod.log.v1.EntryBatch.$Properties instead.
             */
            interface IEntryBatch extends synod.log.v1.EntryBatch.$Properties {
            }

            /** Represents an EntryBatch. */
            class EntryBatch {

                /**
                 * Constructs a new EntryBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.log.v1.EntryBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EntryBatch era. */
                era: number;

                /** EntryBatch first. */
                first: number;

                /** EntryBatch entries. */
                entries: synod.log.v1.Entry.$Properties[];

                /**
                 * Encodes the specified EntryBatch message. Does not implicitly {@link synod.log.v1.EntryBatch.verify|verify} messages.
                 * @param message EntryBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.log.v1.EntryBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EntryBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.log.v1.EntryBatch & synod.log.v1.EntryBatch.$Shape} EntryBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.log.v1.EntryBatch & synod.log.v1.EntryBatch.$Shape;
            }

            namespace EntryBatch {

                /** Properties of an EntryBatch. */
                interface $Properties {

                    /** EntryBatch era */
                    era?: (number|null);

                    /** EntryBatch first */
                    first?: (number|null);

                    /** EntryBatch entries */
                    entries?: (synod.log.v1.Entry.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EntryBatch. */
                type $Shape = {
                  era?: number|null;
                  first?: number|null;
                  entries?: synod.log.v1.Entry.$Shape[]|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an Entry.
             * @deprecated Use synod.log.v1.Entry.$Properties instead.
             */
            interface IEntry extends synod.log.v1.Entry.$Properties {
            }

            /** Represents an Entry. */
            class Entry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.log.v1.Entry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Entry noOp. */
                noOp?: (synod.log.v1.NoOp.$Properties|null);

                /** Entry request. */
                request?: (synod.log.v1.ClientBatch.$Properties|null);

                /** Entry configuration. */
                configuration?: (Uint8Array|null);

                /** Entry entry. */
                entry?: ("noOp"|"request"|"configuration");

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link synod.log.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.log.v1.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.log.v1.Entry & synod.log.v1.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.log.v1.Entry & synod.log.v1.Entry.$Shape;
            }

            namespace Entry {

                /** Properties of an Entry. */
                interface $Properties {

                    /** Entry noOp */
                    noOp?: (synod.log.v1.NoOp.$Properties|null);

                    /** Entry request */
                    request?: (synod.log.v1.ClientBatch.$Properties|null);

                    /** Entry configuration */
                    configuration?: (Uint8Array|null);

                    /** Entry entry */
                    entry?: ("noOp"|"request"|"configuration");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Entry. */
                type $Shape = {
                  noOp?: synod.log.v1.NoOp.$Shape|null;
                  request?: synod.log.v1.ClientBatch.$Shape|null;
                  configuration?: Uint8Array|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ entry?: undefined; noOp?: null; request?: null; configuration?: null }|{ entry?: "noOp"; noOp: synod.log.v1.NoOp.$Shape; request?: null; configuration?: null }|{ entry?: "request"; noOp?: null; request: synod.log.v1.ClientBatch.$Shape; configuration?: null }|{ entry?: "configuration"; noOp?: null; request?: null; configuration: Uint8Array })
                );
            }

            /**
             * Properties of a NoOp.
             * @deprecated Use synod.log.v1.NoOp.$Properties instead.
             */
            interface INoOp extends synod.log.v1.NoOp.$Properties {
            }

            /** Represents a NoOp. */
            class NoOp {

                /**
                 * Constructs a new NoOp.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.log.v1.NoOp.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified NoOp message. Does not implicitly {@link synod.log.v1.NoOp.verify|verify} messages.
                 * @param message NoOp message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.log.v1.NoOp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NoOp message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.log.v1.NoOp & synod.log.v1.NoOp.$Shape} NoOp
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.log.v1.NoOp & synod.log.v1.NoOp.$Shape;
            }

            namespace NoOp {

                /** Properties of a NoOp. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NoOp. */
                type $Shape = synod.log.v1.NoOp.$Properties;
            }

            /**
             * Properties of a ClientBatch.
             * @deprecated Use synod.log.v1.ClientBatch.$Properties instead.
             */
            interface IClientBatch extends synod.log.v1.ClientBatch.$Properties {
            }

            /** Represents a ClientBatch. */
            class ClientBatch {

                /**
                 * Constructs a new ClientBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.log.v1.ClientBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClientBatch user. */
                user: string;

                /** ClientBatch batch. */
                batch: Uint8Array;

                /**
                 * Encodes the specified ClientBatch message. Does not implicitly {@link synod.log.v1.ClientBatch.verify|verify} messages.
                 * @param message ClientBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.log.v1.ClientBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClientBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.log.v1.ClientBatch & synod.log.v1.ClientBatch.$Shape} ClientBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.log.v1.ClientBatch & synod.log.v1.ClientBatch.$Shape;
            }

            namespace ClientBatch {

                /** Properties of a ClientBatch. */
                interface $Properties {

                    /** ClientBatch user */
                    user?: (string|null);

                    /** ClientBatch batch */
                    batch?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClientBatch. */
                type $Shape = synod.log.v1.ClientBatch.$Properties;
            }
        }
    }
}
