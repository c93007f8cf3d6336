import { leadershipsIn } from '../src/leaderships.js';

const line = (msg: string): string => `${JSON.stringify({ level: 'info', event: 'any', msg })}\n`;

test.each([
  ['raft', ['leads term 7; the majority was completed by raft-r2', 'leads term 9; the majority was completed by raft-r1']], // prettier-ignore
  ['paxos', ['leads in ballot 3.1; the quorum was completed by paxos-a1', 'leads in ballot 16777219.2; the quorum was completed by paxos-a2']], // prettier-ignore
  ['pbft', ['is in view 1, primary pbft-r2; completed by pbft-r3', 'is in view 4, primary pbft-r1; completed by pbft-r4']], // prettier-ignore
])('%s: each leadership counts once, whoever tells of it and however far the next one is', (_protocol, texts) => {
  const [first, second] = texts.map(line);
  expect(leadershipsIn(['', line('started')])).toBe(0);
  expect(leadershipsIn([first!])).toBe(1);
  expect(leadershipsIn([first! + line('asks for view 9 (silence)') + second!, second! + first!])).toBe(2);
});
