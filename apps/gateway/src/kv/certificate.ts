import type { KeyValueGroup, Source } from '@synod/client';
import type { Answer, Fragment, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';

/** What `synod verify` reads from a file. */
export const certificateType = 'application/vnd.synod.certificate';

/**
 * Whether the answer is to come as its certificate: what was asked and answered, with the signatures of those who said so. Then the
 * gateway need not be trusted. Throws 406 where nobody signs, before anything is done.
 */
export function wantsCertificate({ headers }: GatewayRequest, group: KeyValueGroup): boolean {
  if (!acceptsCertificate(headers)) return false;
  if (group.isSigned) return true;
  throw new Problem('not-certified', `the members of group ${group.name} sign nothing, so its answers prove nothing`);
}

export function acceptsCertificate({ accept = '' }: GatewayRequest['headers']): boolean {
  const types = accept.split(',').map((each) => each.split(';')[0]!.trim().toLowerCase());
  return types.includes(certificateType);
}

/** Part of what makes two requests the same: a retry is answered alike. */
export function identityOf(isWanted: boolean): readonly string[] {
  return isWanted ? [certificateType] : [];
}

export function certified(isWanted: boolean, { certificate }: Source, answer: Answer): Answer {
  if (!isWanted) return answer;
  if (certificate === undefined) throw new Error('an answer of members that sign came without its certificate');
  return { ...answer, headers: { ...answer.headers, 'content-type': certificateType }, body: certificate() };
}

export const certificateContent: Readonly<Record<string, Fragment>> = {
  [certificateType]: {
    schema: {
      type: 'string',
      description:
        'Groups of PBFT, to who asks for it by Accept: what was asked and answered, with the signatures of those who gave the ' +
        'answer. Saved to a file, `synod verify FILE` checks it. Elsewhere: 406.',
    },
  },
};
