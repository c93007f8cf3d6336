import type { KeyValueGroup } from '@synod/client';
import { PbftCourier } from '@synod/client/testing';

/** Puts a mistake into the production client, or none. */
export type AlterClient = (courier: PbftCourier) => void;

/**
 * Listens to what a client is brought to believe, openings of sessions included, as it could prove it to anybody: by the answer's
 * certificate. Told before the client itself is.
 */
export function overhear(group: KeyValueGroup, alter: AlterClient, believed: (certificate: Uint8Array) => void): void {
  const courier = group['courier'];
  if (!(courier instanceof PbftCourier)) throw new Error(`group ${group.name} is not asked as one of PBFT`);
  alter(courier);
  const submit = courier.submit.bind(courier);
  courier.submit = (envelope, outcome) =>
    submit(envelope, {
      ...outcome,
      results: (answer, from, reply) => {
        believed(reply.certificate!());
        outcome.results!(answer, from, reply);
      },
    });
}
