import * as $protobuf from "./protobuf.js";

/** Namespace synod. */
export namespace synod {

    /** Namespace raft. */
    namespace raft {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an Envelope.
             * @deprecated Use synod.raft.v1.Envelope.$Properties instead.
             */
            interface IEnvelope extends synod.raft.v1.Envelope.$Properties {
            }

            /** Represents an Envelope. */
            class Envelope {

                /**
                 * Constructs a new Envelope.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Envelope.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Envelope version. */
                version: number;

                /** Envelope requestVote. */
                requestVote?: (synod.raft.v1.RequestVote.$Properties|null);

                /** Envelope requestVoteReply. */
                requestVoteReply?: (synod.raft.v1.RequestVoteReply.$Properties|null);

                /** Envelope appendEntries. */
                appendEntries?: (synod.raft.v1.AppendEntries.$Properties|null);

                /** Envelope appendEntriesReply. */
                appendEntriesReply?: (synod.raft.v1.AppendEntriesReply.$Properties|null);

                /** Envelope installSnapshot. */
                installSnapshot?: (synod.raft.v1.InstallSnapshot.$Properties|null);

                /** Envelope installSnapshotReply. */
                installSnapshotReply?: (synod.raft.v1.InstallSnapshotReply.$Properties|null);

                /** Envelope timeoutNow. */
                timeoutNow?: (synod.raft.v1.TimeoutNow.$Properties|null);

                /** Envelope hello. */
                hello?: (Uint8Array|null);

                /** Envelope helloReply. */
                helloReply?: (Uint8Array|null);

                /** Envelope form. */
                form?: (Uint8Array|null);

                /** Envelope formed. */
                formed?: (Uint8Array|null);

                /** Envelope activate. */
                activate?: (Uint8Array|null);

                /** Envelope rejoin. */
                rejoin?: (synod.raft.v1.Rejoin.$Properties|null);

                /** Envelope body. */
                body?: ("requestVote"|"requestVoteReply"|"appendEntries"|"appendEntriesReply"|"installSnapshot"|"installSnapshotReply"|"timeoutNow"|"hello"|"helloReply"|"form"|"formed"|"activate"|"rejoin");

                /**
                 * Encodes the specified Envelope message. Does not implicitly {@link synod.raft.v1.Envelope.verify|verify} messages.
                 * @param message Envelope message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Envelope message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Envelope & synod.raft.v1.Envelope.$Shape} Envelope
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Envelope & synod.raft.v1.Envelope.$Shape;
            }

            namespace Envelope {

                /** Properties of an Envelope. */
                interface $Properties {

                    /** Envelope version */
                    version?: (number|null);

                    /** Envelope requestVote */
                    requestVote?: (synod.raft.v1.RequestVote.$Properties|null);

                    /** Envelope requestVoteReply */
                    requestVoteReply?: (synod.raft.v1.RequestVoteReply.$Properties|null);

                    /** Envelope appendEntries */
                    appendEntries?: (synod.raft.v1.AppendEntries.$Properties|null);

                    /** Envelope appendEntriesReply */
                    appendEntriesReply?: (synod.raft.v1.AppendEntriesReply.$Properties|null);

                    /** Envelope installSnapshot */
                    installSnapshot?: (synod.raft.v1.InstallSnapshot.$Properties|null);

                    /** Envelope installSnapshotReply */
                    installSnapshotReply?: (synod.raft.v1.InstallSnapshotReply.$Properties|null);

                    /** Envelope timeoutNow */
                    timeoutNow?: (synod.raft.v1.TimeoutNow.$Properties|null);

                    /** Envelope hello */
                    hello?: (Uint8Array|null);

                    /** Envelope helloReply */
                    helloReply?: (Uint8Array|null);

                    /** Envelope form */
                    form?: (Uint8Array|null);

                    /** Envelope formed */
                    formed?: (Uint8Array|null);

                    /** Envelope activate */
                    activate?: (Uint8Array|null);

                    /** Envelope rejoin */
                    rejoin?: (synod.raft.v1.Rejoin.$Properties|null);

                    /** Envelope body */
                    body?: ("requestVote"|"requestVoteReply"|"appendEntries"|"appendEntriesReply"|"installSnapshot"|"installSnapshotReply"|"timeoutNow"|"hello"|"helloReply"|"form"|"formed"|"activate"|"rejoin");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Envelope. */
                type $Shape = {
                  version?: number|null;
                  requestVote?: synod.raft.v1.RequestVote.$Shape|null;
                  requestVoteReply?: synod.raft.v1.RequestVoteReply.$Shape|null;
                  appendEntries?: synod.raft.v1.AppendEntries.$Shape|null;
                  appendEntriesReply?: synod.raft.v1.AppendEntriesReply.$Shape|null;
                  installSnapshot?: synod.raft.v1.InstallSnapshot.$Shape|null;
                  installSnapshotReply?: synod.raft.v1.InstallSnapshotReply.$Shape|null;
                  timeoutNow?: synod.raft.v1.TimeoutNow.$Shape|null;
                  hello?: Uint8Array|null;
                  helloReply?: Uint8Array|null;
                  form?: Uint8Array|null;
                  formed?: Uint8Array|null;
                  activate?: Uint8Array|null;
                  rejoin?: synod.raft.v1.Rejoin.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "requestVote"; requestVote: synod.raft.v1.RequestVote.$Shape; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "requestVoteReply"; requestVote?: null; requestVoteReply: synod.raft.v1.RequestVoteReply.$Shape; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "appendEntries"; requestVote?: null; requestVoteReply?: null; appendEntries: synod.raft.v1.AppendEntries.$Shape; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "appendEntriesReply"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply: synod.raft.v1.AppendEntriesReply.$Shape; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "installSnapshot"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot: synod.raft.v1.InstallSnapshot.$Shape; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "installSnapshotReply"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply: synod.raft.v1.InstallSnapshotReply.$Shape; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "timeoutNow"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow: synod.raft.v1.TimeoutNow.$Shape; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "hello"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello: Uint8Array; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "helloReply"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply: Uint8Array; form?: null; formed?: null; activate?: null; rejoin?: null }|{ body?: "form"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form: Uint8Array; formed?: null; activate?: null; rejoin?: null }|{ body?: "formed"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed: Uint8Array; activate?: null; rejoin?: null }|{ body?: "activate"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate: Uint8Array; rejoin?: null }|{ body?: "rejoin"; requestVote?: null; requestVoteReply?: null; appendEntries?: null; appendEntriesReply?: null; installSnapshot?: null; installSnapshotReply?: null; timeoutNow?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; rejoin: synod.raft.v1.Rejoin.$Shape })
                );
            }

            /** VotePhase enum. */
            enum VotePhase {

                /** VOTE_PHASE_UNSPECIFIED value */
                VOTE_PHASE_UNSPECIFIED = 0,

                /** PRE_VOTE value */
                PRE_VOTE = 1,

                /** VOTE value */
                VOTE = 2
            }

            /**
             * Properties of a RequestVote.
             * @deprecated Use synod.raft.v1.RequestVote.$Properties instead.
             */
            interface IRequestVote extends synod.raft.v1.RequestVote.$Properties {
            }

            /** Represents a RequestVote. */
            class RequestVote {

                /**
                 * Constructs a new RequestVote.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.RequestVote.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RequestVote phase. */
                phase: synod.raft.v1.VotePhase;

                /** RequestVote term. */
                term: number;

                /** RequestVote lastIndex. */
                lastIndex: number;

                /** RequestVote lastTerm. */
                lastTerm: number;

                /** RequestVote handover. */
                handover: boolean;

                /**
                 * Encodes the specified RequestVote message. Does not implicitly {@link synod.raft.v1.RequestVote.verify|verify} messages.
                 * @param message RequestVote message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.RequestVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RequestVote message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.RequestVote & synod.raft.v1.RequestVote.$Shape} RequestVote
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.RequestVote & synod.raft.v1.RequestVote.$Shape;
            }

            namespace RequestVote {

                /** Properties of a RequestVote. */
                interface $Properties {

                    /** RequestVote phase */
                    phase?: (synod.raft.v1.VotePhase|null);

                    /** RequestVote term */
                    term?: (number|null);

                    /** RequestVote lastIndex */
                    lastIndex?: (number|null);

                    /** RequestVote lastTerm */
                    lastTerm?: (number|null);

                    /** RequestVote handover */
                    handover?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RequestVote. */
                type $Shape = synod.raft.v1.RequestVote.$Properties;
            }

            /**
             * Properties of a RequestVoteReply.
             * @deprecated Use synod.raft.v1.RequestVoteReply.$Properties instead.
             */
            interface IRequestVoteReply extends synod.raft.v1.RequestVoteReply.$Properties {
            }

            /** Represents a RequestVoteReply. */
            class RequestVoteReply {

                /**
                 * Constructs a new RequestVoteReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.RequestVoteReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RequestVoteReply phase. */
                phase: synod.raft.v1.VotePhase;

                /** RequestVoteReply term. */
                term: number;

                /** RequestVoteReply granted. */
                granted: boolean;

                /**
                 * Encodes the specified RequestVoteReply message. Does not implicitly {@link synod.raft.v1.RequestVoteReply.verify|verify} messages.
                 * @param message RequestVoteReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.RequestVoteReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RequestVoteReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.RequestVoteReply & synod.raft.v1.RequestVoteReply.$Shape} RequestVoteReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.RequestVoteReply & synod.raft.v1.RequestVoteReply.$Shape;
            }

            namespace RequestVoteReply {

                /** Properties of a RequestVoteReply. */
                interface $Properties {

                    /** RequestVoteReply phase */
                    phase?: (synod.raft.v1.VotePhase|null);

                    /** RequestVoteReply term */
                    term?: (number|null);

                    /** RequestVoteReply granted */
                    granted?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RequestVoteReply. */
                type $Shape = synod.raft.v1.RequestVoteReply.$Properties;
            }

            /**
             * Properties of an AppendEntries.
             * @deprecated Use synod.raft.v1.AppendEntries.$Properties instead.
             */
            interface IAppendEntries extends synod.raft.v1.AppendEntries.$Properties {
            }

            /** Represents an AppendEntries. */
            class AppendEntries {

                /**
                 * Constructs a new AppendEntries.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.AppendEntries.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AppendEntries term. */
                term: number;

                /** AppendEntries prevIndex. */
                prevIndex: number;

                /** AppendEntries prevTerm. */
                prevTerm: number;

                /** AppendEntries commit. */
                commit: number;

                /** AppendEntries round. */
                round: number;

                /** AppendEntries followers. */
                followers: string[];

                /** AppendEntries batches. */
                batches: Uint8Array[];

                /** AppendEntries beat. */
                beat?: (synod.raft.v1.Beat.$Properties|null);

                /**
                 * Encodes the specified AppendEntries message. Does not implicitly {@link synod.raft.v1.AppendEntries.verify|verify} messages.
                 * @param message AppendEntries message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.AppendEntries.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AppendEntries message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.AppendEntries & synod.raft.v1.AppendEntries.$Shape} AppendEntries
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.AppendEntries & synod.raft.v1.AppendEntries.$Shape;
            }

            namespace AppendEntries {

                /** Properties of an AppendEntries. */
                interface $Properties {

                    /** AppendEntries term */
                    term?: (number|null);

                    /** AppendEntries prevIndex */
                    prevIndex?: (number|null);

                    /** AppendEntries prevTerm */
                    prevTerm?: (number|null);

                    /** AppendEntries commit */
                    commit?: (number|null);

                    /** AppendEntries round */
                    round?: (number|null);

                    /** AppendEntries followers */
                    followers?: (string[]|null);

                    /** AppendEntries batches */
                    batches?: (Uint8Array[]|null);

                    /** AppendEntries beat */
                    beat?: (synod.raft.v1.Beat.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AppendEntries. */
                type $Shape = synod.raft.v1.AppendEntries.$Properties;
            }

            /**
             * Properties of a Beat.
             * @deprecated Use synod.raft.v1.Beat.$Properties instead.
             */
            interface IBeat extends synod.raft.v1.Beat.$Properties {
            }

            /** Represents a Beat. */
            class Beat {

                /**
                 * Constructs a new Beat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Beat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Beat at. */
                at: number;

                /** Beat echoes. */
                echoes: number[];

                /**
                 * Encodes the specified Beat message. Does not implicitly {@link synod.raft.v1.Beat.verify|verify} messages.
                 * @param message Beat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Beat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Beat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Beat & synod.raft.v1.Beat.$Shape} Beat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Beat & synod.raft.v1.Beat.$Shape;
            }

            namespace Beat {

                /** Properties of a Beat. */
                interface $Properties {

                    /** Beat at */
                    at?: (number|null);

                    /** Beat echoes */
                    echoes?: (number[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Beat. */
                type $Shape = synod.raft.v1.Beat.$Properties;
            }

            /**
             * Properties of an AppendEntriesReply.
             * @deprecated Use synod.raft.v1.AppendEntriesReply.$Properties instead.
             */
            interface IAppendEntriesReply extends synod.raft.v1.AppendEntriesReply.$Properties {
            }

            /** Represents an AppendEntriesReply. */
            class AppendEntriesReply {

                /**
                 * Constructs a new AppendEntriesReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.AppendEntriesReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AppendEntriesReply term. */
                term: number;

                /** AppendEntriesReply round. */
                round: number;

                /** AppendEntriesReply voting. */
                voting: boolean;

                /** AppendEntriesReply matched. */
                matched?: (synod.raft.v1.Matched.$Properties|null);

                /** AppendEntriesReply conflict. */
                conflict?: (synod.raft.v1.Conflict.$Properties|null);

                /** AppendEntriesReply heard. */
                heard?: (synod.raft.v1.Heard.$Properties|null);

                /** AppendEntriesReply beat. */
                beat?: (synod.raft.v1.Beat.$Properties|null);

                /** AppendEntriesReply outcome. */
                outcome?: ("matched"|"conflict"|"heard");

                /**
                 * Encodes the specified AppendEntriesReply message. Does not implicitly {@link synod.raft.v1.AppendEntriesReply.verify|verify} messages.
                 * @param message AppendEntriesReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.AppendEntriesReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AppendEntriesReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.AppendEntriesReply & synod.raft.v1.AppendEntriesReply.$Shape} AppendEntriesReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.AppendEntriesReply & synod.raft.v1.AppendEntriesReply.$Shape;
            }

            namespace AppendEntriesReply {

                /** Properties of an AppendEntriesReply. */
                interface $Properties {

                    /** AppendEntriesReply term */
                    term?: (number|null);

                    /** AppendEntriesReply round */
                    round?: (number|null);

                    /** AppendEntriesReply voting */
                    voting?: (boolean|null);

                    /** AppendEntriesReply matched */
                    matched?: (synod.raft.v1.Matched.$Properties|null);

                    /** AppendEntriesReply conflict */
                    conflict?: (synod.raft.v1.Conflict.$Properties|null);

                    /** AppendEntriesReply heard */
                    heard?: (synod.raft.v1.Heard.$Properties|null);

                    /** AppendEntriesReply beat */
                    beat?: (synod.raft.v1.Beat.$Properties|null);

                    /** AppendEntriesReply outcome */
                    outcome?: ("matched"|"conflict"|"heard");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an AppendEntriesReply. */
                type $Shape = {
                  term?: number|null;
                  round?: number|null;
                  voting?: boolean|null;
                  matched?: synod.raft.v1.Matched.$Shape|null;
                  conflict?: synod.raft.v1.Conflict.$Shape|null;
                  heard?: synod.raft.v1.Heard.$Shape|null;
                  beat?: synod.raft.v1.Beat.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ outcome?: undefined; matched?: null; conflict?: null; heard?: null }|{ outcome?: "matched"; matched: synod.raft.v1.Matched.$Shape; conflict?: null; heard?: null }|{ outcome?: "conflict"; matched?: null; conflict: synod.raft.v1.Conflict.$Shape; heard?: null }|{ outcome?: "heard"; matched?: null; conflict?: null; heard: synod.raft.v1.Heard.$Shape })
                );
            }

            /**
             * Properties of a Matched.
             * @deprecated Use synod.raft.v1.Matched.$Properties instead.
             */
            interface IMatched extends synod.raft.v1.Matched.$Properties {
            }

            /** Represents a Matched. */
            class Matched {

                /**
                 * Constructs a new Matched.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Matched.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Matched index. */
                index: number;

                /**
                 * Encodes the specified Matched message. Does not implicitly {@link synod.raft.v1.Matched.verify|verify} messages.
                 * @param message Matched message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Matched.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Matched message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Matched & synod.raft.v1.Matched.$Shape} Matched
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Matched & synod.raft.v1.Matched.$Shape;
            }

            namespace Matched {

                /** Properties of a Matched. */
                interface $Properties {

                    /** Matched index */
                    index?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Matched. */
                type $Shape = synod.raft.v1.Matched.$Properties;
            }

            /**
             * Properties of a Conflict.
             * @deprecated Use synod.raft.v1.Conflict.$Properties instead.
             */
            interface IConflict extends synod.raft.v1.Conflict.$Properties {
            }

            /** Represents a Conflict. */
            class Conflict {

                /**
                 * Constructs a new Conflict.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Conflict.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Conflict prevIndex. */
                prevIndex: number;

                /** Conflict hintIndex. */
                hintIndex: number;

                /** Conflict hintTerm. */
                hintTerm: number;

                /** Conflict lastIndex. */
                lastIndex: number;

                /**
                 * Encodes the specified Conflict message. Does not implicitly {@link synod.raft.v1.Conflict.verify|verify} messages.
                 * @param message Conflict message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Conflict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Conflict message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Conflict & synod.raft.v1.Conflict.$Shape} Conflict
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Conflict & synod.raft.v1.Conflict.$Shape;
            }

            namespace Conflict {

                /** Properties of a Conflict. */
                interface $Properties {

                    /** Conflict prevIndex */
                    prevIndex?: (number|null);

                    /** Conflict hintIndex */
                    hintIndex?: (number|null);

                    /** Conflict hintTerm */
                    hintTerm?: (number|null);

                    /** Conflict lastIndex */
                    lastIndex?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Conflict. */
                type $Shape = synod.raft.v1.Conflict.$Properties;
            }

            /**
             * Properties of a Heard.
             * @deprecated Use synod.raft.v1.Heard.$Properties instead.
             */
            interface IHeard extends synod.raft.v1.Heard.$Properties {
            }

            /** Represents a Heard. */
            class Heard {

                /**
                 * Constructs a new Heard.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Heard.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Heard message. Does not implicitly {@link synod.raft.v1.Heard.verify|verify} messages.
                 * @param message Heard message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Heard.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heard message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Heard & synod.raft.v1.Heard.$Shape} Heard
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Heard & synod.raft.v1.Heard.$Shape;
            }

            namespace Heard {

                /** Properties of a Heard. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Heard. */
                type $Shape = synod.raft.v1.Heard.$Properties;
            }

            /**
             * Properties of a SnapshotId.
             * @deprecated Use synod.raft.v1.SnapshotId.$Properties instead.
             */
            interface ISnapshotId extends synod.raft.v1.SnapshotId.$Properties {
            }

            /** Represents a SnapshotId. */
            class SnapshotId {

                /**
                 * Constructs a new SnapshotId.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.SnapshotId.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotId index. */
                index: number;

                /** SnapshotId era. */
                era: number;

                /**
                 * Encodes the specified SnapshotId message. Does not implicitly {@link synod.raft.v1.SnapshotId.verify|verify} messages.
                 * @param message SnapshotId message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.SnapshotId.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotId message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.SnapshotId & synod.raft.v1.SnapshotId.$Shape} SnapshotId
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.SnapshotId & synod.raft.v1.SnapshotId.$Shape;
            }

            namespace SnapshotId {

                /** Properties of a SnapshotId. */
                interface $Properties {

                    /** SnapshotId index */
                    index?: (number|null);

                    /** SnapshotId era */
                    era?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotId. */
                type $Shape = synod.raft.v1.SnapshotId.$Properties;
            }

            /**
             * Properties of an InstallSnapshot.
             * @deprecated Use synod.raft.v1.InstallSnapshot.$Properties instead.
             */
            interface IInstallSnapshot extends synod.raft.v1.InstallSnapshot.$Properties {
            }

            /** Represents an InstallSnapshot. */
            class InstallSnapshot {

                /**
                 * Constructs a new InstallSnapshot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.InstallSnapshot.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** InstallSnapshot term. */
                term: number;

                /** InstallSnapshot snapshot. */
                snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                /** InstallSnapshot offset. */
                offset: number;

                /** InstallSnapshot totalBytes. */
                totalBytes: number;

                /** InstallSnapshot bytes. */
                bytes: Uint8Array;

                /** InstallSnapshot checksum. */
                checksum: number;

                /**
                 * Encodes the specified InstallSnapshot message. Does not implicitly {@link synod.raft.v1.InstallSnapshot.verify|verify} messages.
                 * @param message InstallSnapshot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.InstallSnapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InstallSnapshot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.InstallSnapshot & synod.raft.v1.InstallSnapshot.$Shape} InstallSnapshot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.InstallSnapshot & synod.raft.v1.InstallSnapshot.$Shape;
            }

            namespace InstallSnapshot {

                /** Properties of an InstallSnapshot. */
                interface $Properties {

                    /** InstallSnapshot term */
                    term?: (number|null);

                    /** InstallSnapshot snapshot */
                    snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                    /** InstallSnapshot offset */
                    offset?: (number|null);

                    /** InstallSnapshot totalBytes */
                    totalBytes?: (number|null);

                    /** InstallSnapshot bytes */
                    bytes?: (Uint8Array|null);

                    /** InstallSnapshot checksum */
                    checksum?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an InstallSnapshot. */
                type $Shape = synod.raft.v1.InstallSnapshot.$Properties;
            }

            /**
             * Properties of an InstallSnapshotReply.
             * @deprecated Use synod.raft.v1.InstallSnapshotReply.$Properties instead.
             */
            interface IInstallSnapshotReply extends synod.raft.v1.InstallSnapshotReply.$Properties {
            }

            /** Represents an InstallSnapshotReply. */
            class InstallSnapshotReply {

                /**
                 * Constructs a new InstallSnapshotReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.InstallSnapshotReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** InstallSnapshotReply term. */
                term: number;

                /** InstallSnapshotReply snapshot. */
                snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                /** InstallSnapshotReply heldBytes. */
                heldBytes: number;

                /** InstallSnapshotReply state. */
                state: synod.raft.v1.InstallSnapshotReply.State;

                /**
                 * Encodes the specified InstallSnapshotReply message. Does not implicitly {@link synod.raft.v1.InstallSnapshotReply.verify|verify} messages.
                 * @param message InstallSnapshotReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.InstallSnapshotReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InstallSnapshotReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.InstallSnapshotReply & synod.raft.v1.InstallSnapshotReply.$Shape} InstallSnapshotReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.InstallSnapshotReply & synod.raft.v1.InstallSnapshotReply.$Shape;
            }

            namespace InstallSnapshotReply {

                /** Properties of an InstallSnapshotReply. */
                interface $Properties {

                    /** InstallSnapshotReply term */
                    term?: (number|null);

                    /** InstallSnapshotReply snapshot */
                    snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                    /** InstallSnapshotReply heldBytes */
                    heldBytes?: (number|null);

                    /** InstallSnapshotReply state */
                    state?: (synod.raft.v1.InstallSnapshotReply.State|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an InstallSnapshotReply. */
                type $Shape = synod.raft.v1.InstallSnapshotReply.$Properties;

                /** State enum. */
                enum State {

                    /** STATE_UNSPECIFIED value */
                    STATE_UNSPECIFIED = 0,

                    /** RECEIVING value */
                    RECEIVING = 1,

                    /** INSTALLED value */
                    INSTALLED = 2,

                    /** FAILED value */
                    FAILED = 3
                }
            }

            /**
             * Properties of a TimeoutNow.
             * @deprecated Use synod.raft.v1.TimeoutNow.$Properties instead.
             */
            interface ITimeoutNow extends synod.raft.v1.TimeoutNow.$Properties {
            }

            /** Represents a TimeoutNow. */
            class TimeoutNow {

                /**
                 * Constructs a new TimeoutNow.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.TimeoutNow.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TimeoutNow term. */
                term: number;

                /**
                 * Encodes the specified TimeoutNow message. Does not implicitly {@link synod.raft.v1.TimeoutNow.verify|verify} messages.
                 * @param message TimeoutNow message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.TimeoutNow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TimeoutNow message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.TimeoutNow & synod.raft.v1.TimeoutNow.$Shape} TimeoutNow
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.TimeoutNow & synod.raft.v1.TimeoutNow.$Shape;
            }

            namespace TimeoutNow {

                /** Properties of a TimeoutNow. */
                interface $Properties {

                    /** TimeoutNow term */
                    term?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TimeoutNow. */
                type $Shape = synod.raft.v1.TimeoutNow.$Properties;
            }

            /**
             * Properties of a Rejoin.
             * @deprecated Use synod.raft.v1.Rejoin.$Properties instead.
             */
            interface IRejoin extends synod.raft.v1.Rejoin.$Properties {
            }

            /** Represents a Rejoin. */
            class Rejoin {

                /**
                 * Constructs a new Rejoin.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Rejoin.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Rejoin floor. */
                floor: number;

                /**
                 * Encodes the specified Rejoin message. Does not implicitly {@link synod.raft.v1.Rejoin.verify|verify} messages.
                 * @param message Rejoin message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Rejoin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Rejoin message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Rejoin & synod.raft.v1.Rejoin.$Shape} Rejoin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Rejoin & synod.raft.v1.Rejoin.$Shape;
            }

            namespace Rejoin {

                /** Properties of a Rejoin. */
                interface $Properties {

                    /** Rejoin floor */
                    floor?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Rejoin. */
                type $Shape = synod.raft.v1.Rejoin.$Properties;
            }

            /**
             * Properties of a HardState.
             * @deprecated Use synod.raft.v1.HardState.$Properties instead.
             */
            interface IHardState extends synod.raft.v1.HardState.$Properties {
            }

            /** Represents a HardState. */
            class HardState {

                /**
                 * Constructs a new HardState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.HardState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HardState term. */
                term: number;

                /** HardState votedFor. */
                votedFor: string;

                /** HardState clusterId. */
                clusterId: number;

                /** HardState standing. */
                standing: number;

                /** HardState floor. */
                floor: number;

                /**
                 * Encodes the specified HardState message. Does not implicitly {@link synod.raft.v1.HardState.verify|verify} messages.
                 * @param message HardState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.HardState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HardState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.HardState & synod.raft.v1.HardState.$Shape} HardState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.HardState & synod.raft.v1.HardState.$Shape;
            }

            namespace HardState {

                /** Properties of a HardState. */
                interface $Properties {

                    /** HardState term */
                    term?: (number|null);

                    /** HardState votedFor */
                    votedFor?: (string|null);

                    /** HardState clusterId */
                    clusterId?: (number|null);

                    /** HardState standing */
                    standing?: (number|null);

                    /** HardState floor */
                    floor?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HardState. */
                type $Shape = synod.raft.v1.HardState.$Properties;
            }

            /**
             * Properties of a Truncate.
             * @deprecated Use synod.raft.v1.Truncate.$Properties instead.
             */
            interface ITruncate extends synod.raft.v1.Truncate.$Properties {
            }

            /** Represents a Truncate. */
            class Truncate {

                /**
                 * Constructs a new Truncate.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.Truncate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Truncate from. */
                from: number;

                /**
                 * Encodes the specified Truncate message. Does not implicitly {@link synod.raft.v1.Truncate.verify|verify} messages.
                 * @param message Truncate message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.Truncate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Truncate message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.Truncate & synod.raft.v1.Truncate.$Shape} Truncate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.Truncate & synod.raft.v1.Truncate.$Shape;
            }

            namespace Truncate {

                /** Properties of a Truncate. */
                interface $Properties {

                    /** Truncate from */
                    from?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Truncate. */
                type $Shape = synod.raft.v1.Truncate.$Properties;
            }

            /**
             * Properties of a SnapshotMark.
             * @deprecated Use synod.raft.v1.SnapshotMark.$Properties instead.
             */
            interface ISnapshotMark extends synod.raft.v1.SnapshotMark.$Properties {
            }

            /** Represents a SnapshotMark. */
            class SnapshotMark {

                /**
                 * Constructs a new SnapshotMark.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.raft.v1.SnapshotMark.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotMark snapshot. */
                snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                /** SnapshotMark sizeBytes. */
                sizeBytes: number;

                /** SnapshotMark hardState. */
                hardState?: (synod.raft.v1.HardState.$Properties|null);

                /**
                 * Encodes the specified SnapshotMark message. Does not implicitly {@link synod.raft.v1.SnapshotMark.verify|verify} messages.
                 * @param message SnapshotMark message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.raft.v1.SnapshotMark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotMark message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.raft.v1.SnapshotMark & synod.raft.v1.SnapshotMark.$Shape} SnapshotMark
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.raft.v1.SnapshotMark & synod.raft.v1.SnapshotMark.$Shape;
            }

            namespace SnapshotMark {

                /** Properties of a SnapshotMark. */
                interface $Properties {

                    /** SnapshotMark snapshot */
                    snapshot?: (synod.raft.v1.SnapshotId.$Properties|null);

                    /** SnapshotMark sizeBytes */
                    sizeBytes?: (number|null);

                    /** SnapshotMark hardState */
                    hardState?: (synod.raft.v1.HardState.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotMark. */
                type $Shape = synod.raft.v1.SnapshotMark.$Properties;
            }
        }
    }
}
