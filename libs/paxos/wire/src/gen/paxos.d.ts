import * as $protobuf from "./protobuf.js";

/** Namespace synod. */
export namespace synod {

    /** Namespace paxos. */
    namespace paxos {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an Envelope.
             * @deprecated Use synod.paxos.v1.Envelope.$Properties instead.
             */
            interface IEnvelope extends synod.paxos.v1.Envelope.$Properties {
            }

            /** Represents an Envelope. */
            class Envelope {

                /**
                 * Constructs a new Envelope.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Envelope.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Envelope version. */
                version: number;

                /** Envelope canvass. */
                canvass?: (synod.paxos.v1.Canvass.$Properties|null);

                /** Envelope canvassReply. */
                canvassReply?: (synod.paxos.v1.CanvassReply.$Properties|null);

                /** Envelope prepare. */
                prepare?: (synod.paxos.v1.Prepare.$Properties|null);

                /** Envelope promised. */
                promised?: (synod.paxos.v1.Promised.$Properties|null);

                /** Envelope accept. */
                accept?: (synod.paxos.v1.Accept.$Properties|null);

                /** Envelope accepted. */
                accepted?: (synod.paxos.v1.Accepted.$Properties|null);

                /** Envelope nack. */
                nack?: (synod.paxos.v1.Nack.$Properties|null);

                /** Envelope progress. */
                progress?: (synod.paxos.v1.Progress.$Properties|null);

                /** Envelope learn. */
                learn?: (synod.paxos.v1.Learn.$Properties|null);

                /** Envelope chosen. */
                chosen?: (synod.paxos.v1.Chosen.$Properties|null);

                /** Envelope snapshotOffer. */
                snapshotOffer?: (synod.paxos.v1.SnapshotOffer.$Properties|null);

                /** Envelope fetchChunk. */
                fetchChunk?: (synod.paxos.v1.FetchChunk.$Properties|null);

                /** Envelope snapshotChunk. */
                snapshotChunk?: (synod.paxos.v1.SnapshotChunk.$Properties|null);

                /** Envelope takeOver. */
                takeOver?: (synod.paxos.v1.TakeOver.$Properties|null);

                /** Envelope join. */
                join?: (synod.paxos.v1.Join.$Properties|null);

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

                /** Envelope registerPrepare. */
                registerPrepare?: (synod.paxos.v1.RegisterPrepare.$Properties|null);

                /** Envelope registerPromised. */
                registerPromised?: (synod.paxos.v1.RegisterPromised.$Properties|null);

                /** Envelope registerAccept. */
                registerAccept?: (synod.paxos.v1.RegisterAccept.$Properties|null);

                /** Envelope registerAccepted. */
                registerAccepted?: (synod.paxos.v1.RegisterAccepted.$Properties|null);

                /** Envelope registerNack. */
                registerNack?: (synod.paxos.v1.RegisterNack.$Properties|null);

                /** Envelope freezeRegisters. */
                freezeRegisters?: (synod.paxos.v1.FreezeRegisters.$Properties|null);

                /** Envelope registersPage. */
                registersPage?: (synod.paxos.v1.RegistersPage.$Properties|null);

                /** Envelope storeRegisters. */
                storeRegisters?: (synod.paxos.v1.StoreRegisters.$Properties|null);

                /** Envelope registersStored. */
                registersStored?: (synod.paxos.v1.RegistersStored.$Properties|null);

                /** Envelope registerAsk. */
                registerAsk?: (synod.paxos.v1.RegisterAsk.$Properties|null);

                /** Envelope registerTold. */
                registerTold?: (synod.paxos.v1.RegisterTold.$Properties|null);

                /** Envelope body. */
                body?: ("canvass"|"canvassReply"|"prepare"|"promised"|"accept"|"accepted"|"nack"|"progress"|"learn"|"chosen"|"snapshotOffer"|"fetchChunk"|"snapshotChunk"|"takeOver"|"join"|"hello"|"helloReply"|"form"|"formed"|"activate"|"registerPrepare"|"registerPromised"|"registerAccept"|"registerAccepted"|"registerNack"|"freezeRegisters"|"registersPage"|"storeRegisters"|"registersStored"|"registerAsk"|"registerTold");

                /**
                 * Encodes the specified Envelope message. Does not implicitly {@link synod.paxos.v1.Envelope.verify|verify} messages.
                 * @param message Envelope message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Envelope message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Envelope & synod.paxos.v1.Envelope.$Shape} Envelope
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Envelope & synod.paxos.v1.Envelope.$Shape;
            }

            namespace Envelope {

                /** Properties of an Envelope. */
                interface $Properties {

                    /** Envelope version */
                    version?: (number|null);

                    /** Envelope canvass */
                    canvass?: (synod.paxos.v1.Canvass.$Properties|null);

                    /** Envelope canvassReply */
                    canvassReply?: (synod.paxos.v1.CanvassReply.$Properties|null);

                    /** Envelope prepare */
                    prepare?: (synod.paxos.v1.Prepare.$Properties|null);

                    /** Envelope promised */
                    promised?: (synod.paxos.v1.Promised.$Properties|null);

                    /** Envelope accept */
                    accept?: (synod.paxos.v1.Accept.$Properties|null);

                    /** Envelope accepted */
                    accepted?: (synod.paxos.v1.Accepted.$Properties|null);

                    /** Envelope nack */
                    nack?: (synod.paxos.v1.Nack.$Properties|null);

                    /** Envelope progress */
                    progress?: (synod.paxos.v1.Progress.$Properties|null);

                    /** Envelope learn */
                    learn?: (synod.paxos.v1.Learn.$Properties|null);

                    /** Envelope chosen */
                    chosen?: (synod.paxos.v1.Chosen.$Properties|null);

                    /** Envelope snapshotOffer */
                    snapshotOffer?: (synod.paxos.v1.SnapshotOffer.$Properties|null);

                    /** Envelope fetchChunk */
                    fetchChunk?: (synod.paxos.v1.FetchChunk.$Properties|null);

                    /** Envelope snapshotChunk */
                    snapshotChunk?: (synod.paxos.v1.SnapshotChunk.$Properties|null);

                    /** Envelope takeOver */
                    takeOver?: (synod.paxos.v1.TakeOver.$Properties|null);

                    /** Envelope join */
                    join?: (synod.paxos.v1.Join.$Properties|null);

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

                    /** Envelope registerPrepare */
                    registerPrepare?: (synod.paxos.v1.RegisterPrepare.$Properties|null);

                    /** Envelope registerPromised */
                    registerPromised?: (synod.paxos.v1.RegisterPromised.$Properties|null);

                    /** Envelope registerAccept */
                    registerAccept?: (synod.paxos.v1.RegisterAccept.$Properties|null);

                    /** Envelope registerAccepted */
                    registerAccepted?: (synod.paxos.v1.RegisterAccepted.$Properties|null);

                    /** Envelope registerNack */
                    registerNack?: (synod.paxos.v1.RegisterNack.$Properties|null);

                    /** Envelope freezeRegisters */
                    freezeRegisters?: (synod.paxos.v1.FreezeRegisters.$Properties|null);

                    /** Envelope registersPage */
                    registersPage?: (synod.paxos.v1.RegistersPage.$Properties|null);

                    /** Envelope storeRegisters */
                    storeRegisters?: (synod.paxos.v1.StoreRegisters.$Properties|null);

                    /** Envelope registersStored */
                    registersStored?: (synod.paxos.v1.RegistersStored.$Properties|null);

                    /** Envelope registerAsk */
                    registerAsk?: (synod.paxos.v1.RegisterAsk.$Properties|null);

                    /** Envelope registerTold */
                    registerTold?: (synod.paxos.v1.RegisterTold.$Properties|null);

                    /** Envelope body */
                    body?: ("canvass"|"canvassReply"|"prepare"|"promised"|"accept"|"accepted"|"nack"|"progress"|"learn"|"chosen"|"snapshotOffer"|"fetchChunk"|"snapshotChunk"|"takeOver"|"join"|"hello"|"helloReply"|"form"|"formed"|"activate"|"registerPrepare"|"registerPromised"|"registerAccept"|"registerAccepted"|"registerNack"|"freezeRegisters"|"registersPage"|"storeRegisters"|"registersStored"|"registerAsk"|"registerTold");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Envelope. */
                type $Shape = {
                  version?: number|null;
                  canvass?: synod.paxos.v1.Canvass.$Shape|null;
                  canvassReply?: synod.paxos.v1.CanvassReply.$Shape|null;
                  prepare?: synod.paxos.v1.Prepare.$Shape|null;
                  promised?: synod.paxos.v1.Promised.$Shape|null;
                  accept?: synod.paxos.v1.Accept.$Shape|null;
                  accepted?: synod.paxos.v1.Accepted.$Shape|null;
                  nack?: synod.paxos.v1.Nack.$Shape|null;
                  progress?: synod.paxos.v1.Progress.$Shape|null;
                  learn?: synod.paxos.v1.Learn.$Shape|null;
                  chosen?: synod.paxos.v1.Chosen.$Shape|null;
                  snapshotOffer?: synod.paxos.v1.SnapshotOffer.$Shape|null;
                  fetchChunk?: synod.paxos.v1.FetchChunk.$Shape|null;
                  snapshotChunk?: synod.paxos.v1.SnapshotChunk.$Shape|null;
                  takeOver?: synod.paxos.v1.TakeOver.$Shape|null;
                  join?: synod.paxos.v1.Join.$Shape|null;
                  hello?: Uint8Array|null;
                  helloReply?: Uint8Array|null;
                  form?: Uint8Array|null;
                  formed?: Uint8Array|null;
                  activate?: Uint8Array|null;
                  registerPrepare?: synod.paxos.v1.RegisterPrepare.$Shape|null;
                  registerPromised?: synod.paxos.v1.RegisterPromised.$Shape|null;
                  registerAccept?: synod.paxos.v1.RegisterAccept.$Shape|null;
                  registerAccepted?: synod.paxos.v1.RegisterAccepted.$Shape|null;
                  registerNack?: synod.paxos.v1.RegisterNack.$Shape|null;
                  freezeRegisters?: synod.paxos.v1.FreezeRegisters.$Shape|null;
                  registersPage?: synod.paxos.v1.RegistersPage.$Shape|null;
                  storeRegisters?: synod.paxos.v1.StoreRegisters.$Shape|null;
                  registersStored?: synod.paxos.v1.RegistersStored.$Shape|null;
                  registerAsk?: synod.paxos.v1.RegisterAsk.$Shape|null;
                  registerTold?: synod.paxos.v1.RegisterTold.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "canvass"; canvass: synod.paxos.v1.Canvass.$Shape; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "canvassReply"; canvass?: null; canvassReply: synod.paxos.v1.CanvassReply.$Shape; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "prepare"; canvass?: null; canvassReply?: null; prepare: synod.paxos.v1.Prepare.$Shape; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "promised"; canvass?: null; canvassReply?: null; prepare?: null; promised: synod.paxos.v1.Promised.$Shape; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "accept"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept: synod.paxos.v1.Accept.$Shape; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "accepted"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted: synod.paxos.v1.Accepted.$Shape; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "nack"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack: synod.paxos.v1.Nack.$Shape; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "progress"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress: synod.paxos.v1.Progress.$Shape; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "learn"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn: synod.paxos.v1.Learn.$Shape; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "chosen"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen: synod.paxos.v1.Chosen.$Shape; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "snapshotOffer"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer: synod.paxos.v1.SnapshotOffer.$Shape; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "fetchChunk"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk: synod.paxos.v1.FetchChunk.$Shape; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "snapshotChunk"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk: synod.paxos.v1.SnapshotChunk.$Shape; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "takeOver"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver: synod.paxos.v1.TakeOver.$Shape; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "join"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join: synod.paxos.v1.Join.$Shape; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "hello"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello: Uint8Array; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "helloReply"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply: Uint8Array; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "form"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form: Uint8Array; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "formed"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed: Uint8Array; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "activate"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate: Uint8Array; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registerPrepare"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare: synod.paxos.v1.RegisterPrepare.$Shape; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registerPromised"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised: synod.paxos.v1.RegisterPromised.$Shape; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registerAccept"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept: synod.paxos.v1.RegisterAccept.$Shape; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registerAccepted"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted: synod.paxos.v1.RegisterAccepted.$Shape; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registerNack"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack: synod.paxos.v1.RegisterNack.$Shape; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "freezeRegisters"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters: synod.paxos.v1.FreezeRegisters.$Shape; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registersPage"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage: synod.paxos.v1.RegistersPage.$Shape; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "storeRegisters"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters: synod.paxos.v1.StoreRegisters.$Shape; registersStored?: null; registerAsk?: null; registerTold?: null }|{ body?: "registersStored"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored: synod.paxos.v1.RegistersStored.$Shape; registerAsk?: null; registerTold?: null }|{ body?: "registerAsk"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk: synod.paxos.v1.RegisterAsk.$Shape; registerTold?: null }|{ body?: "registerTold"; canvass?: null; canvassReply?: null; prepare?: null; promised?: null; accept?: null; accepted?: null; nack?: null; progress?: null; learn?: null; chosen?: null; snapshotOffer?: null; fetchChunk?: null; snapshotChunk?: null; takeOver?: null; join?: null; hello?: null; helloReply?: null; form?: null; formed?: null; activate?: null; registerPrepare?: null; registerPromised?: null; registerAccept?: null; registerAccepted?: null; registerNack?: null; freezeRegisters?: null; registersPage?: null; storeRegisters?: null; registersStored?: null; registerAsk?: null; registerTold: synod.paxos.v1.RegisterTold.$Shape })
                );
            }

            /**
             * Properties of an Acceptor.
             * @deprecated Use synod.paxos.v1.Acceptor.$Properties instead.
             */
            interface IAcceptor extends synod.paxos.v1.Acceptor.$Properties {
            }

            /** Represents an Acceptor. */
            class Acceptor {

                /**
                 * Constructs a new Acceptor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Acceptor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Acceptor address. */
                address: string;

                /** Acceptor disk. */
                disk: number;

                /**
                 * Encodes the specified Acceptor message. Does not implicitly {@link synod.paxos.v1.Acceptor.verify|verify} messages.
                 * @param message Acceptor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Acceptor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Acceptor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Acceptor & synod.paxos.v1.Acceptor.$Shape} Acceptor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Acceptor & synod.paxos.v1.Acceptor.$Shape;
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
                type $Shape = synod.paxos.v1.Acceptor.$Properties;
            }

            /**
             * Properties of an AcceptorSet.
             * @deprecated Use synod.paxos.v1.AcceptorSet.$Properties instead.
             */
            interface IAcceptorSet extends synod.paxos.v1.AcceptorSet.$Properties {
            }

            /** Represents an AcceptorSet. */
            class AcceptorSet {

                /**
                 * Constructs a new AcceptorSet.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.AcceptorSet.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcceptorSet version. */
                version: number;

                /** AcceptorSet acceptors. */
                acceptors: synod.paxos.v1.Acceptor.$Properties[];

                /** AcceptorSet phase1. */
                phase1: number;

                /** AcceptorSet phase2. */
                phase2: number;

                /**
                 * Encodes the specified AcceptorSet message. Does not implicitly {@link synod.paxos.v1.AcceptorSet.verify|verify} messages.
                 * @param message AcceptorSet message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.AcceptorSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcceptorSet message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.AcceptorSet & synod.paxos.v1.AcceptorSet.$Shape} AcceptorSet
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.AcceptorSet & synod.paxos.v1.AcceptorSet.$Shape;
            }

            namespace AcceptorSet {

                /** Properties of an AcceptorSet. */
                interface $Properties {

                    /** AcceptorSet version */
                    version?: (number|null);

                    /** AcceptorSet acceptors */
                    acceptors?: (synod.paxos.v1.Acceptor.$Properties[]|null);

                    /** AcceptorSet phase1 */
                    phase1?: (number|null);

                    /** AcceptorSet phase2 */
                    phase2?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcceptorSet. */
                type $Shape = synod.paxos.v1.AcceptorSet.$Properties;
            }

            /**
             * Properties of a SetFrom.
             * @deprecated Use synod.paxos.v1.SetFrom.$Properties instead.
             */
            interface ISetFrom extends synod.paxos.v1.SetFrom.$Properties {
            }

            /** Represents a SetFrom. */
            class SetFrom {

                /**
                 * Constructs a new SetFrom.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.SetFrom.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SetFrom from. */
                from: number;

                /** SetFrom set. */
                set?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /**
                 * Encodes the specified SetFrom message. Does not implicitly {@link synod.paxos.v1.SetFrom.verify|verify} messages.
                 * @param message SetFrom message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.SetFrom.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SetFrom message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.SetFrom & synod.paxos.v1.SetFrom.$Shape} SetFrom
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.SetFrom & synod.paxos.v1.SetFrom.$Shape;
            }

            namespace SetFrom {

                /** Properties of a SetFrom. */
                interface $Properties {

                    /** SetFrom from */
                    from?: (number|null);

                    /** SetFrom set */
                    set?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SetFrom. */
                type $Shape = synod.paxos.v1.SetFrom.$Properties;
            }

            /**
             * Properties of a Canvass.
             * @deprecated Use synod.paxos.v1.Canvass.$Properties instead.
             */
            interface ICanvass extends synod.paxos.v1.Canvass.$Properties {
            }

            /** Represents a Canvass. */
            class Canvass {

                /**
                 * Constructs a new Canvass.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Canvass.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Canvass ballot. */
                ballot: number;

                /** Canvass nonce. */
                nonce: number;

                /**
                 * Encodes the specified Canvass message. Does not implicitly {@link synod.paxos.v1.Canvass.verify|verify} messages.
                 * @param message Canvass message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Canvass.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Canvass message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Canvass & synod.paxos.v1.Canvass.$Shape} Canvass
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Canvass & synod.paxos.v1.Canvass.$Shape;
            }

            namespace Canvass {

                /** Properties of a Canvass. */
                interface $Properties {

                    /** Canvass ballot */
                    ballot?: (number|null);

                    /** Canvass nonce */
                    nonce?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Canvass. */
                type $Shape = synod.paxos.v1.Canvass.$Properties;
            }

            /**
             * Properties of a CanvassReply.
             * @deprecated Use synod.paxos.v1.CanvassReply.$Properties instead.
             */
            interface ICanvassReply extends synod.paxos.v1.CanvassReply.$Properties {
            }

            /** Represents a CanvassReply. */
            class CanvassReply {

                /**
                 * Constructs a new CanvassReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.CanvassReply.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CanvassReply nonce. */
                nonce: number;

                /** CanvassReply ballot. */
                ballot: number;

                /** CanvassReply granted. */
                granted: boolean;

                /** CanvassReply disk. */
                disk: number;

                /** CanvassReply promised. */
                promised: number;

                /** CanvassReply founding. */
                founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /** CanvassReply clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified CanvassReply message. Does not implicitly {@link synod.paxos.v1.CanvassReply.verify|verify} messages.
                 * @param message CanvassReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.CanvassReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CanvassReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.CanvassReply & synod.paxos.v1.CanvassReply.$Shape} CanvassReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.CanvassReply & synod.paxos.v1.CanvassReply.$Shape;
            }

            namespace CanvassReply {

                /** Properties of a CanvassReply. */
                interface $Properties {

                    /** CanvassReply nonce */
                    nonce?: (number|null);

                    /** CanvassReply ballot */
                    ballot?: (number|null);

                    /** CanvassReply granted */
                    granted?: (boolean|null);

                    /** CanvassReply disk */
                    disk?: (number|null);

                    /** CanvassReply promised */
                    promised?: (number|null);

                    /** CanvassReply founding */
                    founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** CanvassReply clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CanvassReply. */
                type $Shape = synod.paxos.v1.CanvassReply.$Properties;
            }

            /**
             * Properties of a Prepare.
             * @deprecated Use synod.paxos.v1.Prepare.$Properties instead.
             */
            interface IPrepare extends synod.paxos.v1.Prepare.$Properties {
            }

            /** Represents a Prepare. */
            class Prepare {

                /**
                 * Constructs a new Prepare.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Prepare.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Prepare ballot. */
                ballot: number;

                /** Prepare from. */
                from: number;

                /** Prepare clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Prepare message. Does not implicitly {@link synod.paxos.v1.Prepare.verify|verify} messages.
                 * @param message Prepare message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Prepare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Prepare message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Prepare & synod.paxos.v1.Prepare.$Shape} Prepare
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Prepare & synod.paxos.v1.Prepare.$Shape;
            }

            namespace Prepare {

                /** Properties of a Prepare. */
                interface $Properties {

                    /** Prepare ballot */
                    ballot?: (number|null);

                    /** Prepare from */
                    from?: (number|null);

                    /** Prepare clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Prepare. */
                type $Shape = synod.paxos.v1.Prepare.$Properties;
            }

            /**
             * Properties of a Promised.
             * @deprecated Use synod.paxos.v1.Promised.$Properties instead.
             */
            interface IPromised extends synod.paxos.v1.Promised.$Properties {
            }

            /** Represents a Promised. */
            class Promised {

                /**
                 * Constructs a new Promised.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Promised.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Promised ballot. */
                ballot: number;

                /** Promised disk. */
                disk: number;

                /** Promised from. */
                from: number;

                /** Promised through. */
                through: number;

                /** Promised last. */
                last: number;

                /** Promised trimmedThrough. */
                trimmedThrough: number;

                /** Promised batches. */
                batches: Uint8Array[];

                /** Promised clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Promised message. Does not implicitly {@link synod.paxos.v1.Promised.verify|verify} messages.
                 * @param message Promised message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Promised.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Promised message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Promised & synod.paxos.v1.Promised.$Shape} Promised
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Promised & synod.paxos.v1.Promised.$Shape;
            }

            namespace Promised {

                /** Properties of a Promised. */
                interface $Properties {

                    /** Promised ballot */
                    ballot?: (number|null);

                    /** Promised disk */
                    disk?: (number|null);

                    /** Promised from */
                    from?: (number|null);

                    /** Promised through */
                    through?: (number|null);

                    /** Promised last */
                    last?: (number|null);

                    /** Promised trimmedThrough */
                    trimmedThrough?: (number|null);

                    /** Promised batches */
                    batches?: (Uint8Array[]|null);

                    /** Promised clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Promised. */
                type $Shape = synod.paxos.v1.Promised.$Properties;
            }

            /**
             * Properties of an Accept.
             * @deprecated Use synod.paxos.v1.Accept.$Properties instead.
             */
            interface IAccept extends synod.paxos.v1.Accept.$Properties {
            }

            /** Represents an Accept. */
            class Accept {

                /**
                 * Constructs a new Accept.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Accept.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Accept ballot. */
                ballot: number;

                /** Accept chosenThrough. */
                chosenThrough: number;

                /** Accept trimThrough. */
                trimThrough: number;

                /** Accept round. */
                round: number;

                /** Accept clusterId. */
                clusterId: number;

                /** Accept batches. */
                batches: Uint8Array[];

                /** Accept beat. */
                beat?: (synod.paxos.v1.Beat.$Properties|null);

                /**
                 * Encodes the specified Accept message. Does not implicitly {@link synod.paxos.v1.Accept.verify|verify} messages.
                 * @param message Accept message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Accept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Accept message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Accept & synod.paxos.v1.Accept.$Shape} Accept
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Accept & synod.paxos.v1.Accept.$Shape;
            }

            namespace Accept {

                /** Properties of an Accept. */
                interface $Properties {

                    /** Accept ballot */
                    ballot?: (number|null);

                    /** Accept chosenThrough */
                    chosenThrough?: (number|null);

                    /** Accept trimThrough */
                    trimThrough?: (number|null);

                    /** Accept round */
                    round?: (number|null);

                    /** Accept clusterId */
                    clusterId?: (number|null);

                    /** Accept batches */
                    batches?: (Uint8Array[]|null);

                    /** Accept beat */
                    beat?: (synod.paxos.v1.Beat.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Accept. */
                type $Shape = synod.paxos.v1.Accept.$Properties;
            }

            /**
             * Properties of a Beat.
             * @deprecated Use synod.paxos.v1.Beat.$Properties instead.
             */
            interface IBeat extends synod.paxos.v1.Beat.$Properties {
            }

            /** Represents a Beat. */
            class Beat {

                /**
                 * Constructs a new Beat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Beat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Beat at. */
                at: number;

                /** Beat echoes. */
                echoes: number[];

                /**
                 * Encodes the specified Beat message. Does not implicitly {@link synod.paxos.v1.Beat.verify|verify} messages.
                 * @param message Beat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Beat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Beat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Beat & synod.paxos.v1.Beat.$Shape} Beat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Beat & synod.paxos.v1.Beat.$Shape;
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
                type $Shape = synod.paxos.v1.Beat.$Properties;
            }

            /**
             * Properties of an Accepted.
             * @deprecated Use synod.paxos.v1.Accepted.$Properties instead.
             */
            interface IAccepted extends synod.paxos.v1.Accepted.$Properties {
            }

            /** Represents an Accepted. */
            class Accepted {

                /**
                 * Constructs a new Accepted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Accepted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Accepted ballot. */
                ballot: number;

                /** Accepted disk. */
                disk: number;

                /** Accepted round. */
                round: number;

                /** Accepted first. */
                first: number;

                /** Accepted last. */
                last: number;

                /** Accepted heldBytes. */
                heldBytes: number;

                /** Accepted registersEpoch. */
                registersEpoch: number;

                /** Accepted echo. */
                echo: number;

                /** Accepted clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Accepted message. Does not implicitly {@link synod.paxos.v1.Accepted.verify|verify} messages.
                 * @param message Accepted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Accepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Accepted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Accepted & synod.paxos.v1.Accepted.$Shape} Accepted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Accepted & synod.paxos.v1.Accepted.$Shape;
            }

            namespace Accepted {

                /** Properties of an Accepted. */
                interface $Properties {

                    /** Accepted ballot */
                    ballot?: (number|null);

                    /** Accepted disk */
                    disk?: (number|null);

                    /** Accepted round */
                    round?: (number|null);

                    /** Accepted first */
                    first?: (number|null);

                    /** Accepted last */
                    last?: (number|null);

                    /** Accepted heldBytes */
                    heldBytes?: (number|null);

                    /** Accepted registersEpoch */
                    registersEpoch?: (number|null);

                    /** Accepted echo */
                    echo?: (number|null);

                    /** Accepted clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Accepted. */
                type $Shape = synod.paxos.v1.Accepted.$Properties;
            }

            /**
             * Properties of a Nack.
             * @deprecated Use synod.paxos.v1.Nack.$Properties instead.
             */
            interface INack extends synod.paxos.v1.Nack.$Properties {
            }

            /** Represents a Nack. */
            class Nack {

                /**
                 * Constructs a new Nack.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Nack.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Nack ballot. */
                ballot: number;

                /** Nack promised. */
                promised: number;

                /** Nack clusterId. */
                clusterId: number;

                /** Nack disk. */
                disk: number;

                /**
                 * Encodes the specified Nack message. Does not implicitly {@link synod.paxos.v1.Nack.verify|verify} messages.
                 * @param message Nack message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Nack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Nack message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Nack & synod.paxos.v1.Nack.$Shape} Nack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Nack & synod.paxos.v1.Nack.$Shape;
            }

            namespace Nack {

                /** Properties of a Nack. */
                interface $Properties {

                    /** Nack ballot */
                    ballot?: (number|null);

                    /** Nack promised */
                    promised?: (number|null);

                    /** Nack clusterId */
                    clusterId?: (number|null);

                    /** Nack disk */
                    disk?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Nack. */
                type $Shape = synod.paxos.v1.Nack.$Properties;
            }

            /**
             * Properties of a Progress.
             * @deprecated Use synod.paxos.v1.Progress.$Properties instead.
             */
            interface IProgress extends synod.paxos.v1.Progress.$Properties {
            }

            /** Represents a Progress. */
            class Progress {

                /**
                 * Constructs a new Progress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Progress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Progress ballot. */
                ballot: number;

                /** Progress durableThrough. */
                durableThrough: number;

                /** Progress at. */
                at: number;

                /** Progress clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Progress message. Does not implicitly {@link synod.paxos.v1.Progress.verify|verify} messages.
                 * @param message Progress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Progress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Progress & synod.paxos.v1.Progress.$Shape} Progress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Progress & synod.paxos.v1.Progress.$Shape;
            }

            namespace Progress {

                /** Properties of a Progress. */
                interface $Properties {

                    /** Progress ballot */
                    ballot?: (number|null);

                    /** Progress durableThrough */
                    durableThrough?: (number|null);

                    /** Progress at */
                    at?: (number|null);

                    /** Progress clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Progress. */
                type $Shape = synod.paxos.v1.Progress.$Properties;
            }

            /**
             * Properties of a Learn.
             * @deprecated Use synod.paxos.v1.Learn.$Properties instead.
             */
            interface ILearn extends synod.paxos.v1.Learn.$Properties {
            }

            /** Represents a Learn. */
            class Learn {

                /**
                 * Constructs a new Learn.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Learn.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Learn from. */
                from: number;

                /** Learn clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Learn message. Does not implicitly {@link synod.paxos.v1.Learn.verify|verify} messages.
                 * @param message Learn message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Learn.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Learn message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Learn & synod.paxos.v1.Learn.$Shape} Learn
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Learn & synod.paxos.v1.Learn.$Shape;
            }

            namespace Learn {

                /** Properties of a Learn. */
                interface $Properties {

                    /** Learn from */
                    from?: (number|null);

                    /** Learn clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Learn. */
                type $Shape = synod.paxos.v1.Learn.$Properties;
            }

            /**
             * Properties of a Chosen.
             * @deprecated Use synod.paxos.v1.Chosen.$Properties instead.
             */
            interface IChosen extends synod.paxos.v1.Chosen.$Properties {
            }

            /** Represents a Chosen. */
            class Chosen {

                /**
                 * Constructs a new Chosen.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Chosen.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Chosen from. */
                from: number;

                /** Chosen batches. */
                batches: Uint8Array[];

                /** Chosen chosenThrough. */
                chosenThrough: number;

                /** Chosen clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Chosen message. Does not implicitly {@link synod.paxos.v1.Chosen.verify|verify} messages.
                 * @param message Chosen message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Chosen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Chosen message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Chosen & synod.paxos.v1.Chosen.$Shape} Chosen
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Chosen & synod.paxos.v1.Chosen.$Shape;
            }

            namespace Chosen {

                /** Properties of a Chosen. */
                interface $Properties {

                    /** Chosen from */
                    from?: (number|null);

                    /** Chosen batches */
                    batches?: (Uint8Array[]|null);

                    /** Chosen chosenThrough */
                    chosenThrough?: (number|null);

                    /** Chosen clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Chosen. */
                type $Shape = synod.paxos.v1.Chosen.$Properties;
            }

            /**
             * Properties of a SnapshotId.
             * @deprecated Use synod.paxos.v1.SnapshotId.$Properties instead.
             */
            interface ISnapshotId extends synod.paxos.v1.SnapshotId.$Properties {
            }

            /** Represents a SnapshotId. */
            class SnapshotId {

                /**
                 * Constructs a new SnapshotId.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.SnapshotId.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotId index. */
                index: number;

                /** SnapshotId era. */
                era: number;

                /**
                 * Encodes the specified SnapshotId message. Does not implicitly {@link synod.paxos.v1.SnapshotId.verify|verify} messages.
                 * @param message SnapshotId message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.SnapshotId.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotId message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.SnapshotId & synod.paxos.v1.SnapshotId.$Shape} SnapshotId
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.SnapshotId & synod.paxos.v1.SnapshotId.$Shape;
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
                type $Shape = synod.paxos.v1.SnapshotId.$Properties;
            }

            /**
             * Properties of a SnapshotOffer.
             * @deprecated Use synod.paxos.v1.SnapshotOffer.$Properties instead.
             */
            interface ISnapshotOffer extends synod.paxos.v1.SnapshotOffer.$Properties {
            }

            /** Represents a SnapshotOffer. */
            class SnapshotOffer {

                /**
                 * Constructs a new SnapshotOffer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.SnapshotOffer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotOffer snapshot. */
                snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                /** SnapshotOffer sets. */
                sets: synod.paxos.v1.SetFrom.$Properties[];

                /** SnapshotOffer registers. */
                registers?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /** SnapshotOffer clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified SnapshotOffer message. Does not implicitly {@link synod.paxos.v1.SnapshotOffer.verify|verify} messages.
                 * @param message SnapshotOffer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.SnapshotOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotOffer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.SnapshotOffer & synod.paxos.v1.SnapshotOffer.$Shape} SnapshotOffer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.SnapshotOffer & synod.paxos.v1.SnapshotOffer.$Shape;
            }

            namespace SnapshotOffer {

                /** Properties of a SnapshotOffer. */
                interface $Properties {

                    /** SnapshotOffer snapshot */
                    snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                    /** SnapshotOffer sets */
                    sets?: (synod.paxos.v1.SetFrom.$Properties[]|null);

                    /** SnapshotOffer registers */
                    registers?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** SnapshotOffer clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotOffer. */
                type $Shape = synod.paxos.v1.SnapshotOffer.$Properties;
            }

            /**
             * Properties of a FetchChunk.
             * @deprecated Use synod.paxos.v1.FetchChunk.$Properties instead.
             */
            interface IFetchChunk extends synod.paxos.v1.FetchChunk.$Properties {
            }

            /** Represents a FetchChunk. */
            class FetchChunk {

                /**
                 * Constructs a new FetchChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.FetchChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FetchChunk snapshot. */
                snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                /** FetchChunk offset. */
                offset: number;

                /** FetchChunk clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified FetchChunk message. Does not implicitly {@link synod.paxos.v1.FetchChunk.verify|verify} messages.
                 * @param message FetchChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.FetchChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FetchChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.FetchChunk & synod.paxos.v1.FetchChunk.$Shape} FetchChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.FetchChunk & synod.paxos.v1.FetchChunk.$Shape;
            }

            namespace FetchChunk {

                /** Properties of a FetchChunk. */
                interface $Properties {

                    /** FetchChunk snapshot */
                    snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                    /** FetchChunk offset */
                    offset?: (number|null);

                    /** FetchChunk clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FetchChunk. */
                type $Shape = synod.paxos.v1.FetchChunk.$Properties;
            }

            /**
             * Properties of a SnapshotChunk.
             * @deprecated Use synod.paxos.v1.SnapshotChunk.$Properties instead.
             */
            interface ISnapshotChunk extends synod.paxos.v1.SnapshotChunk.$Properties {
            }

            /** Represents a SnapshotChunk. */
            class SnapshotChunk {

                /**
                 * Constructs a new SnapshotChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.SnapshotChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotChunk snapshot. */
                snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                /** SnapshotChunk offset. */
                offset: number;

                /** SnapshotChunk chunk. */
                chunk?: (synod.paxos.v1.Chunk.$Properties|null);

                /** SnapshotChunk clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified SnapshotChunk message. Does not implicitly {@link synod.paxos.v1.SnapshotChunk.verify|verify} messages.
                 * @param message SnapshotChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.SnapshotChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.SnapshotChunk & synod.paxos.v1.SnapshotChunk.$Shape} SnapshotChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.SnapshotChunk & synod.paxos.v1.SnapshotChunk.$Shape;
            }

            namespace SnapshotChunk {

                /** Properties of a SnapshotChunk. */
                interface $Properties {

                    /** SnapshotChunk snapshot */
                    snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                    /** SnapshotChunk offset */
                    offset?: (number|null);

                    /** SnapshotChunk chunk */
                    chunk?: (synod.paxos.v1.Chunk.$Properties|null);

                    /** SnapshotChunk clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotChunk. */
                type $Shape = synod.paxos.v1.SnapshotChunk.$Properties;
            }

            /**
             * Properties of a Chunk.
             * @deprecated Use synod.paxos.v1.Chunk.$Properties instead.
             */
            interface IChunk extends synod.paxos.v1.Chunk.$Properties {
            }

            /** Represents a Chunk. */
            class Chunk {

                /**
                 * Constructs a new Chunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Chunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Chunk totalBytes. */
                totalBytes: number;

                /** Chunk bytes. */
                bytes: Uint8Array;

                /** Chunk checksum. */
                checksum: number;

                /**
                 * Encodes the specified Chunk message. Does not implicitly {@link synod.paxos.v1.Chunk.verify|verify} messages.
                 * @param message Chunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Chunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Chunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Chunk & synod.paxos.v1.Chunk.$Shape} Chunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Chunk & synod.paxos.v1.Chunk.$Shape;
            }

            namespace Chunk {

                /** Properties of a Chunk. */
                interface $Properties {

                    /** Chunk totalBytes */
                    totalBytes?: (number|null);

                    /** Chunk bytes */
                    bytes?: (Uint8Array|null);

                    /** Chunk checksum */
                    checksum?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Chunk. */
                type $Shape = synod.paxos.v1.Chunk.$Properties;
            }

            /**
             * Properties of a TakeOver.
             * @deprecated Use synod.paxos.v1.TakeOver.$Properties instead.
             */
            interface ITakeOver extends synod.paxos.v1.TakeOver.$Properties {
            }

            /** Represents a TakeOver. */
            class TakeOver {

                /**
                 * Constructs a new TakeOver.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.TakeOver.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TakeOver ballot. */
                ballot: number;

                /** TakeOver clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified TakeOver message. Does not implicitly {@link synod.paxos.v1.TakeOver.verify|verify} messages.
                 * @param message TakeOver message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.TakeOver.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TakeOver message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.TakeOver & synod.paxos.v1.TakeOver.$Shape} TakeOver
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.TakeOver & synod.paxos.v1.TakeOver.$Shape;
            }

            namespace TakeOver {

                /** Properties of a TakeOver. */
                interface $Properties {

                    /** TakeOver ballot */
                    ballot?: (number|null);

                    /** TakeOver clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TakeOver. */
                type $Shape = synod.paxos.v1.TakeOver.$Properties;
            }

            /**
             * Properties of a Join.
             * @deprecated Use synod.paxos.v1.Join.$Properties instead.
             */
            interface IJoin extends synod.paxos.v1.Join.$Properties {
            }

            /** Represents a Join. */
            class Join {

                /**
                 * Constructs a new Join.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Join.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Join disk. */
                disk: number;

                /** Join clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified Join message. Does not implicitly {@link synod.paxos.v1.Join.verify|verify} messages.
                 * @param message Join message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Join message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Join & synod.paxos.v1.Join.$Shape} Join
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Join & synod.paxos.v1.Join.$Shape;
            }

            namespace Join {

                /** Properties of a Join. */
                interface $Properties {

                    /** Join disk */
                    disk?: (number|null);

                    /** Join clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Join. */
                type $Shape = synod.paxos.v1.Join.$Properties;
            }

            /**
             * Properties of a RegisterAsk.
             * @deprecated Use synod.paxos.v1.RegisterAsk.$Properties instead.
             */
            interface IRegisterAsk extends synod.paxos.v1.RegisterAsk.$Properties {
            }

            /** Represents a RegisterAsk. */
            class RegisterAsk {

                /**
                 * Constructs a new RegisterAsk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterAsk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterAsk key. */
                key: string;

                /** RegisterAsk epoch. */
                epoch: number;

                /** RegisterAsk nonce. */
                nonce: number;

                /** RegisterAsk clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified RegisterAsk message. Does not implicitly {@link synod.paxos.v1.RegisterAsk.verify|verify} messages.
                 * @param message RegisterAsk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterAsk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterAsk & synod.paxos.v1.RegisterAsk.$Shape} RegisterAsk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterAsk & synod.paxos.v1.RegisterAsk.$Shape;
            }

            namespace RegisterAsk {

                /** Properties of a RegisterAsk. */
                interface $Properties {

                    /** RegisterAsk key */
                    key?: (string|null);

                    /** RegisterAsk epoch */
                    epoch?: (number|null);

                    /** RegisterAsk nonce */
                    nonce?: (number|null);

                    /** RegisterAsk clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterAsk. */
                type $Shape = synod.paxos.v1.RegisterAsk.$Properties;
            }

            /**
             * Properties of a RegisterTold.
             * @deprecated Use synod.paxos.v1.RegisterTold.$Properties instead.
             */
            interface IRegisterTold extends synod.paxos.v1.RegisterTold.$Properties {
            }

            /** Represents a RegisterTold. */
            class RegisterTold {

                /**
                 * Constructs a new RegisterTold.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterTold.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterTold key. */
                key: string;

                /** RegisterTold epoch. */
                epoch: number;

                /** RegisterTold nonce. */
                nonce: number;

                /** RegisterTold disk. */
                disk: number;

                /** RegisterTold accepted. */
                accepted: number;

                /** RegisterTold clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified RegisterTold message. Does not implicitly {@link synod.paxos.v1.RegisterTold.verify|verify} messages.
                 * @param message RegisterTold message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterTold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterTold message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterTold & synod.paxos.v1.RegisterTold.$Shape} RegisterTold
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterTold & synod.paxos.v1.RegisterTold.$Shape;
            }

            namespace RegisterTold {

                /** Properties of a RegisterTold. */
                interface $Properties {

                    /** RegisterTold key */
                    key?: (string|null);

                    /** RegisterTold epoch */
                    epoch?: (number|null);

                    /** RegisterTold nonce */
                    nonce?: (number|null);

                    /** RegisterTold disk */
                    disk?: (number|null);

                    /** RegisterTold accepted */
                    accepted?: (number|null);

                    /** RegisterTold clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterTold. */
                type $Shape = synod.paxos.v1.RegisterTold.$Properties;
            }

            /**
             * Properties of a RegisterPrepare.
             * @deprecated Use synod.paxos.v1.RegisterPrepare.$Properties instead.
             */
            interface IRegisterPrepare extends synod.paxos.v1.RegisterPrepare.$Properties {
            }

            /** Represents a RegisterPrepare. */
            class RegisterPrepare {

                /**
                 * Constructs a new RegisterPrepare.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterPrepare.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterPrepare key. */
                key: string;

                /** RegisterPrepare ballot. */
                ballot: number;

                /** RegisterPrepare epoch. */
                epoch: number;

                /** RegisterPrepare clusterId. */
                clusterId: number;

                /** RegisterPrepare insists. */
                insists: boolean;

                /**
                 * Encodes the specified RegisterPrepare message. Does not implicitly {@link synod.paxos.v1.RegisterPrepare.verify|verify} messages.
                 * @param message RegisterPrepare message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterPrepare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterPrepare message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterPrepare & synod.paxos.v1.RegisterPrepare.$Shape} RegisterPrepare
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterPrepare & synod.paxos.v1.RegisterPrepare.$Shape;
            }

            namespace RegisterPrepare {

                /** Properties of a RegisterPrepare. */
                interface $Properties {

                    /** RegisterPrepare key */
                    key?: (string|null);

                    /** RegisterPrepare ballot */
                    ballot?: (number|null);

                    /** RegisterPrepare epoch */
                    epoch?: (number|null);

                    /** RegisterPrepare clusterId */
                    clusterId?: (number|null);

                    /** RegisterPrepare insists */
                    insists?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterPrepare. */
                type $Shape = synod.paxos.v1.RegisterPrepare.$Properties;
            }

            /**
             * Properties of a RegisterPromised.
             * @deprecated Use synod.paxos.v1.RegisterPromised.$Properties instead.
             */
            interface IRegisterPromised extends synod.paxos.v1.RegisterPromised.$Properties {
            }

            /** Represents a RegisterPromised. */
            class RegisterPromised {

                /**
                 * Constructs a new RegisterPromised.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterPromised.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterPromised key. */
                key: string;

                /** RegisterPromised ballot. */
                ballot: number;

                /** RegisterPromised epoch. */
                epoch: number;

                /** RegisterPromised disk. */
                disk: number;

                /** RegisterPromised accepted. */
                accepted: number;

                /** RegisterPromised value. */
                value: Uint8Array;

                /** RegisterPromised clusterId. */
                clusterId: number;

                /** RegisterPromised isFull. */
                isFull: boolean;

                /**
                 * Encodes the specified RegisterPromised message. Does not implicitly {@link synod.paxos.v1.RegisterPromised.verify|verify} messages.
                 * @param message RegisterPromised message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterPromised.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterPromised message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterPromised & synod.paxos.v1.RegisterPromised.$Shape} RegisterPromised
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterPromised & synod.paxos.v1.RegisterPromised.$Shape;
            }

            namespace RegisterPromised {

                /** Properties of a RegisterPromised. */
                interface $Properties {

                    /** RegisterPromised key */
                    key?: (string|null);

                    /** RegisterPromised ballot */
                    ballot?: (number|null);

                    /** RegisterPromised epoch */
                    epoch?: (number|null);

                    /** RegisterPromised disk */
                    disk?: (number|null);

                    /** RegisterPromised accepted */
                    accepted?: (number|null);

                    /** RegisterPromised value */
                    value?: (Uint8Array|null);

                    /** RegisterPromised clusterId */
                    clusterId?: (number|null);

                    /** RegisterPromised isFull */
                    isFull?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterPromised. */
                type $Shape = synod.paxos.v1.RegisterPromised.$Properties;
            }

            /**
             * Properties of a RegisterAccept.
             * @deprecated Use synod.paxos.v1.RegisterAccept.$Properties instead.
             */
            interface IRegisterAccept extends synod.paxos.v1.RegisterAccept.$Properties {
            }

            /** Represents a RegisterAccept. */
            class RegisterAccept {

                /**
                 * Constructs a new RegisterAccept.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterAccept.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterAccept key. */
                key: string;

                /** RegisterAccept ballot. */
                ballot: number;

                /** RegisterAccept epoch. */
                epoch: number;

                /** RegisterAccept value. */
                value: Uint8Array;

                /** RegisterAccept clusterId. */
                clusterId: number;

                /** RegisterAccept adopted. */
                adopted: boolean;

                /**
                 * Encodes the specified RegisterAccept message. Does not implicitly {@link synod.paxos.v1.RegisterAccept.verify|verify} messages.
                 * @param message RegisterAccept message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterAccept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterAccept message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterAccept & synod.paxos.v1.RegisterAccept.$Shape} RegisterAccept
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterAccept & synod.paxos.v1.RegisterAccept.$Shape;
            }

            namespace RegisterAccept {

                /** Properties of a RegisterAccept. */
                interface $Properties {

                    /** RegisterAccept key */
                    key?: (string|null);

                    /** RegisterAccept ballot */
                    ballot?: (number|null);

                    /** RegisterAccept epoch */
                    epoch?: (number|null);

                    /** RegisterAccept value */
                    value?: (Uint8Array|null);

                    /** RegisterAccept clusterId */
                    clusterId?: (number|null);

                    /** RegisterAccept adopted */
                    adopted?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterAccept. */
                type $Shape = synod.paxos.v1.RegisterAccept.$Properties;
            }

            /**
             * Properties of a RegisterAccepted.
             * @deprecated Use synod.paxos.v1.RegisterAccepted.$Properties instead.
             */
            interface IRegisterAccepted extends synod.paxos.v1.RegisterAccepted.$Properties {
            }

            /** Represents a RegisterAccepted. */
            class RegisterAccepted {

                /**
                 * Constructs a new RegisterAccepted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterAccepted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterAccepted key. */
                key: string;

                /** RegisterAccepted ballot. */
                ballot: number;

                /** RegisterAccepted epoch. */
                epoch: number;

                /** RegisterAccepted disk. */
                disk: number;

                /** RegisterAccepted clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified RegisterAccepted message. Does not implicitly {@link synod.paxos.v1.RegisterAccepted.verify|verify} messages.
                 * @param message RegisterAccepted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterAccepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterAccepted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterAccepted & synod.paxos.v1.RegisterAccepted.$Shape} RegisterAccepted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterAccepted & synod.paxos.v1.RegisterAccepted.$Shape;
            }

            namespace RegisterAccepted {

                /** Properties of a RegisterAccepted. */
                interface $Properties {

                    /** RegisterAccepted key */
                    key?: (string|null);

                    /** RegisterAccepted ballot */
                    ballot?: (number|null);

                    /** RegisterAccepted epoch */
                    epoch?: (number|null);

                    /** RegisterAccepted disk */
                    disk?: (number|null);

                    /** RegisterAccepted clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterAccepted. */
                type $Shape = synod.paxos.v1.RegisterAccepted.$Properties;
            }

            /**
             * Properties of a RegisterNack.
             * @deprecated Use synod.paxos.v1.RegisterNack.$Properties instead.
             */
            interface IRegisterNack extends synod.paxos.v1.RegisterNack.$Properties {
            }

            /** Represents a RegisterNack. */
            class RegisterNack {

                /**
                 * Constructs a new RegisterNack.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterNack.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterNack key. */
                key: string;

                /** RegisterNack ballot. */
                ballot: number;

                /** RegisterNack promised. */
                promised: number;

                /** RegisterNack epoch. */
                epoch: number;

                /** RegisterNack why. */
                why: synod.paxos.v1.RegisterNack.Why;

                /** RegisterNack clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified RegisterNack message. Does not implicitly {@link synod.paxos.v1.RegisterNack.verify|verify} messages.
                 * @param message RegisterNack message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterNack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterNack message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterNack & synod.paxos.v1.RegisterNack.$Shape} RegisterNack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterNack & synod.paxos.v1.RegisterNack.$Shape;
            }

            namespace RegisterNack {

                /** Properties of a RegisterNack. */
                interface $Properties {

                    /** RegisterNack key */
                    key?: (string|null);

                    /** RegisterNack ballot */
                    ballot?: (number|null);

                    /** RegisterNack promised */
                    promised?: (number|null);

                    /** RegisterNack epoch */
                    epoch?: (number|null);

                    /** RegisterNack why */
                    why?: (synod.paxos.v1.RegisterNack.Why|null);

                    /** RegisterNack clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterNack. */
                type $Shape = synod.paxos.v1.RegisterNack.$Properties;

                /** Why enum. */
                enum Why {

                    /** WHY_UNSPECIFIED value */
                    WHY_UNSPECIFIED = 0,

                    /** PROMISED value */
                    PROMISED = 1,

                    /** EPOCH value */
                    EPOCH = 2,

                    /** FULL value */
                    FULL = 3
                }
            }

            /**
             * Properties of a Register.
             * @deprecated Use synod.paxos.v1.Register.$Properties instead.
             */
            interface IRegister extends synod.paxos.v1.Register.$Properties {
            }

            /** Represents a Register. */
            class Register {

                /**
                 * Constructs a new Register.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Register.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Register key. */
                key: string;

                /** Register promised. */
                promised: number;

                /** Register accepted. */
                accepted: number;

                /** Register value. */
                value: Uint8Array;

                /**
                 * Encodes the specified Register message. Does not implicitly {@link synod.paxos.v1.Register.verify|verify} messages.
                 * @param message Register message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Register.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Register message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Register & synod.paxos.v1.Register.$Shape} Register
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Register & synod.paxos.v1.Register.$Shape;
            }

            namespace Register {

                /** Properties of a Register. */
                interface $Properties {

                    /** Register key */
                    key?: (string|null);

                    /** Register promised */
                    promised?: (number|null);

                    /** Register accepted */
                    accepted?: (number|null);

                    /** Register value */
                    value?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Register. */
                type $Shape = synod.paxos.v1.Register.$Properties;
            }

            /**
             * Properties of a FreezeRegisters.
             * @deprecated Use synod.paxos.v1.FreezeRegisters.$Properties instead.
             */
            interface IFreezeRegisters extends synod.paxos.v1.FreezeRegisters.$Properties {
            }

            /** Represents a FreezeRegisters. */
            class FreezeRegisters {

                /**
                 * Constructs a new FreezeRegisters.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.FreezeRegisters.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FreezeRegisters ballot. */
                ballot: number;

                /** FreezeRegisters epoch. */
                epoch: number;

                /** FreezeRegisters after. */
                after: string;

                /** FreezeRegisters clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified FreezeRegisters message. Does not implicitly {@link synod.paxos.v1.FreezeRegisters.verify|verify} messages.
                 * @param message FreezeRegisters message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.FreezeRegisters.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FreezeRegisters message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.FreezeRegisters & synod.paxos.v1.FreezeRegisters.$Shape} FreezeRegisters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.FreezeRegisters & synod.paxos.v1.FreezeRegisters.$Shape;
            }

            namespace FreezeRegisters {

                /** Properties of a FreezeRegisters. */
                interface $Properties {

                    /** FreezeRegisters ballot */
                    ballot?: (number|null);

                    /** FreezeRegisters epoch */
                    epoch?: (number|null);

                    /** FreezeRegisters after */
                    after?: (string|null);

                    /** FreezeRegisters clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FreezeRegisters. */
                type $Shape = synod.paxos.v1.FreezeRegisters.$Properties;
            }

            /**
             * Properties of a RegistersPage.
             * @deprecated Use synod.paxos.v1.RegistersPage.$Properties instead.
             */
            interface IRegistersPage extends synod.paxos.v1.RegistersPage.$Properties {
            }

            /** Represents a RegistersPage. */
            class RegistersPage {

                /**
                 * Constructs a new RegistersPage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegistersPage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegistersPage ballot. */
                ballot: number;

                /** RegistersPage epoch. */
                epoch: number;

                /** RegistersPage disk. */
                disk: number;

                /** RegistersPage after. */
                after: string;

                /** RegistersPage registers. */
                registers: synod.paxos.v1.Register.$Properties[];

                /** RegistersPage isLast. */
                isLast: boolean;

                /** RegistersPage clusterId. */
                clusterId: number;

                /** RegistersPage floor. */
                floor: number;

                /**
                 * Encodes the specified RegistersPage message. Does not implicitly {@link synod.paxos.v1.RegistersPage.verify|verify} messages.
                 * @param message RegistersPage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegistersPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegistersPage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegistersPage & synod.paxos.v1.RegistersPage.$Shape} RegistersPage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegistersPage & synod.paxos.v1.RegistersPage.$Shape;
            }

            namespace RegistersPage {

                /** Properties of a RegistersPage. */
                interface $Properties {

                    /** RegistersPage ballot */
                    ballot?: (number|null);

                    /** RegistersPage epoch */
                    epoch?: (number|null);

                    /** RegistersPage disk */
                    disk?: (number|null);

                    /** RegistersPage after */
                    after?: (string|null);

                    /** RegistersPage registers */
                    registers?: (synod.paxos.v1.Register.$Properties[]|null);

                    /** RegistersPage isLast */
                    isLast?: (boolean|null);

                    /** RegistersPage clusterId */
                    clusterId?: (number|null);

                    /** RegistersPage floor */
                    floor?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegistersPage. */
                type $Shape = synod.paxos.v1.RegistersPage.$Properties;
            }

            /**
             * Properties of a StoreRegisters.
             * @deprecated Use synod.paxos.v1.StoreRegisters.$Properties instead.
             */
            interface IStoreRegisters extends synod.paxos.v1.StoreRegisters.$Properties {
            }

            /** Represents a StoreRegisters. */
            class StoreRegisters {

                /**
                 * Constructs a new StoreRegisters.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.StoreRegisters.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StoreRegisters ballot. */
                ballot: number;

                /** StoreRegisters epoch. */
                epoch: number;

                /** StoreRegisters part. */
                part: number;

                /** StoreRegisters registers. */
                registers: synod.paxos.v1.Register.$Properties[];

                /** StoreRegisters clusterId. */
                clusterId: number;

                /** StoreRegisters floor. */
                floor: number;

                /**
                 * Encodes the specified StoreRegisters message. Does not implicitly {@link synod.paxos.v1.StoreRegisters.verify|verify} messages.
                 * @param message StoreRegisters message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.StoreRegisters.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoreRegisters message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.StoreRegisters & synod.paxos.v1.StoreRegisters.$Shape} StoreRegisters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.StoreRegisters & synod.paxos.v1.StoreRegisters.$Shape;
            }

            namespace StoreRegisters {

                /** Properties of a StoreRegisters. */
                interface $Properties {

                    /** StoreRegisters ballot */
                    ballot?: (number|null);

                    /** StoreRegisters epoch */
                    epoch?: (number|null);

                    /** StoreRegisters part */
                    part?: (number|null);

                    /** StoreRegisters registers */
                    registers?: (synod.paxos.v1.Register.$Properties[]|null);

                    /** StoreRegisters clusterId */
                    clusterId?: (number|null);

                    /** StoreRegisters floor */
                    floor?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StoreRegisters. */
                type $Shape = synod.paxos.v1.StoreRegisters.$Properties;
            }

            /**
             * Properties of a RegistersStored.
             * @deprecated Use synod.paxos.v1.RegistersStored.$Properties instead.
             */
            interface IRegistersStored extends synod.paxos.v1.RegistersStored.$Properties {
            }

            /** Represents a RegistersStored. */
            class RegistersStored {

                /**
                 * Constructs a new RegistersStored.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegistersStored.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegistersStored ballot. */
                ballot: number;

                /** RegistersStored epoch. */
                epoch: number;

                /** RegistersStored disk. */
                disk: number;

                /** RegistersStored part. */
                part: number;

                /** RegistersStored clusterId. */
                clusterId: number;

                /**
                 * Encodes the specified RegistersStored message. Does not implicitly {@link synod.paxos.v1.RegistersStored.verify|verify} messages.
                 * @param message RegistersStored message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegistersStored.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegistersStored message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegistersStored & synod.paxos.v1.RegistersStored.$Shape} RegistersStored
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegistersStored & synod.paxos.v1.RegistersStored.$Shape;
            }

            namespace RegistersStored {

                /** Properties of a RegistersStored. */
                interface $Properties {

                    /** RegistersStored ballot */
                    ballot?: (number|null);

                    /** RegistersStored epoch */
                    epoch?: (number|null);

                    /** RegistersStored disk */
                    disk?: (number|null);

                    /** RegistersStored part */
                    part?: (number|null);

                    /** RegistersStored clusterId */
                    clusterId?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegistersStored. */
                type $Shape = synod.paxos.v1.RegistersStored.$Properties;
            }

            /**
             * Properties of an AcceptorState.
             * @deprecated Use synod.paxos.v1.AcceptorState.$Properties instead.
             */
            interface IAcceptorState extends synod.paxos.v1.AcceptorState.$Properties {
            }

            /** Represents an AcceptorState. */
            class AcceptorState {

                /**
                 * Constructs a new AcceptorState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.AcceptorState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcceptorState standing. */
                standing: number;

                /** AcceptorState clusterId. */
                clusterId: number;

                /** AcceptorState disk. */
                disk: number;

                /** AcceptorState founding. */
                founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /** AcceptorState promised. */
                promised: number;

                /** AcceptorState trimmedThrough. */
                trimmedThrough: number;

                /** AcceptorState registersEpoch. */
                registersEpoch: number;

                /** AcceptorState registerFloor. */
                registerFloor: number;

                /**
                 * Encodes the specified AcceptorState message. Does not implicitly {@link synod.paxos.v1.AcceptorState.verify|verify} messages.
                 * @param message AcceptorState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.AcceptorState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcceptorState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.AcceptorState & synod.paxos.v1.AcceptorState.$Shape} AcceptorState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.AcceptorState & synod.paxos.v1.AcceptorState.$Shape;
            }

            namespace AcceptorState {

                /** Properties of an AcceptorState. */
                interface $Properties {

                    /** AcceptorState standing */
                    standing?: (number|null);

                    /** AcceptorState clusterId */
                    clusterId?: (number|null);

                    /** AcceptorState disk */
                    disk?: (number|null);

                    /** AcceptorState founding */
                    founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** AcceptorState promised */
                    promised?: (number|null);

                    /** AcceptorState trimmedThrough */
                    trimmedThrough?: (number|null);

                    /** AcceptorState registersEpoch */
                    registersEpoch?: (number|null);

                    /** AcceptorState registerFloor */
                    registerFloor?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcceptorState. */
                type $Shape = synod.paxos.v1.AcceptorState.$Properties;
            }

            /**
             * Properties of a Vote.
             * @deprecated Use synod.paxos.v1.Vote.$Properties instead.
             */
            interface IVote extends synod.paxos.v1.Vote.$Properties {
            }

            /** Represents a Vote. */
            class Vote {

                /**
                 * Constructs a new Vote.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.Vote.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Vote number. */
                number: number;

                /** Vote batch. */
                batch: Uint8Array;

                /**
                 * Encodes the specified Vote message. Does not implicitly {@link synod.paxos.v1.Vote.verify|verify} messages.
                 * @param message Vote message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.Vote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Vote message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.Vote & synod.paxos.v1.Vote.$Shape} Vote
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.Vote & synod.paxos.v1.Vote.$Shape;
            }

            namespace Vote {

                /** Properties of a Vote. */
                interface $Properties {

                    /** Vote number */
                    number?: (number|null);

                    /** Vote batch */
                    batch?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Vote. */
                type $Shape = synod.paxos.v1.Vote.$Properties;
            }

            /**
             * Properties of a RegisterVote.
             * @deprecated Use synod.paxos.v1.RegisterVote.$Properties instead.
             */
            interface IRegisterVote extends synod.paxos.v1.RegisterVote.$Properties {
            }

            /** Represents a RegisterVote. */
            class RegisterVote {

                /**
                 * Constructs a new RegisterVote.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.RegisterVote.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RegisterVote number. */
                number: number;

                /** RegisterVote register. */
                register?: (synod.paxos.v1.Register.$Properties|null);

                /**
                 * Encodes the specified RegisterVote message. Does not implicitly {@link synod.paxos.v1.RegisterVote.verify|verify} messages.
                 * @param message RegisterVote message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.RegisterVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterVote message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.RegisterVote & synod.paxos.v1.RegisterVote.$Shape} RegisterVote
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.RegisterVote & synod.paxos.v1.RegisterVote.$Shape;
            }

            namespace RegisterVote {

                /** Properties of a RegisterVote. */
                interface $Properties {

                    /** RegisterVote number */
                    number?: (number|null);

                    /** RegisterVote register */
                    register?: (synod.paxos.v1.Register.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RegisterVote. */
                type $Shape = synod.paxos.v1.RegisterVote.$Properties;
            }

            /**
             * Properties of an AcceptorMark.
             * @deprecated Use synod.paxos.v1.AcceptorMark.$Properties instead.
             */
            interface IAcceptorMark extends synod.paxos.v1.AcceptorMark.$Properties {
            }

            /** Represents an AcceptorMark. */
            class AcceptorMark {

                /**
                 * Constructs a new AcceptorMark.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.AcceptorMark.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcceptorMark number. */
                number: number;

                /** AcceptorMark snapshot. */
                snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                /** AcceptorMark state. */
                state?: (synod.paxos.v1.AcceptorState.$Properties|null);

                /**
                 * Encodes the specified AcceptorMark message. Does not implicitly {@link synod.paxos.v1.AcceptorMark.verify|verify} messages.
                 * @param message AcceptorMark message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.AcceptorMark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcceptorMark message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.AcceptorMark & synod.paxos.v1.AcceptorMark.$Shape} AcceptorMark
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.AcceptorMark & synod.paxos.v1.AcceptorMark.$Shape;
            }

            namespace AcceptorMark {

                /** Properties of an AcceptorMark. */
                interface $Properties {

                    /** AcceptorMark number */
                    number?: (number|null);

                    /** AcceptorMark snapshot */
                    snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                    /** AcceptorMark state */
                    state?: (synod.paxos.v1.AcceptorState.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcceptorMark. */
                type $Shape = synod.paxos.v1.AcceptorMark.$Properties;
            }

            /**
             * Properties of a ProposerState.
             * @deprecated Use synod.paxos.v1.ProposerState.$Properties instead.
             */
            interface IProposerState extends synod.paxos.v1.ProposerState.$Properties {
            }

            /** Represents a ProposerState. */
            class ProposerState {

                /**
                 * Constructs a new ProposerState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.ProposerState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ProposerState number. */
                number: number;

                /** ProposerState round. */
                round: number;

                /** ProposerState clusterId. */
                clusterId: number;

                /** ProposerState founding. */
                founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /** ProposerState remembers. */
                remembers: boolean;

                /**
                 * Encodes the specified ProposerState message. Does not implicitly {@link synod.paxos.v1.ProposerState.verify|verify} messages.
                 * @param message ProposerState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.ProposerState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ProposerState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.ProposerState & synod.paxos.v1.ProposerState.$Shape} ProposerState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.ProposerState & synod.paxos.v1.ProposerState.$Shape;
            }

            namespace ProposerState {

                /** Properties of a ProposerState. */
                interface $Properties {

                    /** ProposerState number */
                    number?: (number|null);

                    /** ProposerState round */
                    round?: (number|null);

                    /** ProposerState clusterId */
                    clusterId?: (number|null);

                    /** ProposerState founding */
                    founding?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** ProposerState remembers */
                    remembers?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ProposerState. */
                type $Shape = synod.paxos.v1.ProposerState.$Properties;
            }

            /**
             * Properties of a ProposerMark.
             * @deprecated Use synod.paxos.v1.ProposerMark.$Properties instead.
             */
            interface IProposerMark extends synod.paxos.v1.ProposerMark.$Properties {
            }

            /** Represents a ProposerMark. */
            class ProposerMark {

                /**
                 * Constructs a new ProposerMark.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: synod.paxos.v1.ProposerMark.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ProposerMark snapshot. */
                snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                /** ProposerMark sizeBytes. */
                sizeBytes: number;

                /** ProposerMark state. */
                state?: (synod.paxos.v1.ProposerState.$Properties|null);

                /** ProposerMark sets. */
                sets: synod.paxos.v1.SetFrom.$Properties[];

                /** ProposerMark registers. */
                registers?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                /**
                 * Encodes the specified ProposerMark message. Does not implicitly {@link synod.paxos.v1.ProposerMark.verify|verify} messages.
                 * @param message ProposerMark message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: synod.paxos.v1.ProposerMark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ProposerMark message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {synod.paxos.v1.ProposerMark & synod.paxos.v1.ProposerMark.$Shape} ProposerMark
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): synod.paxos.v1.ProposerMark & synod.paxos.v1.ProposerMark.$Shape;
            }

            namespace ProposerMark {

                /** Properties of a ProposerMark. */
                interface $Properties {

                    /** ProposerMark snapshot */
                    snapshot?: (synod.paxos.v1.SnapshotId.$Properties|null);

                    /** ProposerMark sizeBytes */
                    sizeBytes?: (number|null);

                    /** ProposerMark state */
                    state?: (synod.paxos.v1.ProposerState.$Properties|null);

                    /** ProposerMark sets */
                    sets?: (synod.paxos.v1.SetFrom.$Properties[]|null);

                    /** ProposerMark registers */
                    registers?: (synod.paxos.v1.AcceptorSet.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ProposerMark. */
                type $Shape = synod.paxos.v1.ProposerMark.$Properties;
            }
        }
    }
}
