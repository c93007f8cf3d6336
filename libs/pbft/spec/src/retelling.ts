import { defaultLimits } from '@synod/pbft-core';
import type { Message, PbftVocabulary } from '@synod/pbft-core';
import { pbftPrinter } from '@synod/pbft-wire';
import { retellRun, tellingsOf, unusualLimits } from '@synod/scenario';
import type { Deed, RetoldRun, Telling } from '@synod/scenario';
import { claims } from './invariants/claims.js';
import { limitNames, pbftIn } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import type { PbftSwarm } from './swarm.js';

type V = PbftVocabulary;

/** A seed's run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export function retellSimulation(
  seed: number,
  options: SimulationOptions,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  return retellRun<V, PbftSwarm>(
    {
      name: 'pbft',
      printer: pbftPrinter,
      protocol: pbftIn(options.make),
      deedsMost: 50_000,
      sentences: Object.values(claims).map(([name]) => name),
      run: (witness) => simulate(seed, { ...options, witness }),
      tellings: (deeds, { swarm, replicas: founders }) =>
        tellingsOf({
          deeds,
          founders,
          words: traitorsOf(swarm),
          limits: unusualLimits(limitNames, swarm.limits, defaultLimits),
          later: founded,
          asking,
        }),
    },
    claim,
  );
}

/** Members of a group that is founded already ask nobody whether it is. */
function founded(deeds: readonly Deed<V>[]): readonly Deed<V>[] {
  return deeds.filter((deed) => {
    if (deed.kind === 'timeout') return deed.timer !== 'hello';
    return deed.kind !== 'received' || (deed.message.kind !== 'hello' && deed.message.kind !== 'helloReply');
  });
}

function traitorsOf({ traitors }: PbftSwarm): string[] {
  const words = Object.entries(traitors).map(([member, treason]) => `${member}:${treason}`);
  return words.length === 0 ? [] : [`traitors=${words.join(',')}`];
}

/** Each request of a run is another one, under a number of its own; a copy of it is the same. */
function asking(): Telling<V>['asks'] {
  const numbers = new Map<string, number>();
  return (said) => {
    const message = said as Message;
    if (message.kind === 'read') return reading(message);
    if (message.kind !== 'request') return undefined;
    const { signer, statement } = message.signed;
    const { session, sequence, holds } = statement;
    const name = `${signer} ${statement.client} ${session} ${sequence} ${holds}`;
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return holds === 'operations' ? `request "${number} x=${number}"` : `request "order ${number} x"`;
  };
}

function reading({ level, maxAgeMs }: Extract<Message, { kind: 'read' }>): string | undefined {
  if (level === 'discover') return undefined;
  return `read "x"${level === 'stale' ? ' stale' : ''}${maxAgeMs > 0 ? ` maxAge=${maxAgeMs}` : ''}`;
}
