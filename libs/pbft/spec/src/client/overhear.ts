import type { KeyValueGroup } from '@synod/client';
import { PbftCourier } from '@synod/client/testing';
import type { Questions } from '@synod/client/testing';

/** The production client as it is, or with a mistake in what it asks and how many answers are enough for it. */
export type MakeQuestions = (questions: Questions) => Questions;

/**
 * Listens to what a client is brought to believe, openings of sessions included, as it could prove it to anybody: by the answer's
 * certificate. Told before the client itself is.
 */
export function overhear(group: KeyValueGroup, make: MakeQuestions, believed: (certificate: Uint8Array) => void): void {
  const courier = group['courier'];
  if (!(courier instanceof PbftCourier)) throw new Error(`group ${group.name} is not asked as one of PBFT`);
  Object.assign(courier, { questions: make(courier['questions']) });
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
