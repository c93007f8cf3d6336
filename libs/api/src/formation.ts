import type { FormationMessage } from '@synod/formation';
import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import { foundingBytes } from './limits.js';
import { Names } from './names.js';
import type { Formats } from './peer-messages.js';
import { integers, number, shape, uint32 } from './shapes.js';

const pb = synod.formation.v1;

export const standings = new Names('standing', ['empty', 'formed', 'active', 'recovering', 'lost']);

const helloShape = shape('Hello', [number, uint32]);
const helloReplyShape = shape('HelloReply', [number, number, uint32, number, number]);
const formShape = shape('Form', [number, number, { type: 'bytes', maxBytes: foundingBytes }]);
const formedShape = integers('Formed', 1);
const activateShape = integers('Activate', 1);

/** How a group is formed, in five fields of its protocol's Envelope from `first` on: bytes, encoded here. */
export function formationFormats(first: number): Formats<FormationMessage> {
  return {
    hello: {
      field: first,
      body: ({ nonce, standing }) => pb.Hello.encode({ nonce, standing: standings.number(standing) }).finish(),
      decode(body) {
        const { nonce, standing } = decodeWith(pb.Hello, body, helloShape);
        return { kind: 'hello', nonce, standing: standings.name(standing) };
      },
    },
    helloReply: {
      field: first + 1,
      body: (message) => pb.HelloReply.encode({ ...message, standing: standings.number(message.standing) }).finish(),
      decode(body) {
        const { nonce, incarnation, standing, clusterId, era } = decodeWith(pb.HelloReply, body, helloReplyShape);
        return { kind: 'helloReply', nonce, incarnation, standing: standings.name(standing), clusterId, era };
      },
    },
    form: {
      field: first + 2,
      body: (message) => pb.Form.encode(message).finish(),
      decode(body) {
        const { clusterId, incarnation, founding } = decodeWith(pb.Form, body, formShape);
        const form = { kind: 'form', clusterId, incarnation } as const;
        return founding.length > 0 ? { ...form, founding: new Uint8Array(founding) } : form;
      },
    },
    formed: {
      field: first + 3,
      body: (message) => pb.Formed.encode(message).finish(),
      decode: (body) => ({ kind: 'formed', clusterId: decodeWith(pb.Formed, body, formedShape).clusterId }),
    },
    activate: {
      field: first + 4,
      body: (message) => pb.Activate.encode(message).finish(),
      decode: (body) => ({ kind: 'activate', clusterId: decodeWith(pb.Activate, body, activateShape).clusterId }),
    },
  };
}
