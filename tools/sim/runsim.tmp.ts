import { simulate } from '@synod/pbft-spec';
const [from, to, swarm] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] ? JSON.parse(process.argv[4]) : {}];
const { Counters } = await import('@synod/simulator');
const total = new Counters();
let failed = 0;
for (let seed = from; seed <= to; seed++) {
  const t = performance.now();
  const r = await simulate(seed, { swarm });
  total.merge(r.counters);
  const s = r.swarm as any;
  const ms = Math.round(performance.now() - t);
  console.log(seed, `n=${s.replicas} ${s.calm?'calm ':''}${s.network} ${s.signatures} ${JSON.stringify(s.traitors)} ${ms}ms recovery ${Math.round(r.recoveryMs)}`, r.failure ? `\n   FAIL ${(r.failure as Error).stack?.split('\n').slice(0,6).join('\n      ')}` : 'ok');
  if (r.failure) failed++;
}
console.log('failed', failed);
if (process.argv[5]) for (const [n, c] of total.entries) console.log('  ', n, c);
