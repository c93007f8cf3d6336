import * as $protobuf from "./protobuf.js";

/** Namespace otlp. */
export namespace otlp {

    /**
     * Properties of an ExportTraceServiceRequest.
     * @deprecated Use otlp.ExportTraceServiceRequest.$Properties instead.
     */
    interface IExportTraceServiceRequest extends otlp.ExportTraceServiceRequest.$Properties {
    }

    /** Represents an ExportTraceServiceRequest. */
    class ExportTraceServiceRequest {

        /**
         * Constructs a new ExportTraceServiceRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.ExportTraceServiceRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ExportTraceServiceRequest resourceSpans. */
        resourceSpans: otlp.ResourceSpans.$Properties[];

        /**
         * Encodes the specified ExportTraceServiceRequest message. Does not implicitly {@link otlp.ExportTraceServiceRequest.verify|verify} messages.
         * @param message ExportTraceServiceRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.ExportTraceServiceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ExportTraceServiceRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.ExportTraceServiceRequest & otlp.ExportTraceServiceRequest.$Shape} ExportTraceServiceRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.ExportTraceServiceRequest & otlp.ExportTraceServiceRequest.$Shape;
    }

    namespace ExportTraceServiceRequest {

        /** Properties of an ExportTraceServiceRequest. */
        interface $Properties {

            /** ExportTraceServiceRequest resourceSpans */
            resourceSpans?: (otlp.ResourceSpans.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ExportTraceServiceRequest. */
        type $Shape = {
          resourceSpans?: otlp.ResourceSpans.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a ResourceSpans.
     * @deprecated Use otlp.ResourceSpans.$Properties instead.
     */
    interface IResourceSpans extends otlp.ResourceSpans.$Properties {
    }

    /** Represents a ResourceSpans. */
    class ResourceSpans {

        /**
         * Constructs a new ResourceSpans.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.ResourceSpans.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ResourceSpans resource. */
        resource?: (otlp.Resource.$Properties|null);

        /** ResourceSpans scopeSpans. */
        scopeSpans: otlp.ScopeSpans.$Properties[];

        /**
         * Encodes the specified ResourceSpans message. Does not implicitly {@link otlp.ResourceSpans.verify|verify} messages.
         * @param message ResourceSpans message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.ResourceSpans.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ResourceSpans message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.ResourceSpans & otlp.ResourceSpans.$Shape} ResourceSpans
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.ResourceSpans & otlp.ResourceSpans.$Shape;
    }

    namespace ResourceSpans {

        /** Properties of a ResourceSpans. */
        interface $Properties {

            /** ResourceSpans resource */
            resource?: (otlp.Resource.$Properties|null);

            /** ResourceSpans scopeSpans */
            scopeSpans?: (otlp.ScopeSpans.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ResourceSpans. */
        type $Shape = {
          resource?: otlp.Resource.$Shape|null;
          scopeSpans?: otlp.ScopeSpans.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Resource.
     * @deprecated Use otlp.Resource.$Properties instead.
     */
    interface IResource extends otlp.Resource.$Properties {
    }

    /** Represents a Resource. */
    class Resource {

        /**
         * Constructs a new Resource.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.Resource.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Resource attributes. */
        attributes: otlp.KeyValue.$Properties[];

        /**
         * Encodes the specified Resource message. Does not implicitly {@link otlp.Resource.verify|verify} messages.
         * @param message Resource message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.Resource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Resource message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.Resource & otlp.Resource.$Shape} Resource
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.Resource & otlp.Resource.$Shape;
    }

    namespace Resource {

        /** Properties of a Resource. */
        interface $Properties {

            /** Resource attributes */
            attributes?: (otlp.KeyValue.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Resource. */
        type $Shape = {
          attributes?: otlp.KeyValue.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a ScopeSpans.
     * @deprecated Use otlp.ScopeSpans.$Properties instead.
     */
    interface IScopeSpans extends otlp.ScopeSpans.$Properties {
    }

    /** Represents a ScopeSpans. */
    class ScopeSpans {

        /**
         * Constructs a new ScopeSpans.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.ScopeSpans.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ScopeSpans spans. */
        spans: otlp.Span.$Properties[];

        /**
         * Encodes the specified ScopeSpans message. Does not implicitly {@link otlp.ScopeSpans.verify|verify} messages.
         * @param message ScopeSpans message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.ScopeSpans.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ScopeSpans message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.ScopeSpans & otlp.ScopeSpans.$Shape} ScopeSpans
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.ScopeSpans & otlp.ScopeSpans.$Shape;
    }

    namespace ScopeSpans {

        /** Properties of a ScopeSpans. */
        interface $Properties {

            /** ScopeSpans spans */
            spans?: (otlp.Span.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ScopeSpans. */
        type $Shape = {
          spans?: otlp.Span.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Span.
     * @deprecated Use otlp.Span.$Properties instead.
     */
    interface ISpan extends otlp.Span.$Properties {
    }

    /** Represents a Span. */
    class Span {

        /**
         * Constructs a new Span.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.Span.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Span traceId. */
        traceId: Uint8Array;

        /** Span spanId. */
        spanId: Uint8Array;

        /** Span parentSpanId. */
        parentSpanId: Uint8Array;

        /** Span name. */
        name: string;

        /** Span kind. */
        kind: number;

        /** Span startTimeUnixNano. */
        startTimeUnixNano: number;

        /** Span endTimeUnixNano. */
        endTimeUnixNano: number;

        /** Span attributes. */
        attributes: otlp.KeyValue.$Properties[];

        /** Span events. */
        events: otlp.Span.Event.$Properties[];

        /** Span links. */
        links: otlp.Span.Link.$Properties[];

        /** Span status. */
        status?: (otlp.Status.$Properties|null);

        /**
         * Encodes the specified Span message. Does not implicitly {@link otlp.Span.verify|verify} messages.
         * @param message Span message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.Span.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Span message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.Span & otlp.Span.$Shape} Span
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.Span & otlp.Span.$Shape;
    }

    namespace Span {

        /** Properties of a Span. */
        interface $Properties {

            /** Span traceId */
            traceId?: (Uint8Array|null);

            /** Span spanId */
            spanId?: (Uint8Array|null);

            /** Span parentSpanId */
            parentSpanId?: (Uint8Array|null);

            /** Span name */
            name?: (string|null);

            /** Span kind */
            kind?: (number|null);

            /** Span startTimeUnixNano */
            startTimeUnixNano?: (number|null);

            /** Span endTimeUnixNano */
            endTimeUnixNano?: (number|null);

            /** Span attributes */
            attributes?: (otlp.KeyValue.$Properties[]|null);

            /** Span events */
            events?: (otlp.Span.Event.$Properties[]|null);

            /** Span links */
            links?: (otlp.Span.Link.$Properties[]|null);

            /** Span status */
            status?: (otlp.Status.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Span. */
        type $Shape = {
          traceId?: Uint8Array|null;
          spanId?: Uint8Array|null;
          parentSpanId?: Uint8Array|null;
          name?: string|null;
          kind?: number|null;
          startTimeUnixNano?: number|null;
          endTimeUnixNano?: number|null;
          attributes?: otlp.KeyValue.$Shape[]|null;
          events?: otlp.Span.Event.$Shape[]|null;
          links?: otlp.Span.Link.$Shape[]|null;
          status?: otlp.Status.$Shape|null;
          $unknowns?: Uint8Array[];
        };

        /**
         * Properties of an Event.
         * @deprecated Use otlp.Span.Event.$Properties instead.
         */
        interface IEvent extends otlp.Span.Event.$Properties {
        }

        /** Represents an Event. */
        class Event {

            /**
             * Constructs a new Event.
             * @param [properties] Properties to set
             */
            constructor(properties?: otlp.Span.Event.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Event timeUnixNano. */
            timeUnixNano: number;

            /** Event name. */
            name: string;

            /** Event attributes. */
            attributes: otlp.KeyValue.$Properties[];

            /**
             * Encodes the specified Event message. Does not implicitly {@link otlp.Span.Event.verify|verify} messages.
             * @param message Event message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: otlp.Span.Event.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {otlp.Span.Event & otlp.Span.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.Span.Event & otlp.Span.Event.$Shape;
        }

        namespace Event {

            /** Properties of an Event. */
            interface $Properties {

                /** Event timeUnixNano */
                timeUnixNano?: (number|null);

                /** Event name */
                name?: (string|null);

                /** Event attributes */
                attributes?: (otlp.KeyValue.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Event. */
            type $Shape = {
              timeUnixNano?: number|null;
              name?: string|null;
              attributes?: otlp.KeyValue.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Link.
         * @deprecated Use otlp.Span.Link.$Properties instead.
         */
        interface ILink extends otlp.Span.Link.$Properties {
        }

        /** Represents a Link. */
        class Link {

            /**
             * Constructs a new Link.
             * @param [properties] Properties to set
             */
            constructor(properties?: otlp.Span.Link.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Link traceId. */
            traceId: Uint8Array;

            /** Link spanId. */
            spanId: Uint8Array;

            /** Link attributes. */
            attributes: otlp.KeyValue.$Properties[];

            /**
             * Encodes the specified Link message. Does not implicitly {@link otlp.Span.Link.verify|verify} messages.
             * @param message Link message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: otlp.Span.Link.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Link message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {otlp.Span.Link & otlp.Span.Link.$Shape} Link
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.Span.Link & otlp.Span.Link.$Shape;
        }

        namespace Link {

            /** Properties of a Link. */
            interface $Properties {

                /** Link traceId */
                traceId?: (Uint8Array|null);

                /** Link spanId */
                spanId?: (Uint8Array|null);

                /** Link attributes */
                attributes?: (otlp.KeyValue.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Link. */
            type $Shape = {
              traceId?: Uint8Array|null;
              spanId?: Uint8Array|null;
              attributes?: otlp.KeyValue.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }
    }

    /**
     * Properties of a Status.
     * @deprecated Use otlp.Status.$Properties instead.
     */
    interface IStatus extends otlp.Status.$Properties {
    }

    /** Represents a Status. */
    class Status {

        /**
         * Constructs a new Status.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.Status.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Status message. */
        message: string;

        /** Status code. */
        code: number;

        /**
         * Encodes the specified Status message. Does not implicitly {@link otlp.Status.verify|verify} messages.
         * @param message Status message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Status message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.Status & otlp.Status.$Shape} Status
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.Status & otlp.Status.$Shape;
    }

    namespace Status {

        /** Properties of a Status. */
        interface $Properties {

            /** Status message */
            message?: (string|null);

            /** Status code */
            code?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Status. */
        type $Shape = otlp.Status.$Properties;
    }

    /**
     * Properties of a KeyValue.
     * @deprecated Use otlp.KeyValue.$Properties instead.
     */
    interface IKeyValue extends otlp.KeyValue.$Properties {
    }

    /** Represents a KeyValue. */
    class KeyValue {

        /**
         * Constructs a new KeyValue.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.KeyValue.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** KeyValue key. */
        key: string;

        /** KeyValue value. */
        value?: (otlp.AnyValue.$Properties|null);

        /**
         * Encodes the specified KeyValue message. Does not implicitly {@link otlp.KeyValue.verify|verify} messages.
         * @param message KeyValue message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.KeyValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a KeyValue message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.KeyValue & otlp.KeyValue.$Shape} KeyValue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.KeyValue & otlp.KeyValue.$Shape;
    }

    namespace KeyValue {

        /** Properties of a KeyValue. */
        interface $Properties {

            /** KeyValue key */
            key?: (string|null);

            /** KeyValue value */
            value?: (otlp.AnyValue.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a KeyValue. */
        type $Shape = {
          key?: string|null;
          value?: otlp.AnyValue.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an AnyValue.
     * @deprecated Use otlp.AnyValue.$Properties instead.
     */
    interface IAnyValue extends otlp.AnyValue.$Properties {
    }

    /** Represents an AnyValue. */
    class AnyValue {

        /**
         * Constructs a new AnyValue.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.AnyValue.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AnyValue stringValue. */
        stringValue?: (string|null);

        /** AnyValue boolValue. */
        boolValue?: (boolean|null);

        /** AnyValue intValue. */
        intValue?: (number|null);

        /** AnyValue doubleValue. */
        doubleValue?: (number|null);

        /** AnyValue arrayValue. */
        arrayValue?: (otlp.ArrayValue.$Properties|null);

        /** AnyValue value. */
        value?: ("stringValue"|"boolValue"|"intValue"|"doubleValue"|"arrayValue");

        /**
         * Encodes the specified AnyValue message. Does not implicitly {@link otlp.AnyValue.verify|verify} messages.
         * @param message AnyValue message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.AnyValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AnyValue message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.AnyValue & otlp.AnyValue.$Shape} AnyValue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.AnyValue & otlp.AnyValue.$Shape;
    }

    namespace AnyValue {

        /** Properties of an AnyValue. */
        interface $Properties {

            /** AnyValue stringValue */
            stringValue?: (string|null);

            /** AnyValue boolValue */
            boolValue?: (boolean|null);

            /** AnyValue intValue */
            intValue?: (number|null);

            /** AnyValue doubleValue */
            doubleValue?: (number|null);

            /** AnyValue arrayValue */
            arrayValue?: (otlp.ArrayValue.$Properties|null);

            /** AnyValue value */
            value?: ("stringValue"|"boolValue"|"intValue"|"doubleValue"|"arrayValue");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an AnyValue. */
        type $Shape = {
          stringValue?: string|null;
          boolValue?: boolean|null;
          intValue?: number|null;
          doubleValue?: number|null;
          arrayValue?: otlp.ArrayValue.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ value?: undefined; stringValue?: null; boolValue?: null; intValue?: null; doubleValue?: null; arrayValue?: null }|{ value?: "stringValue"; stringValue: string; boolValue?: null; intValue?: null; doubleValue?: null; arrayValue?: null }|{ value?: "boolValue"; stringValue?: null; boolValue: boolean; intValue?: null; doubleValue?: null; arrayValue?: null }|{ value?: "intValue"; stringValue?: null; boolValue?: null; intValue: number; doubleValue?: null; arrayValue?: null }|{ value?: "doubleValue"; stringValue?: null; boolValue?: null; intValue?: null; doubleValue: number; arrayValue?: null }|{ value?: "arrayValue"; stringValue?: null; boolValue?: null; intValue?: null; doubleValue?: null; arrayValue: otlp.ArrayValue.$Shape })
        );
    }

    /**
     * Properties of an ArrayValue.
     * @deprecated Use otlp.ArrayValue.$Properties instead.
     */
    interface IArrayValue extends otlp.ArrayValue.$Properties {
    }

    /** Represents an ArrayValue. */
    class ArrayValue {

        /**
         * Constructs a new ArrayValue.
         * @param [properties] Properties to set
         */
        constructor(properties?: otlp.ArrayValue.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ArrayValue values. */
        values: otlp.AnyValue.$Properties[];

        /**
         * Encodes the specified ArrayValue message. Does not implicitly {@link otlp.ArrayValue.verify|verify} messages.
         * @param message ArrayValue message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: otlp.ArrayValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ArrayValue message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {otlp.ArrayValue & otlp.ArrayValue.$Shape} ArrayValue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): otlp.ArrayValue & otlp.ArrayValue.$Shape;
    }

    namespace ArrayValue {

        /** Properties of an ArrayValue. */
        interface $Properties {

            /** ArrayValue values */
            values?: (otlp.AnyValue.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ArrayValue. */
        type $Shape = {
          values?: otlp.AnyValue.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }
}
