import { isTick, toEach } from './traitor.js';
import type { E, I, Treason } from './traitor.js';

/** Hears everything and says nothing. */
export const silent: Treason = () => ({
  act: (effects) => effects.filter(({ kind }) => kind !== 'send'),
});

/** To f of the others it says nothing, to the rest everything. */
export const selectiveSilence: Treason = (means) => {
  const victims = new Set(means.others.slice(0, means.group.f));
  return { act: (effects) => toEach(effects, means, (message, to) => (victims.has(to) ? undefined : message)) };
};

/** Of the time after which a request's timer fires. */
const justUnder = 0.8;

/** As primary it holds back each proposal until just before the others' timers fire. */
export const slow: Treason = ({ configuration }) => {
  let held: { readonly effect: E; readonly until: number }[] = [];
  const delayMs = justUnder * configuration.timings.requestMs;
  return {
    act(effects, { at }: I) {
      const due = held.filter(({ until }) => until <= at).map(({ effect }) => effect);
      held = held.filter(({ until }) => until > at);
      const now = effects.filter((effect) => {
        const isProposal = effect.kind === 'send' && effect.message.kind === 'prePrepare';
        if (isProposal) held.push({ effect, until: at + delayMs });
        return !isProposal;
      });
      return [...due, ...now];
    },
  };
};

/** LIMIT: messages that are remembered to be said again. */
const rememberedMost = 60;
/** Said again in one go. */
const repeated = 4;

/** Says again what others said, in whatever view; each message is genuine. */
export const replay: Treason = ({ configuration }) => {
  const kinds = new Set([
    'prePrepare',
    'prepare',
    'commit',
    'checkpoint',
    'viewChange',
    'newView',
    'relay',
    'proof',
    'complaint',
  ]);
  const heard: (I & { kind: 'receive' })['message'][] = [];
  let turn = 0;
  return {
    hear(input) {
      if (input.kind === 'receive' && kinds.has(input.message.kind)) heard.push(input.message);
      // The oldest stay: they are of views long gone.
      if (heard.length > rememberedMost) heard.splice(rememberedMost / 2, 1);
      return input;
    },
    act(effects, input) {
      if (!isTick(input) || heard.length === 0) return effects;
      const again = Array.from({ length: repeated }, () => heard[turn++ % heard.length]!);
      return [...effects, ...again.map((message): E => ({ kind: 'send', to: configuration.everyone, message, after: 0 }))]; // prettier-ignore
    },
  };
};
