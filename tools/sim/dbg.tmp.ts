import { simulate } from '@synod/pbft-spec';
const seed = Number(process.argv[2]); const swarm = process.argv[3] ? JSON.parse(process.argv[3]) : {};
const from = Number(process.argv[4] ?? 0);
const kinds = new Set((process.argv[5] ?? '').split(',').filter(Boolean));
let world: any; 
const r = await simulate(seed, { swarm, witness: (w: any) => { world = w; 
  const log = (s: string) => { if (w.timeline.now >= from) console.log(w.timeline.now.toFixed(1), s); };
  return { executed(m: any, e: any) { if (e.kind === 'observe' && (kinds.size===0 || kinds.has(e.event.kind))) log(`${m.address} • ${JSON.stringify(e.event, (k,v)=> v instanceof Uint8Array? undefined : k==='requests'||k==='first'||k==='second'?undefined:v)}`); },
    left(f: any, to: any, m: any) { if (kinds.has('left:'+m.kind)) log(`${f} → ${to} ${m.kind} ${JSON.stringify(m.signed?.statement ?? m, (k,v)=> v instanceof Uint8Array || k==='prepared'||k==='stable' ? undefined : v).slice(0,300)}`); },
    stepping(m: any, i: any) { if (i.kind==='receive' && kinds.has('got:'+i.message.kind)) log(`${m.address} ← ${i.from} ${i.message.kind} ${JSON.stringify(i.message.signed?.statement ?? i.message, (k,v)=> v instanceof Uint8Array|| k==='prepared'||k==='stable' ? undefined : v).slice(0,200)}`); if (i.kind==='timeout' && kinds.has('t:'+i.timer)) log(`${m.address} timeout ${i.timer}`) },
    fault(w2: string) { if (kinds.has('fault')) log(w2); }, crashed(m: any) { if (kinds.has('fault')) log(m.address+' crashed'); }, started(m: any) { if (kinds.has('fault')) log(m.address+' started'); } , wiped(m: any) { if (kinds.has('fault')) log(m.address+' wiped'); } } as any; } });
console.log(r.failure?.message, JSON.stringify((r.swarm as any).limits), r.swarm.network);
(globalThis as any).world = world;
for (const m of world.machines.values()) if (m.life) { const {log, statistics, ...x} = m.life.actor.inspect(); console.log(m.address, JSON.stringify(x)); if (process.argv[6]) console.log(JSON.stringify(new Function("m","return "+process.argv[6])(m))); }
