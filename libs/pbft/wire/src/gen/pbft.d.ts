import * as $protobuf from "./protobuf.js";

/** Namespace synod. */
export namespace synod {

    /** Namespace pbft. */
    namespace pbft {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a Statement.
             * @deprecated Use synod.pbft.v1.Statement.$Properties instead.
             */
            interface IStatement extends synod.pbft.v1.Statement.$Properties {
            }

            /** Represents a Statement. */
            class Statement {

                /**
                 * Constructs a new Statement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Statement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Statement version. */
                version: number;

                /** Statement cluster. */
                cluster: string;

                /** Statement group. */
                group: string;

                /** Statement epoch. */
                epoch: string;

                /** Statement signer. */
                signer: string;

                /** Statement prePrepare. */
                prePrepare?: (synod.pbft.v1.Order.$Properties|null);

                /** Statement prepare. */
                prepare?: (synod.pbft.v1.Order.$Properties|null);

                /** Statement commit. */
                commit?: (synod.pbft.v1.Order.$Properties|null);

                /** Statement checkpoint. */
                checkpoint?: (synod.pbft.v1.StateVote.$Properties|null);

                /** Statement snapshot. */
                snapshot?: (synod.pbft.v1.StateVote.$Properties|null);

                /** Statement viewChange. */
                viewChange?: (synod.pbft.v1.ViewChange.$Properties|null);

                /** Statement newView. */
                newView?: (synod.pbft.v1.NewView.$Properties|null);

                /** Statement replies. */
                replies?: (synod.pbft.v1.Replies.$Properties|null);

                /** Statement standing. */
                standing?: (synod.pbft.v1.Standing.$Properties|null);

                /** Statement request. */
                request?: (synod.pbft.v1.Command.$Properties|null);

                /** Statement complaint. */
                complaint?: (synod.pbft.v1.Complaint.$Properties|null);

                /** Statement hello. */
                hello?: (synod.pbft.v1.Hello.$Properties|null);

                /** Statement says. */
                says?: ("prePrepare"|"prepare"|"commit"|"checkpoint"|"snapshot"|"viewChange"|"newView"|"replies"|"standing"|"request"|"complaint"|"hello");

                /**
                 * Encodes the specified Statement message. Does not implicitly {@link synod.pbft.v1.Statement.verify|verify} messages.
                 * @param message Statement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Statement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Statement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Statement & synod.pbft.v1.Statement.$Shape} Statement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Statement & synod.pbft.v1.Statement.$Shape;
            }

            namespace Statement {

                /** Properties of a Statement. */
                interface $Properties {

                    /** Statement version */
                    version?: (number|null);

                    /** Statement cluster */
                    cluster?: (string|null);

                    /** Statement group */
                    group?: (string|null);

                    /** Statement epoch */
                    epoch?: (string|null);

                    /** Statement signer */
                    signer?: (string|null);

                    /** Statement prePrepare */
                    prePrepare?: (synod.pbft.v1.Order.$Properties|null);

                    /** Statement prepare */
                    prepare?: (synod.pbft.v1.Order.$Properties|null);

                    /** Statement commit */
                    commit?: (synod.pbft.v1.Order.$Properties|null);

                    /** Statement checkpoint */
                    checkpoint?: (synod.pbft.v1.StateVote.$Properties|null);

                    /** Statement snapshot */
                    snapshot?: (synod.pbft.v1.StateVote.$Properties|null);

                    /** Statement viewChange */
                    viewChange?: (synod.pbft.v1.ViewChange.$Properties|null);

                    /** Statement newView */
                    newView?: (synod.pbft.v1.NewView.$Properties|null);

                    /** Statement replies */
                    replies?: (synod.pbft.v1.Replies.$Properties|null);

                    /** Statement standing */
                    standing?: (synod.pbft.v1.Standing.$Properties|null);

                    /** Statement request */
                    request?: (synod.pbft.v1.Command.$Properties|null);

                    /** Statement complaint */
                    complaint?: (synod.pbft.v1.Complaint.$Properties|null);

                    /** Statement hello */
                    hello?: (synod.pbft.v1.Hello.$Properties|null);

                    /** Statement says */
                    says?: ("prePrepare"|"prepare"|"commit"|"checkpoint"|"snapshot"|"viewChange"|"newView"|"replies"|"standing"|"request"|"complaint"|"hello");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Statement. */
                type $Shape = {
                  version?: number|null;
                  cluster?: string|null;
                  group?: string|null;
                  epoch?: string|null;
                  signer?: string|null;
                  prePrepare?: synod.pbft.v1.Order.$Shape|null;
                  prepare?: synod.pbft.v1.Order.$Shape|null;
                  commit?: synod.pbft.v1.Order.$Shape|null;
                  checkpoint?: synod.pbft.v1.StateVote.$Shape|null;
                  snapshot?: synod.pbft.v1.StateVote.$Shape|null;
                  viewChange?: synod.pbft.v1.ViewChange.$Shape|null;
                  newView?: synod.pbft.v1.NewView.$Shape|null;
                  replies?: synod.pbft.v1.Replies.$Shape|null;
                  standing?: synod.pbft.v1.Standing.$Shape|null;
                  request?: synod.pbft.v1.Command.$Shape|null;
                  complaint?: synod.pbft.v1.Complaint.$Shape|null;
                  hello?: synod.pbft.v1.Hello.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ says?: undefined; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "prePrepare"; prePrepare: synod.pbft.v1.Order.$Shape; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "prepare"; prePrepare?: null; prepare: synod.pbft.v1.Order.$Shape; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "commit"; prePrepare?: null; prepare?: null; commit: synod.pbft.v1.Order.$Shape; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "checkpoint"; prePrepare?: null; prepare?: null; commit?: null; checkpoint: synod.pbft.v1.StateVote.$Shape; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "snapshot"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot: synod.pbft.v1.StateVote.$Shape; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "viewChange"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange: synod.pbft.v1.ViewChange.$Shape; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "newView"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView: synod.pbft.v1.NewView.$Shape; replies?: null; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "replies"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies: synod.pbft.v1.Replies.$Shape; standing?: null; request?: null; complaint?: null; hello?: null }|{ says?: "standing"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing: synod.pbft.v1.Standing.$Shape; request?: null; complaint?: null; hello?: null }|{ says?: "request"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request: synod.pbft.v1.Command.$Shape; complaint?: null; hello?: null }|{ says?: "complaint"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint: synod.pbft.v1.Complaint.$Shape; hello?: null }|{ says?: "hello"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; snapshot?: null; viewChange?: null; newView?: null; replies?: null; standing?: null; request?: null; complaint?: null; hello: synod.pbft.v1.Hello.$Shape })
                );
            }

            /**
             * Properties of a Signed.
             * @deprecated Use synod.pbft.v1.Signed.$Properties instead.
             */
            interface ISigned extends synod.pbft.v1.Signed.$Properties {
            }

            /** Represents a Signed. */
            class Signed {

                /**
                 * Constructs a new Signed.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Signed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Signed statement. */
                statement: Uint8Array;

                /** Signed signature. */
                signature: Uint8Array;

                /**
                 * Encodes the specified Signed message. Does not implicitly {@link synod.pbft.v1.Signed.verify|verify} messages.
                 * @param message Signed message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Signed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Signed message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Signed & synod.pbft.v1.Signed.$Shape} Signed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Signed & synod.pbft.v1.Signed.$Shape;
            }

            namespace Signed {

                /** Properties of a Signed. */
                interface $Properties {

                    /** Signed statement */
                    statement?: (Uint8Array|null);

                    /** Signed signature */
                    signature?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Signed. */
                type $Shape = synod.pbft.v1.Signed.$Properties;
            }

            /**
             * Properties of an Order.
             * @deprecated Use synod.pbft.v1.Order.$Properties instead.
             */
            interface IOrder extends synod.pbft.v1.Order.$Properties {
            }

            /** Represents an Order. */
            class Order {

                /**
                 * Constructs a new Order.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Order.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Order view. */
                view: number;

                /** Order sequence. */
                sequence: number;

                /** Order digest. */
                digest: Uint8Array;

                /**
                 * Encodes the specified Order message. Does not implicitly {@link synod.pbft.v1.Order.verify|verify} messages.
                 * @param message Order message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Order.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Order message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Order & synod.pbft.v1.Order.$Shape} Order
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Order & synod.pbft.v1.Order.$Shape;
            }

            namespace Order {

                /** Properties of an Order. */
                interface $Properties {

                    /** Order view */
                    view?: (number|null);

                    /** Order sequence */
                    sequence?: (number|null);

                    /** Order digest */
                    digest?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Order. */
                type $Shape = synod.pbft.v1.Order.$Properties;
            }

            /**
             * Properties of a StateVote.
             * @deprecated Use synod.pbft.v1.StateVote.$Properties instead.
             */
            interface IStateVote extends synod.pbft.v1.StateVote.$Properties {
            }

            /** Represents a StateVote. */
            class StateVote {

                /**
                 * Constructs a new StateVote.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.StateVote.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StateVote sequence. */
                sequence: number;

                /** StateVote digest. */
                digest: Uint8Array;

                /**
                 * Encodes the specified StateVote message. Does not implicitly {@link synod.pbft.v1.StateVote.verify|verify} messages.
                 * @param message StateVote message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.StateVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StateVote message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.StateVote & synod.pbft.v1.StateVote.$Shape} StateVote
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.StateVote & synod.pbft.v1.StateVote.$Shape;
            }

            namespace StateVote {

                /** Properties of a StateVote. */
                interface $Properties {

                    /** StateVote sequence */
                    sequence?: (number|null);

                    /** StateVote digest */
                    digest?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StateVote. */
                type $Shape = synod.pbft.v1.StateVote.$Properties;
            }

            /**
             * Properties of a ViewChange.
             * @deprecated Use synod.pbft.v1.ViewChange.$Properties instead.
             */
            interface IViewChange extends synod.pbft.v1.ViewChange.$Properties {
            }

            /** Represents a ViewChange. */
            class ViewChange {

                /**
                 * Constructs a new ViewChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.ViewChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ViewChange view. */
                view: number;

                /** ViewChange stable. */
                stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                /** ViewChange prepared. */
                prepared: synod.pbft.v1.Prepared.$Properties[];

                /**
                 * Encodes the specified ViewChange message. Does not implicitly {@link synod.pbft.v1.ViewChange.verify|verify} messages.
                 * @param message ViewChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.ViewChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ViewChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.ViewChange & synod.pbft.v1.ViewChange.$Shape} ViewChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.ViewChange & synod.pbft.v1.ViewChange.$Shape;
            }

            namespace ViewChange {

                /** Properties of a ViewChange. */
                interface $Properties {

                    /** ViewChange view */
                    view?: (number|null);

                    /** ViewChange stable */
                    stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                    /** ViewChange prepared */
                    prepared?: (synod.pbft.v1.Prepared.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ViewChange. */
                type $Shape = synod.pbft.v1.ViewChange.$Properties;
            }

            /**
             * Properties of a NewView.
             * @deprecated Use synod.pbft.v1.NewView.$Properties instead.
             */
            interface INewView extends synod.pbft.v1.NewView.$Properties {
            }

            /** Represents a NewView. */
            class NewView {

                /**
                 * Constructs a new NewView.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.NewView.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NewView view. */
                view: number;

                /** NewView viewChanges. */
                viewChanges: synod.pbft.v1.NewView.Named.$Properties[];

                /** NewView proposals. */
                proposals: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified NewView message. Does not implicitly {@link synod.pbft.v1.NewView.verify|verify} messages.
                 * @param message NewView message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.NewView.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NewView message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.NewView & synod.pbft.v1.NewView.$Shape} NewView
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.NewView & synod.pbft.v1.NewView.$Shape;
            }

            namespace NewView {

                /** Properties of a NewView. */
                interface $Properties {

                    /** NewView view */
                    view?: (number|null);

                    /** NewView viewChanges */
                    viewChanges?: (synod.pbft.v1.NewView.Named.$Properties[]|null);

                    /** NewView proposals */
                    proposals?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NewView. */
                type $Shape = synod.pbft.v1.NewView.$Properties;

                /**
                 * Properties of a Named.
                 * @deprecated Use synod.pbft.v1.NewView.Named.$Properties instead.
                 */
                interface INamed extends synod.pbft.v1.NewView.Named.$Properties {
                }

                /** Represents a Named. */
                class Named {

                    /**
                     * Constructs a new Named.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: synod.pbft.v1.NewView.Named.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Named replica. */
                    replica: string;

                    /** Named digest. */
                    digest: Uint8Array;

                    /**
                     * Encodes the specified Named message. Does not implicitly {@link synod.pbft.v1.NewView.Named.verify|verify} messages.
                     * @param message Named message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: synod.pbft.v1.NewView.Named.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes a Named message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {synod.pbft.v1.NewView.Named & synod.pbft.v1.NewView.Named.$Shape} Named
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.NewView.Named & synod.pbft.v1.NewView.Named.$Shape;
                }

                namespace Named {

                    /** Properties of a Named. */
                    interface $Properties {

                        /** Named replica */
                        replica?: (string|null);

                        /** Named digest */
                        digest?: (Uint8Array|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of a Named. */
                    type $Shape = synod.pbft.v1.NewView.Named.$Properties;
                }
            }

            /**
             * Properties of a Replies.
             * @deprecated Use synod.pbft.v1.Replies.$Properties instead.
             */
            interface IReplies extends synod.pbft.v1.Replies.$Properties {
            }

            /** Represents a Replies. */
            class Replies {

                /**
                 * Constructs a new Replies.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Replies.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Replies view. */
                view: number;

                /** Replies sequence. */
                sequence: number;

                /** Replies whole. */
                whole: boolean;

                /** Replies count. */
                count: number;

                /** Replies root. */
                root: Uint8Array;

                /**
                 * Encodes the specified Replies message. Does not implicitly {@link synod.pbft.v1.Replies.verify|verify} messages.
                 * @param message Replies message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Replies.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replies message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Replies & synod.pbft.v1.Replies.$Shape} Replies
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Replies & synod.pbft.v1.Replies.$Shape;
            }

            namespace Replies {

                /** Properties of a Replies. */
                interface $Properties {

                    /** Replies view */
                    view?: (number|null);

                    /** Replies sequence */
                    sequence?: (number|null);

                    /** Replies whole */
                    whole?: (boolean|null);

                    /** Replies count */
                    count?: (number|null);

                    /** Replies root */
                    root?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Replies. */
                type $Shape = synod.pbft.v1.Replies.$Properties;
            }

            /**
             * Properties of a Standing.
             * @deprecated Use synod.pbft.v1.Standing.$Properties instead.
             */
            interface IStanding extends synod.pbft.v1.Standing.$Properties {
            }

            /** Represents a Standing. */
            class Standing {

                /**
                 * Constructs a new Standing.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Standing.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Standing to. */
                to: string;

                /** Standing nonce. */
                nonce: number;

                /** Standing incarnation. */
                incarnation: number;

                /** Standing standing. */
                standing: synod.pbft.v1.Standing.Name;

                /** Standing founder. */
                founder: boolean;

                /** Standing view. */
                view: number;

                /** Standing stable. */
                stable: number;

                /**
                 * Encodes the specified Standing message. Does not implicitly {@link synod.pbft.v1.Standing.verify|verify} messages.
                 * @param message Standing message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Standing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Standing message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Standing & synod.pbft.v1.Standing.$Shape} Standing
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Standing & synod.pbft.v1.Standing.$Shape;
            }

            namespace Standing {

                /** Properties of a Standing. */
                interface $Properties {

                    /** Standing to */
                    to?: (string|null);

                    /** Standing nonce */
                    nonce?: (number|null);

                    /** Standing incarnation */
                    incarnation?: (number|null);

                    /** Standing standing */
                    standing?: (synod.pbft.v1.Standing.Name|null);

                    /** Standing founder */
                    founder?: (boolean|null);

                    /** Standing view */
                    view?: (number|null);

                    /** Standing stable */
                    stable?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Standing. */
                type $Shape = synod.pbft.v1.Standing.$Properties;

                /** Name enum. */
                enum Name {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** EMPTY value */
                    EMPTY = 1,

                    /** LOST value */
                    LOST = 2,

                    /** ACTIVE value */
                    ACTIVE = 3,

                    /** RECOVERING value */
                    RECOVERING = 4
                }
            }

            /**
             * Properties of a Complaint.
             * @deprecated Use synod.pbft.v1.Complaint.$Properties instead.
             */
            interface IComplaint extends synod.pbft.v1.Complaint.$Properties {
            }

            /** Represents a Complaint. */
            class Complaint {

                /**
                 * Constructs a new Complaint.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Complaint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Complaint view. */
                view: number;

                /** Complaint incarnation. */
                incarnation: number;

                /** Complaint number. */
                number: number;

                /**
                 * Encodes the specified Complaint message. Does not implicitly {@link synod.pbft.v1.Complaint.verify|verify} messages.
                 * @param message Complaint message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Complaint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Complaint message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Complaint & synod.pbft.v1.Complaint.$Shape} Complaint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Complaint & synod.pbft.v1.Complaint.$Shape;
            }

            namespace Complaint {

                /** Properties of a Complaint. */
                interface $Properties {

                    /** Complaint view */
                    view?: (number|null);

                    /** Complaint incarnation */
                    incarnation?: (number|null);

                    /** Complaint number */
                    number?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Complaint. */
                type $Shape = synod.pbft.v1.Complaint.$Properties;
            }

            /**
             * Properties of a Hello.
             * @deprecated Use synod.pbft.v1.Hello.$Properties instead.
             */
            interface IHello extends synod.pbft.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello nonce. */
                nonce: number;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link synod.pbft.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Hello & synod.pbft.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Hello & synod.pbft.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello nonce */
                    nonce?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = synod.pbft.v1.Hello.$Properties;
            }

            /**
             * Properties of a Command.
             * @deprecated Use synod.pbft.v1.Command.$Properties instead.
             */
            interface ICommand extends synod.pbft.v1.Command.$Properties {
            }

            /** Represents a Command. */
            class Command {

                /**
                 * Constructs a new Command.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Command.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Command operations. */
                operations?: (Uint8Array|null);

                /** Command queries. */
                queries?: (Uint8Array|null);

                /** Command holds. */
                holds?: ("operations"|"queries");

                /**
                 * Encodes the specified Command message. Does not implicitly {@link synod.pbft.v1.Command.verify|verify} messages.
                 * @param message Command message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Command.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Command message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Command & synod.pbft.v1.Command.$Shape} Command
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Command & synod.pbft.v1.Command.$Shape;
            }

            namespace Command {

                /** Properties of a Command. */
                interface $Properties {

                    /** Command operations */
                    operations?: (Uint8Array|null);

                    /** Command queries */
                    queries?: (Uint8Array|null);

                    /** Command holds */
                    holds?: ("operations"|"queries");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Command. */
                type $Shape = {
                  operations?: Uint8Array|null;
                  queries?: Uint8Array|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ holds?: undefined; operations?: null; queries?: null }|{ holds?: "operations"; operations: Uint8Array; queries?: null }|{ holds?: "queries"; operations?: null; queries: Uint8Array })
                );
            }

            /**
             * Properties of a Prepared.
             * @deprecated Use synod.pbft.v1.Prepared.$Properties instead.
             */
            interface IPrepared extends synod.pbft.v1.Prepared.$Properties {
            }

            /** Represents a Prepared. */
            class Prepared {

                /**
                 * Constructs a new Prepared.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Prepared.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Prepared proposal. */
                proposal?: (synod.pbft.v1.Signed.$Properties|null);

                /** Prepared prepares. */
                prepares: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified Prepared message. Does not implicitly {@link synod.pbft.v1.Prepared.verify|verify} messages.
                 * @param message Prepared message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Prepared.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Prepared message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Prepared & synod.pbft.v1.Prepared.$Shape} Prepared
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Prepared & synod.pbft.v1.Prepared.$Shape;
            }

            namespace Prepared {

                /** Properties of a Prepared. */
                interface $Properties {

                    /** Prepared proposal */
                    proposal?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Prepared prepares */
                    prepares?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Prepared. */
                type $Shape = synod.pbft.v1.Prepared.$Properties;
            }

            /**
             * Properties of a CheckpointState.
             * @deprecated Use synod.pbft.v1.CheckpointState.$Properties instead.
             */
            interface ICheckpointState extends synod.pbft.v1.CheckpointState.$Properties {
            }

            /** Represents a CheckpointState. */
            class CheckpointState {

                /**
                 * Constructs a new CheckpointState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.CheckpointState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckpointState sequence. */
                sequence: number;

                /** CheckpointState position. */
                position: number;

                /** CheckpointState history. */
                history: Uint8Array;

                /** CheckpointState state. */
                state: string;

                /**
                 * Encodes the specified CheckpointState message. Does not implicitly {@link synod.pbft.v1.CheckpointState.verify|verify} messages.
                 * @param message CheckpointState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.CheckpointState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckpointState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.CheckpointState & synod.pbft.v1.CheckpointState.$Shape} CheckpointState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.CheckpointState & synod.pbft.v1.CheckpointState.$Shape;
            }

            namespace CheckpointState {

                /** Properties of a CheckpointState. */
                interface $Properties {

                    /** CheckpointState sequence */
                    sequence?: (number|null);

                    /** CheckpointState position */
                    position?: (number|null);

                    /** CheckpointState history */
                    history?: (Uint8Array|null);

                    /** CheckpointState state */
                    state?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckpointState. */
                type $Shape = synod.pbft.v1.CheckpointState.$Properties;
            }

            /**
             * Properties of a StableCheckpoint.
             * @deprecated Use synod.pbft.v1.StableCheckpoint.$Properties instead.
             */
            interface IStableCheckpoint extends synod.pbft.v1.StableCheckpoint.$Properties {
            }

            /** Represents a StableCheckpoint. */
            class StableCheckpoint {

                /**
                 * Constructs a new StableCheckpoint.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.StableCheckpoint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StableCheckpoint state. */
                state?: (synod.pbft.v1.CheckpointState.$Properties|null);

                /** StableCheckpoint votes. */
                votes: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified StableCheckpoint message. Does not implicitly {@link synod.pbft.v1.StableCheckpoint.verify|verify} messages.
                 * @param message StableCheckpoint message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.StableCheckpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StableCheckpoint message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.StableCheckpoint & synod.pbft.v1.StableCheckpoint.$Shape} StableCheckpoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.StableCheckpoint & synod.pbft.v1.StableCheckpoint.$Shape;
            }

            namespace StableCheckpoint {

                /** Properties of a StableCheckpoint. */
                interface $Properties {

                    /** StableCheckpoint state */
                    state?: (synod.pbft.v1.CheckpointState.$Properties|null);

                    /** StableCheckpoint votes */
                    votes?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StableCheckpoint. */
                type $Shape = synod.pbft.v1.StableCheckpoint.$Properties;
            }

            /**
             * Properties of a Manifest.
             * @deprecated Use synod.pbft.v1.Manifest.$Properties instead.
             */
            interface IManifest extends synod.pbft.v1.Manifest.$Properties {
            }

            /** Represents a Manifest. */
            class Manifest {

                /**
                 * Constructs a new Manifest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Manifest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Manifest sequence. */
                sequence: number;

                /** Manifest position. */
                position: number;

                /** Manifest history. */
                history: Uint8Array;

                /** Manifest totalBytes. */
                totalBytes: number;

                /** Manifest chunkBytes. */
                chunkBytes: number;

                /** Manifest chunks. */
                chunks: Uint8Array;

                /**
                 * Encodes the specified Manifest message. Does not implicitly {@link synod.pbft.v1.Manifest.verify|verify} messages.
                 * @param message Manifest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Manifest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Manifest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Manifest & synod.pbft.v1.Manifest.$Shape} Manifest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Manifest & synod.pbft.v1.Manifest.$Shape;
            }

            namespace Manifest {

                /** Properties of a Manifest. */
                interface $Properties {

                    /** Manifest sequence */
                    sequence?: (number|null);

                    /** Manifest position */
                    position?: (number|null);

                    /** Manifest history */
                    history?: (Uint8Array|null);

                    /** Manifest totalBytes */
                    totalBytes?: (number|null);

                    /** Manifest chunkBytes */
                    chunkBytes?: (number|null);

                    /** Manifest chunks */
                    chunks?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Manifest. */
                type $Shape = synod.pbft.v1.Manifest.$Properties;
            }

            /**
             * Properties of a StableSnapshot.
             * @deprecated Use synod.pbft.v1.StableSnapshot.$Properties instead.
             */
            interface IStableSnapshot extends synod.pbft.v1.StableSnapshot.$Properties {
            }

            /** Represents a StableSnapshot. */
            class StableSnapshot {

                /**
                 * Constructs a new StableSnapshot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.StableSnapshot.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StableSnapshot manifest. */
                manifest?: (synod.pbft.v1.Manifest.$Properties|null);

                /** StableSnapshot votes. */
                votes: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified StableSnapshot message. Does not implicitly {@link synod.pbft.v1.StableSnapshot.verify|verify} messages.
                 * @param message StableSnapshot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.StableSnapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StableSnapshot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.StableSnapshot & synod.pbft.v1.StableSnapshot.$Shape} StableSnapshot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.StableSnapshot & synod.pbft.v1.StableSnapshot.$Shape;
            }

            namespace StableSnapshot {

                /** Properties of a StableSnapshot. */
                interface $Properties {

                    /** StableSnapshot manifest */
                    manifest?: (synod.pbft.v1.Manifest.$Properties|null);

                    /** StableSnapshot votes */
                    votes?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StableSnapshot. */
                type $Shape = synod.pbft.v1.StableSnapshot.$Properties;
            }

            /**
             * Properties of a Batch.
             * @deprecated Use synod.pbft.v1.Batch.$Properties instead.
             */
            interface IBatch extends synod.pbft.v1.Batch.$Properties {
            }

            /** Represents a Batch. */
            class Batch {

                /**
                 * Constructs a new Batch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Batch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Batch requests. */
                requests: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified Batch message. Does not implicitly {@link synod.pbft.v1.Batch.verify|verify} messages.
                 * @param message Batch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Batch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Batch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Batch & synod.pbft.v1.Batch.$Shape} Batch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Batch & synod.pbft.v1.Batch.$Shape;
            }

            namespace Batch {

                /** Properties of a Batch. */
                interface $Properties {

                    /** Batch requests */
                    requests?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Batch. */
                type $Shape = synod.pbft.v1.Batch.$Properties;
            }

            /**
             * Properties of an Envelope.
             * @deprecated Use synod.pbft.v1.Envelope.$Properties instead.
             */
            interface IEnvelope extends synod.pbft.v1.Envelope.$Properties {
            }

            /** Represents an Envelope. */
            class Envelope {

                /**
                 * Constructs a new Envelope.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Envelope.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Envelope version. */
                version: number;

                /** Envelope prePrepare. */
                prePrepare?: (synod.pbft.v1.PrePrepare.$Properties|null);

                /** Envelope prepare. */
                prepare?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope commit. */
                commit?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope checkpoint. */
                checkpoint?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope checkpointProof. */
                checkpointProof?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                /** Envelope snapshot. */
                snapshot?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope viewChange. */
                viewChange?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope newView. */
                newView?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope status. */
                status?: (synod.pbft.v1.Status.$Properties|null);

                /** Envelope missing. */
                missing?: (synod.pbft.v1.Missing.$Properties|null);

                /** Envelope relay. */
                relay?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope proof. */
                proof?: (synod.pbft.v1.Proof.$Properties|null);

                /** Envelope fetch. */
                fetch?: (synod.pbft.v1.Fetch.$Properties|null);

                /** Envelope history. */
                history?: (synod.pbft.v1.History.$Properties|null);

                /** Envelope snapshotOffer. */
                snapshotOffer?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                /** Envelope fetchChunk. */
                fetchChunk?: (synod.pbft.v1.FetchChunk.$Properties|null);

                /** Envelope snapshotChunk. */
                snapshotChunk?: (synod.pbft.v1.SnapshotChunk.$Properties|null);

                /** Envelope helloReply. */
                helloReply?: (synod.pbft.v1.HelloReply.$Properties|null);

                /** Envelope complaint. */
                complaint?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope hello. */
                hello?: (synod.pbft.v1.Signed.$Properties|null);

                /** Envelope body. */
                body?: ("prePrepare"|"prepare"|"commit"|"checkpoint"|"checkpointProof"|"snapshot"|"viewChange"|"newView"|"status"|"missing"|"relay"|"proof"|"fetch"|"history"|"snapshotOffer"|"fetchChunk"|"snapshotChunk"|"helloReply"|"complaint"|"hello");

                /**
                 * Encodes the specified Envelope message. Does not implicitly {@link synod.pbft.v1.Envelope.verify|verify} messages.
                 * @param message Envelope message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Envelope message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Envelope & synod.pbft.v1.Envelope.$Shape} Envelope
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Envelope & synod.pbft.v1.Envelope.$Shape;
            }

            namespace Envelope {

                /** Properties of an Envelope. */
                interface $Properties {

                    /** Envelope version */
                    version?: (number|null);

                    /** Envelope prePrepare */
                    prePrepare?: (synod.pbft.v1.PrePrepare.$Properties|null);

                    /** Envelope prepare */
                    prepare?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope commit */
                    commit?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope checkpoint */
                    checkpoint?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope checkpointProof */
                    checkpointProof?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                    /** Envelope snapshot */
                    snapshot?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope viewChange */
                    viewChange?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope newView */
                    newView?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope status */
                    status?: (synod.pbft.v1.Status.$Properties|null);

                    /** Envelope missing */
                    missing?: (synod.pbft.v1.Missing.$Properties|null);

                    /** Envelope relay */
                    relay?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope proof */
                    proof?: (synod.pbft.v1.Proof.$Properties|null);

                    /** Envelope fetch */
                    fetch?: (synod.pbft.v1.Fetch.$Properties|null);

                    /** Envelope history */
                    history?: (synod.pbft.v1.History.$Properties|null);

                    /** Envelope snapshotOffer */
                    snapshotOffer?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                    /** Envelope fetchChunk */
                    fetchChunk?: (synod.pbft.v1.FetchChunk.$Properties|null);

                    /** Envelope snapshotChunk */
                    snapshotChunk?: (synod.pbft.v1.SnapshotChunk.$Properties|null);

                    /** Envelope helloReply */
                    helloReply?: (synod.pbft.v1.HelloReply.$Properties|null);

                    /** Envelope complaint */
                    complaint?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope hello */
                    hello?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Envelope body */
                    body?: ("prePrepare"|"prepare"|"commit"|"checkpoint"|"checkpointProof"|"snapshot"|"viewChange"|"newView"|"status"|"missing"|"relay"|"proof"|"fetch"|"history"|"snapshotOffer"|"fetchChunk"|"snapshotChunk"|"helloReply"|"complaint"|"hello");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Envelope. */
                type $Shape = {
                  version?: number|null;
                  prePrepare?: synod.pbft.v1.PrePrepare.$Shape|null;
                  prepare?: synod.pbft.v1.Signed.$Shape|null;
                  commit?: synod.pbft.v1.Signed.$Shape|null;
                  checkpoint?: synod.pbft.v1.Signed.$Shape|null;
                  checkpointProof?: synod.pbft.v1.StableCheckpoint.$Shape|null;
                  snapshot?: synod.pbft.v1.Signed.$Shape|null;
                  viewChange?: synod.pbft.v1.Signed.$Shape|null;
                  newView?: synod.pbft.v1.Signed.$Shape|null;
                  status?: synod.pbft.v1.Status.$Shape|null;
                  missing?: synod.pbft.v1.Missing.$Shape|null;
                  relay?: synod.pbft.v1.Signed.$Shape|null;
                  proof?: synod.pbft.v1.Proof.$Shape|null;
                  fetch?: synod.pbft.v1.Fetch.$Shape|null;
                  history?: synod.pbft.v1.History.$Shape|null;
                  snapshotOffer?: synod.pbft.v1.StableSnapshot.$Shape|null;
                  fetchChunk?: synod.pbft.v1.FetchChunk.$Shape|null;
                  snapshotChunk?: synod.pbft.v1.SnapshotChunk.$Shape|null;
                  helloReply?: synod.pbft.v1.HelloReply.$Shape|null;
                  complaint?: synod.pbft.v1.Signed.$Shape|null;
                  hello?: synod.pbft.v1.Signed.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "prePrepare"; prePrepare: synod.pbft.v1.PrePrepare.$Shape; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "prepare"; prePrepare?: null; prepare: synod.pbft.v1.Signed.$Shape; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "commit"; prePrepare?: null; prepare?: null; commit: synod.pbft.v1.Signed.$Shape; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "checkpoint"; prePrepare?: null; prepare?: null; commit?: null; checkpoint: synod.pbft.v1.Signed.$Shape; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "checkpointProof"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof: synod.pbft.v1.StableCheckpoint.$Shape; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "snapshot"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot: synod.pbft.v1.Signed.$Shape; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "viewChange"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange: synod.pbft.v1.Signed.$Shape; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "newView"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView: synod.pbft.v1.Signed.$Shape; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "status"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status: synod.pbft.v1.Status.$Shape; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "missing"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing: synod.pbft.v1.Missing.$Shape; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "relay"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay: synod.pbft.v1.Signed.$Shape; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "proof"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof: synod.pbft.v1.Proof.$Shape; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "fetch"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch: synod.pbft.v1.Fetch.$Shape; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "history"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history: synod.pbft.v1.History.$Shape; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "snapshotOffer"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer: synod.pbft.v1.StableSnapshot.$Shape; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "fetchChunk"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk: synod.pbft.v1.FetchChunk.$Shape; snapshotChunk?: null; helloReply?: null; complaint?: null; hello?: null }|{ body?: "snapshotChunk"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk: synod.pbft.v1.SnapshotChunk.$Shape; helloReply?: null; complaint?: null; hello?: null }|{ body?: "helloReply"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply: synod.pbft.v1.HelloReply.$Shape; complaint?: null; hello?: null }|{ body?: "complaint"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint: synod.pbft.v1.Signed.$Shape; hello?: null }|{ body?: "hello"; prePrepare?: null; prepare?: null; commit?: null; checkpoint?: null; checkpointProof?: null; snapshot?: null; viewChange?: null; newView?: null; status?: null; missing?: null; relay?: null; proof?: null; fetch?: null; history?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; helloReply?: null; complaint?: null; hello: synod.pbft.v1.Signed.$Shape })
                );
            }

            /**
             * Properties of a PrePrepare.
             * @deprecated Use synod.pbft.v1.PrePrepare.$Properties instead.
             */
            interface IPrePrepare extends synod.pbft.v1.PrePrepare.$Properties {
            }

            /** Represents a PrePrepare. */
            class PrePrepare {

                /**
                 * Constructs a new PrePrepare.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.PrePrepare.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PrePrepare proposal. */
                proposal?: (synod.pbft.v1.Signed.$Properties|null);

                /** PrePrepare batch. */
                batch: Uint8Array;

                /**
                 * Encodes the specified PrePrepare message. Does not implicitly {@link synod.pbft.v1.PrePrepare.verify|verify} messages.
                 * @param message PrePrepare message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.PrePrepare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PrePrepare message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.PrePrepare & synod.pbft.v1.PrePrepare.$Shape} PrePrepare
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.PrePrepare & synod.pbft.v1.PrePrepare.$Shape;
            }

            namespace PrePrepare {

                /** Properties of a PrePrepare. */
                interface $Properties {

                    /** PrePrepare proposal */
                    proposal?: (synod.pbft.v1.Signed.$Properties|null);

                    /** PrePrepare batch */
                    batch?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PrePrepare. */
                type $Shape = synod.pbft.v1.PrePrepare.$Properties;
            }

            /**
             * Properties of a Status.
             * @deprecated Use synod.pbft.v1.Status.$Properties instead.
             */
            interface IStatus extends synod.pbft.v1.Status.$Properties {
            }

            /** Represents a Status. */
            class Status {

                /**
                 * Constructs a new Status.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Status.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Status view. */
                view: number;

                /** Status active. */
                active: boolean;

                /** Status stable. */
                stable: number;

                /** Status executed. */
                executed: number;

                /** Status snapshot. */
                snapshot: number;

                /** Status floor. */
                floor: number;

                /** Status open. */
                open: synod.pbft.v1.Status.OpenSlot.$Properties[];

                /** Status batches. */
                batches: Uint8Array[];

                /** Status viewChanges. */
                viewChanges: Uint8Array[];

                /** Status heard. */
                heard: number;

                /** Status prepared. */
                prepared: number;

                /** Status beat. */
                beat?: (synod.pbft.v1.Beat.$Properties|null);

                /**
                 * Encodes the specified Status message. Does not implicitly {@link synod.pbft.v1.Status.verify|verify} messages.
                 * @param message Status message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Status message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Status & synod.pbft.v1.Status.$Shape} Status
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Status & synod.pbft.v1.Status.$Shape;
            }

            namespace Status {

                /** Properties of a Status. */
                interface $Properties {

                    /** Status view */
                    view?: (number|null);

                    /** Status active */
                    active?: (boolean|null);

                    /** Status stable */
                    stable?: (number|null);

                    /** Status executed */
                    executed?: (number|null);

                    /** Status snapshot */
                    snapshot?: (number|null);

                    /** Status floor */
                    floor?: (number|null);

                    /** Status open */
                    open?: (synod.pbft.v1.Status.OpenSlot.$Properties[]|null);

                    /** Status batches */
                    batches?: (Uint8Array[]|null);

                    /** Status viewChanges */
                    viewChanges?: (Uint8Array[]|null);

                    /** Status heard */
                    heard?: (number|null);

                    /** Status prepared */
                    prepared?: (number|null);

                    /** Status beat */
                    beat?: (synod.pbft.v1.Beat.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Status. */
                type $Shape = synod.pbft.v1.Status.$Properties;

                /**
                 * Properties of an OpenSlot.
                 * @deprecated Use synod.pbft.v1.Status.OpenSlot.$Properties instead.
                 */
                interface IOpenSlot extends synod.pbft.v1.Status.OpenSlot.$Properties {
                }

                /** Represents an OpenSlot. */
                class OpenSlot {

                    /**
                     * Constructs a new OpenSlot.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: synod.pbft.v1.Status.OpenSlot.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** OpenSlot sequence. */
                    sequence: number;

                    /** OpenSlot hasProposal. */
                    hasProposal: boolean;

                    /** OpenSlot prepares. */
                    prepares: number;

                    /** OpenSlot commits. */
                    commits: number;

                    /**
                     * Encodes the specified OpenSlot message. Does not implicitly {@link synod.pbft.v1.Status.OpenSlot.verify|verify} messages.
                     * @param message OpenSlot message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: synod.pbft.v1.Status.OpenSlot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes an OpenSlot message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {synod.pbft.v1.Status.OpenSlot & synod.pbft.v1.Status.OpenSlot.$Shape} OpenSlot
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Status.OpenSlot & synod.pbft.v1.Status.OpenSlot.$Shape;
                }

                namespace OpenSlot {

                    /** Properties of an OpenSlot. */
                    interface $Properties {

                        /** OpenSlot sequence */
                        sequence?: (number|null);

                        /** OpenSlot hasProposal */
                        hasProposal?: (boolean|null);

                        /** OpenSlot prepares */
                        prepares?: (number|null);

                        /** OpenSlot commits */
                        commits?: (number|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of an OpenSlot. */
                    type $Shape = synod.pbft.v1.Status.OpenSlot.$Properties;
                }
            }

            /**
             * Properties of a Beat.
             * @deprecated Use synod.pbft.v1.Beat.$Properties instead.
             */
            interface IBeat extends synod.pbft.v1.Beat.$Properties {
            }

            /** Represents a Beat. */
            class Beat {

                /**
                 * Constructs a new Beat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Beat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Beat at. */
                at: number;

                /** Beat echoes. */
                echoes: number[];

                /**
                 * Encodes the specified Beat message. Does not implicitly {@link synod.pbft.v1.Beat.verify|verify} messages.
                 * @param message Beat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Beat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Beat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Beat & synod.pbft.v1.Beat.$Shape} Beat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Beat & synod.pbft.v1.Beat.$Shape;
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
                type $Shape = synod.pbft.v1.Beat.$Properties;
            }

            /**
             * Properties of a Missing.
             * @deprecated Use synod.pbft.v1.Missing.$Properties instead.
             */
            interface IMissing extends synod.pbft.v1.Missing.$Properties {
            }

            /** Represents a Missing. */
            class Missing {

                /**
                 * Constructs a new Missing.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Missing.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Missing sequence. */
                sequence: number;

                /** Missing batch. */
                batch: Uint8Array;

                /**
                 * Encodes the specified Missing message. Does not implicitly {@link synod.pbft.v1.Missing.verify|verify} messages.
                 * @param message Missing message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Missing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Missing message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Missing & synod.pbft.v1.Missing.$Shape} Missing
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Missing & synod.pbft.v1.Missing.$Shape;
            }

            namespace Missing {

                /** Properties of a Missing. */
                interface $Properties {

                    /** Missing sequence */
                    sequence?: (number|null);

                    /** Missing batch */
                    batch?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Missing. */
                type $Shape = synod.pbft.v1.Missing.$Properties;
            }

            /**
             * Properties of a Proof.
             * @deprecated Use synod.pbft.v1.Proof.$Properties instead.
             */
            interface IProof extends synod.pbft.v1.Proof.$Properties {
            }

            /** Represents a Proof. */
            class Proof {

                /**
                 * Constructs a new Proof.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Proof.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Proof first. */
                first?: (synod.pbft.v1.Signed.$Properties|null);

                /** Proof second. */
                second?: (synod.pbft.v1.Signed.$Properties|null);

                /**
                 * Encodes the specified Proof message. Does not implicitly {@link synod.pbft.v1.Proof.verify|verify} messages.
                 * @param message Proof message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Proof.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Proof message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Proof & synod.pbft.v1.Proof.$Shape} Proof
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Proof & synod.pbft.v1.Proof.$Shape;
            }

            namespace Proof {

                /** Properties of a Proof. */
                interface $Properties {

                    /** Proof first */
                    first?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Proof second */
                    second?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Proof. */
                type $Shape = synod.pbft.v1.Proof.$Properties;
            }

            /**
             * Properties of a Fetch.
             * @deprecated Use synod.pbft.v1.Fetch.$Properties instead.
             */
            interface IFetch extends synod.pbft.v1.Fetch.$Properties {
            }

            /** Represents a Fetch. */
            class Fetch {

                /**
                 * Constructs a new Fetch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Fetch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Fetch from. */
                from: number;

                /** Fetch through. */
                through: number;

                /** Fetch what. */
                what: synod.pbft.v1.Fetch.What;

                /**
                 * Encodes the specified Fetch message. Does not implicitly {@link synod.pbft.v1.Fetch.verify|verify} messages.
                 * @param message Fetch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Fetch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Fetch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Fetch & synod.pbft.v1.Fetch.$Shape} Fetch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Fetch & synod.pbft.v1.Fetch.$Shape;
            }

            namespace Fetch {

                /** Properties of a Fetch. */
                interface $Properties {

                    /** Fetch from */
                    from?: (number|null);

                    /** Fetch through */
                    through?: (number|null);

                    /** Fetch what */
                    what?: (synod.pbft.v1.Fetch.What|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Fetch. */
                type $Shape = synod.pbft.v1.Fetch.$Properties;

                /** What enum. */
                enum What {

                    /** UNSPECIFIED value */
                    UNSPECIFIED = 0,

                    /** DIGESTS value */
                    DIGESTS = 1,

                    /** BATCHES value */
                    BATCHES = 2
                }
            }

            /**
             * Properties of a History.
             * @deprecated Use synod.pbft.v1.History.$Properties instead.
             */
            interface IHistory extends synod.pbft.v1.History.$Properties {
            }

            /** Represents a History. */
            class History {

                /**
                 * Constructs a new History.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.History.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** History first. */
                first: number;

                /** History digests. */
                digests: Uint8Array;

                /** History batches. */
                batches: Uint8Array[];

                /**
                 * Encodes the specified History message. Does not implicitly {@link synod.pbft.v1.History.verify|verify} messages.
                 * @param message History message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.History.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a History message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.History & synod.pbft.v1.History.$Shape} History
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.History & synod.pbft.v1.History.$Shape;
            }

            namespace History {

                /** Properties of a History. */
                interface $Properties {

                    /** History first */
                    first?: (number|null);

                    /** History digests */
                    digests?: (Uint8Array|null);

                    /** History batches */
                    batches?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a History. */
                type $Shape = synod.pbft.v1.History.$Properties;
            }

            /**
             * Properties of a FetchChunk.
             * @deprecated Use synod.pbft.v1.FetchChunk.$Properties instead.
             */
            interface IFetchChunk extends synod.pbft.v1.FetchChunk.$Properties {
            }

            /** Represents a FetchChunk. */
            class FetchChunk {

                /**
                 * Constructs a new FetchChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.FetchChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FetchChunk snapshot. */
                snapshot: number;

                /** FetchChunk place. */
                place: number;

                /** FetchChunk chunkBytes. */
                chunkBytes: number;

                /**
                 * Encodes the specified FetchChunk message. Does not implicitly {@link synod.pbft.v1.FetchChunk.verify|verify} messages.
                 * @param message FetchChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.FetchChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FetchChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.FetchChunk & synod.pbft.v1.FetchChunk.$Shape} FetchChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.FetchChunk & synod.pbft.v1.FetchChunk.$Shape;
            }

            namespace FetchChunk {

                /** Properties of a FetchChunk. */
                interface $Properties {

                    /** FetchChunk snapshot */
                    snapshot?: (number|null);

                    /** FetchChunk place */
                    place?: (number|null);

                    /** FetchChunk chunkBytes */
                    chunkBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FetchChunk. */
                type $Shape = synod.pbft.v1.FetchChunk.$Properties;
            }

            /**
             * Properties of a SnapshotChunk.
             * @deprecated Use synod.pbft.v1.SnapshotChunk.$Properties instead.
             */
            interface ISnapshotChunk extends synod.pbft.v1.SnapshotChunk.$Properties {
            }

            /** Represents a SnapshotChunk. */
            class SnapshotChunk {

                /**
                 * Constructs a new SnapshotChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.SnapshotChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotChunk snapshot. */
                snapshot: number;

                /** SnapshotChunk offset. */
                offset: number;

                /** SnapshotChunk totalBytes. */
                totalBytes: number;

                /** SnapshotChunk bytes. */
                bytes: Uint8Array;

                /** SnapshotChunk checksum. */
                checksum: number;

                /**
                 * Encodes the specified SnapshotChunk message. Does not implicitly {@link synod.pbft.v1.SnapshotChunk.verify|verify} messages.
                 * @param message SnapshotChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.SnapshotChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.SnapshotChunk & synod.pbft.v1.SnapshotChunk.$Shape} SnapshotChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.SnapshotChunk & synod.pbft.v1.SnapshotChunk.$Shape;
            }

            namespace SnapshotChunk {

                /** Properties of a SnapshotChunk. */
                interface $Properties {

                    /** SnapshotChunk snapshot */
                    snapshot?: (number|null);

                    /** SnapshotChunk offset */
                    offset?: (number|null);

                    /** SnapshotChunk totalBytes */
                    totalBytes?: (number|null);

                    /** SnapshotChunk bytes */
                    bytes?: (Uint8Array|null);

                    /** SnapshotChunk checksum */
                    checksum?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotChunk. */
                type $Shape = synod.pbft.v1.SnapshotChunk.$Properties;
            }

            /**
             * Properties of a HelloReply.
             * @deprecated Use synod.pbft.v1.HelloReply.$Properties instead.
             */
            interface IHelloReply extends synod.pbft.v1.HelloReply.$Properties {
            }

            /** Represents a HelloReply. */
            class HelloReply {

                /**
                 * Constructs a new HelloReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.HelloReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HelloReply standing. */
                standing?: (synod.pbft.v1.Signed.$Properties|null);

                /** HelloReply stable. */
                stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                /**
                 * Encodes the specified HelloReply message. Does not implicitly {@link synod.pbft.v1.HelloReply.verify|verify} messages.
                 * @param message HelloReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.HelloReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HelloReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.HelloReply & synod.pbft.v1.HelloReply.$Shape} HelloReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.HelloReply & synod.pbft.v1.HelloReply.$Shape;
            }

            namespace HelloReply {

                /** Properties of a HelloReply. */
                interface $Properties {

                    /** HelloReply standing */
                    standing?: (synod.pbft.v1.Signed.$Properties|null);

                    /** HelloReply stable */
                    stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HelloReply. */
                type $Shape = synod.pbft.v1.HelloReply.$Properties;
            }

            /**
             * Properties of a Reply.
             * @deprecated Use synod.pbft.v1.Reply.$Properties instead.
             */
            interface IReply extends synod.pbft.v1.Reply.$Properties {
            }

            /** Represents a Reply. */
            class Reply {

                /**
                 * Constructs a new Reply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Reply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reply reply. */
                reply: Uint8Array;

                /** Reply replies. */
                replies?: (synod.pbft.v1.Signed.$Properties|null);

                /** Reply place. */
                place: number;

                /** Reply path. */
                path: Uint8Array;

                /**
                 * Encodes the specified Reply message. Does not implicitly {@link synod.pbft.v1.Reply.verify|verify} messages.
                 * @param message Reply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Reply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Reply & synod.pbft.v1.Reply.$Shape} Reply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Reply & synod.pbft.v1.Reply.$Shape;
            }

            namespace Reply {

                /** Properties of a Reply. */
                interface $Properties {

                    /** Reply reply */
                    reply?: (Uint8Array|null);

                    /** Reply replies */
                    replies?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Reply place */
                    place?: (number|null);

                    /** Reply path */
                    path?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reply. */
                type $Shape = synod.pbft.v1.Reply.$Properties;
            }

            /**
             * Properties of a StandingRecord.
             * @deprecated Use synod.pbft.v1.StandingRecord.$Properties instead.
             */
            interface IStandingRecord extends synod.pbft.v1.StandingRecord.$Properties {
            }

            /** Represents a StandingRecord. */
            class StandingRecord {

                /**
                 * Constructs a new StandingRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.StandingRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StandingRecord standing. */
                standing: synod.pbft.v1.Standing.Name;

                /** StandingRecord floor. */
                floor: number;

                /** StandingRecord founders. */
                founders: synod.pbft.v1.StandingRecord.Founder.$Properties[];

                /** StandingRecord firstView. */
                firstView: number;

                /**
                 * Encodes the specified StandingRecord message. Does not implicitly {@link synod.pbft.v1.StandingRecord.verify|verify} messages.
                 * @param message StandingRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.StandingRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StandingRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.StandingRecord & synod.pbft.v1.StandingRecord.$Shape} StandingRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.StandingRecord & synod.pbft.v1.StandingRecord.$Shape;
            }

            namespace StandingRecord {

                /** Properties of a StandingRecord. */
                interface $Properties {

                    /** StandingRecord standing */
                    standing?: (synod.pbft.v1.Standing.Name|null);

                    /** StandingRecord floor */
                    floor?: (number|null);

                    /** StandingRecord founders */
                    founders?: (synod.pbft.v1.StandingRecord.Founder.$Properties[]|null);

                    /** StandingRecord firstView */
                    firstView?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StandingRecord. */
                type $Shape = synod.pbft.v1.StandingRecord.$Properties;

                /**
                 * Properties of a Founder.
                 * @deprecated Use synod.pbft.v1.StandingRecord.Founder.$Properties instead.
                 */
                interface IFounder extends synod.pbft.v1.StandingRecord.Founder.$Properties {
                }

                /** Represents a Founder. */
                class Founder {

                    /**
                     * Constructs a new Founder.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: synod.pbft.v1.StandingRecord.Founder.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Founder member. */
                    member: string;

                    /** Founder incarnation. */
                    incarnation: number;

                    /**
                     * Encodes the specified Founder message. Does not implicitly {@link synod.pbft.v1.StandingRecord.Founder.verify|verify} messages.
                     * @param message Founder message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: synod.pbft.v1.StandingRecord.Founder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes a Founder message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {synod.pbft.v1.StandingRecord.Founder & synod.pbft.v1.StandingRecord.Founder.$Shape} Founder
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.StandingRecord.Founder & synod.pbft.v1.StandingRecord.Founder.$Shape;
                }

                namespace Founder {

                    /** Properties of a Founder. */
                    interface $Properties {

                        /** Founder member */
                        member?: (string|null);

                        /** Founder incarnation */
                        incarnation?: (number|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of a Founder. */
                    type $Shape = synod.pbft.v1.StandingRecord.Founder.$Properties;
                }
            }

            /**
             * Properties of a BatchRecord.
             * @deprecated Use synod.pbft.v1.BatchRecord.$Properties instead.
             */
            interface IBatchRecord extends synod.pbft.v1.BatchRecord.$Properties {
            }

            /** Represents a BatchRecord. */
            class BatchRecord {

                /**
                 * Constructs a new BatchRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.BatchRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BatchRecord sequence. */
                sequence: number;

                /** BatchRecord batch. */
                batch: Uint8Array;

                /** BatchRecord executed. */
                executed: boolean;

                /**
                 * Encodes the specified BatchRecord message. Does not implicitly {@link synod.pbft.v1.BatchRecord.verify|verify} messages.
                 * @param message BatchRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.BatchRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BatchRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.BatchRecord & synod.pbft.v1.BatchRecord.$Shape} BatchRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.BatchRecord & synod.pbft.v1.BatchRecord.$Shape;
            }

            namespace BatchRecord {

                /** Properties of a BatchRecord. */
                interface $Properties {

                    /** BatchRecord sequence */
                    sequence?: (number|null);

                    /** BatchRecord batch */
                    batch?: (Uint8Array|null);

                    /** BatchRecord executed */
                    executed?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BatchRecord. */
                type $Shape = synod.pbft.v1.BatchRecord.$Properties;
            }

            /**
             * Properties of a NewViewRecord.
             * @deprecated Use synod.pbft.v1.NewViewRecord.$Properties instead.
             */
            interface INewViewRecord extends synod.pbft.v1.NewViewRecord.$Properties {
            }

            /** Represents a NewViewRecord. */
            class NewViewRecord {

                /**
                 * Constructs a new NewViewRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.NewViewRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NewViewRecord newView. */
                newView?: (synod.pbft.v1.Signed.$Properties|null);

                /** NewViewRecord viewChanges. */
                viewChanges: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified NewViewRecord message. Does not implicitly {@link synod.pbft.v1.NewViewRecord.verify|verify} messages.
                 * @param message NewViewRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.NewViewRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NewViewRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.NewViewRecord & synod.pbft.v1.NewViewRecord.$Shape} NewViewRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.NewViewRecord & synod.pbft.v1.NewViewRecord.$Shape;
            }

            namespace NewViewRecord {

                /** Properties of a NewViewRecord. */
                interface $Properties {

                    /** NewViewRecord newView */
                    newView?: (synod.pbft.v1.Signed.$Properties|null);

                    /** NewViewRecord viewChanges */
                    viewChanges?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NewViewRecord. */
                type $Shape = synod.pbft.v1.NewViewRecord.$Properties;
            }

            /**
             * Properties of a SnapshotMark.
             * @deprecated Use synod.pbft.v1.SnapshotMark.$Properties instead.
             */
            interface ISnapshotMark extends synod.pbft.v1.SnapshotMark.$Properties {
            }

            /** Represents a SnapshotMark. */
            class SnapshotMark {

                /**
                 * Constructs a new SnapshotMark.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.SnapshotMark.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotMark snapshot. */
                snapshot?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                /** SnapshotMark standing. */
                standing?: (synod.pbft.v1.StandingRecord.$Properties|null);

                /** SnapshotMark stable. */
                stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                /** SnapshotMark viewChange. */
                viewChange?: (synod.pbft.v1.Signed.$Properties|null);

                /** SnapshotMark newView. */
                newView?: (synod.pbft.v1.NewViewRecord.$Properties|null);

                /** SnapshotMark votes. */
                votes: synod.pbft.v1.Signed.$Properties[];

                /**
                 * Encodes the specified SnapshotMark message. Does not implicitly {@link synod.pbft.v1.SnapshotMark.verify|verify} messages.
                 * @param message SnapshotMark message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.SnapshotMark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotMark message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.SnapshotMark & synod.pbft.v1.SnapshotMark.$Shape} SnapshotMark
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.SnapshotMark & synod.pbft.v1.SnapshotMark.$Shape;
            }

            namespace SnapshotMark {

                /** Properties of a SnapshotMark. */
                interface $Properties {

                    /** SnapshotMark snapshot */
                    snapshot?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                    /** SnapshotMark standing */
                    standing?: (synod.pbft.v1.StandingRecord.$Properties|null);

                    /** SnapshotMark stable */
                    stable?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                    /** SnapshotMark viewChange */
                    viewChange?: (synod.pbft.v1.Signed.$Properties|null);

                    /** SnapshotMark newView */
                    newView?: (synod.pbft.v1.NewViewRecord.$Properties|null);

                    /** SnapshotMark votes */
                    votes?: (synod.pbft.v1.Signed.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotMark. */
                type $Shape = synod.pbft.v1.SnapshotMark.$Properties;
            }

            /**
             * Properties of a Certificate.
             * @deprecated Use synod.pbft.v1.Certificate.$Properties instead.
             */
            interface ICertificate extends synod.pbft.v1.Certificate.$Properties {
            }

            /** Represents a Certificate. */
            class Certificate {

                /**
                 * Constructs a new Certificate.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.Certificate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Certificate version. */
                version: number;

                /** Certificate prepared. */
                prepared?: (synod.pbft.v1.Prepared.$Properties|null);

                /** Certificate checkpoint. */
                checkpoint?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                /** Certificate snapshot. */
                snapshot?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                /** Certificate newView. */
                newView?: (synod.pbft.v1.NewViewRecord.$Properties|null);

                /** Certificate reply. */
                reply?: (synod.pbft.v1.ReplyCertificate.$Properties|null);

                /** Certificate equivocation. */
                equivocation?: (synod.pbft.v1.Proof.$Properties|null);

                /** Certificate certificate. */
                certificate?: ("prepared"|"checkpoint"|"snapshot"|"newView"|"reply"|"equivocation");

                /**
                 * Encodes the specified Certificate message. Does not implicitly {@link synod.pbft.v1.Certificate.verify|verify} messages.
                 * @param message Certificate message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.Certificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Certificate message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.Certificate & synod.pbft.v1.Certificate.$Shape} Certificate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.Certificate & synod.pbft.v1.Certificate.$Shape;
            }

            namespace Certificate {

                /** Properties of a Certificate. */
                interface $Properties {

                    /** Certificate version */
                    version?: (number|null);

                    /** Certificate prepared */
                    prepared?: (synod.pbft.v1.Prepared.$Properties|null);

                    /** Certificate checkpoint */
                    checkpoint?: (synod.pbft.v1.StableCheckpoint.$Properties|null);

                    /** Certificate snapshot */
                    snapshot?: (synod.pbft.v1.StableSnapshot.$Properties|null);

                    /** Certificate newView */
                    newView?: (synod.pbft.v1.NewViewRecord.$Properties|null);

                    /** Certificate reply */
                    reply?: (synod.pbft.v1.ReplyCertificate.$Properties|null);

                    /** Certificate equivocation */
                    equivocation?: (synod.pbft.v1.Proof.$Properties|null);

                    /** Certificate certificate */
                    certificate?: ("prepared"|"checkpoint"|"snapshot"|"newView"|"reply"|"equivocation");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Certificate. */
                type $Shape = {
                  version?: number|null;
                  prepared?: synod.pbft.v1.Prepared.$Shape|null;
                  checkpoint?: synod.pbft.v1.StableCheckpoint.$Shape|null;
                  snapshot?: synod.pbft.v1.StableSnapshot.$Shape|null;
                  newView?: synod.pbft.v1.NewViewRecord.$Shape|null;
                  reply?: synod.pbft.v1.ReplyCertificate.$Shape|null;
                  equivocation?: synod.pbft.v1.Proof.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ certificate?: undefined; prepared?: null; checkpoint?: null; snapshot?: null; newView?: null; reply?: null; equivocation?: null }|{ certificate?: "prepared"; prepared: synod.pbft.v1.Prepared.$Shape; checkpoint?: null; snapshot?: null; newView?: null; reply?: null; equivocation?: null }|{ certificate?: "checkpoint"; prepared?: null; checkpoint: synod.pbft.v1.StableCheckpoint.$Shape; snapshot?: null; newView?: null; reply?: null; equivocation?: null }|{ certificate?: "snapshot"; prepared?: null; checkpoint?: null; snapshot: synod.pbft.v1.StableSnapshot.$Shape; newView?: null; reply?: null; equivocation?: null }|{ certificate?: "newView"; prepared?: null; checkpoint?: null; snapshot?: null; newView: synod.pbft.v1.NewViewRecord.$Shape; reply?: null; equivocation?: null }|{ certificate?: "reply"; prepared?: null; checkpoint?: null; snapshot?: null; newView?: null; reply: synod.pbft.v1.ReplyCertificate.$Shape; equivocation?: null }|{ certificate?: "equivocation"; prepared?: null; checkpoint?: null; snapshot?: null; newView?: null; reply?: null; equivocation: synod.pbft.v1.Proof.$Shape })
                );
            }

            /**
             * Properties of a ReplyCertificate.
             * @deprecated Use synod.pbft.v1.ReplyCertificate.$Properties instead.
             */
            interface IReplyCertificate extends synod.pbft.v1.ReplyCertificate.$Properties {
            }

            /** Represents a ReplyCertificate. */
            class ReplyCertificate {

                /**
                 * Constructs a new ReplyCertificate.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.pbft.v1.ReplyCertificate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReplyCertificate request. */
                request?: (synod.pbft.v1.Signed.$Properties|null);

                /** ReplyCertificate read. */
                read: Uint8Array;

                /** ReplyCertificate results. */
                results: Uint8Array;

                /** ReplyCertificate answers. */
                answers: synod.pbft.v1.ReplyCertificate.Answer.$Properties[];

                /**
                 * Encodes the specified ReplyCertificate message. Does not implicitly {@link synod.pbft.v1.ReplyCertificate.verify|verify} messages.
                 * @param message ReplyCertificate message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.pbft.v1.ReplyCertificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplyCertificate message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.pbft.v1.ReplyCertificate & synod.pbft.v1.ReplyCertificate.$Shape} ReplyCertificate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.ReplyCertificate & synod.pbft.v1.ReplyCertificate.$Shape;
            }

            namespace ReplyCertificate {

                /** Properties of a ReplyCertificate. */
                interface $Properties {

                    /** ReplyCertificate request */
                    request?: (synod.pbft.v1.Signed.$Properties|null);

                    /** ReplyCertificate read */
                    read?: (Uint8Array|null);

                    /** ReplyCertificate results */
                    results?: (Uint8Array|null);

                    /** ReplyCertificate answers */
                    answers?: (synod.pbft.v1.ReplyCertificate.Answer.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReplyCertificate. */
                type $Shape = synod.pbft.v1.ReplyCertificate.$Properties;

                /**
                 * Properties of an Answer.
                 * @deprecated Use synod.pbft.v1.ReplyCertificate.Answer.$Properties instead.
                 */
                interface IAnswer extends synod.pbft.v1.ReplyCertificate.Answer.$Properties {
                }

                /** Represents an Answer. */
                class Answer {

                    /**
                     * Constructs a new Answer.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: synod.pbft.v1.ReplyCertificate.Answer.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Answer replies. */
                    replies?: (synod.pbft.v1.Signed.$Properties|null);

                    /** Answer place. */
                    place: number;

                    /** Answer path. */
                    path: Uint8Array;

                    /** Answer index. */
                    index: number;

                    /**
                     * Encodes the specified Answer message. Does not implicitly {@link synod.pbft.v1.ReplyCertificate.Answer.verify|verify} messages.
                     * @param message Answer message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: synod.pbft.v1.ReplyCertificate.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes an Answer message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {synod.pbft.v1.ReplyCertificate.Answer & synod.pbft.v1.ReplyCertificate.Answer.$Shape} Answer
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.pbft.v1.ReplyCertificate.Answer & synod.pbft.v1.ReplyCertificate.Answer.$Shape;
                }

                namespace Answer {

                    /** Properties of an Answer. */
                    interface $Properties {

                        /** Answer replies */
                        replies?: (synod.pbft.v1.Signed.$Properties|null);

                        /** Answer place */
                        place?: (number|null);

                        /** Answer path */
                        path?: (Uint8Array|null);

                        /** Answer index */
                        index?: (number|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of an Answer. */
                    type $Shape = synod.pbft.v1.ReplyCertificate.Answer.$Properties;
                }
            }
        }
    }
}
