import { simulate } from '@synod/pbft-spec';
const [from, to, swarm] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] ? JSON.parse(process.argv[4]) : {}];
const { Counters } = await import('@synod/simulator');
const total = new Counters();
let failed = 0; const end = performance.now() + Number(process.env.SECS ?? 100) * 1000; let last = from;
for (let seed = from; seed <= to; seed++) {
  if (performance.now() > end) break; last = seed;
  const t = performance.now();
  const r = await simulate(seed, { swarm });
  total.merge(r.counters);
  const s = r.swarm as any;
  const ms = Math.round(performance.now() - t);
  if (r.failure || process.argv[6]) console.log(seed, `n=${s.replicas} ${s.calm?'calm ':''}${s.network} ${s.signatures} ${JSON.stringify(s.traitors)} ${ms}ms recovery ${Math.round(r.recoveryMs)}`, r.failure ? `\n   FAIL ${(r.failure as Error).stack?.split('\n').slice(0,6).join('\n      ')}` : 'ok');
  if (r.failure) failed++;
}
console.log('seeds', from, last, 'failed', failed);
if (process.argv[5]) for (const [n, c] of total.entries) console.log('  ', n, c);
