import { simulate } from '@synod/pbft-spec';
let world: any;
const seed = Number(process.argv[2]); const swarm = process.argv[3] ? JSON.parse(process.argv[3]) : {}; const until = Number(process.argv[4] ?? 600);
const r = await simulate(seed, { swarm, witness: (w: any) => { world = w; 
  const log = (s: string) => { if (w.timeline.now <= until) console.log(w.timeline.now.toFixed(1), s); };
  return { executed(m: any, e: any) { if (e.kind === 'observe' && ['executed','proposed','standing','enteredView'].includes(e.event.kind)) log(`${m.address} • ${JSON.stringify(e.event, (k,v)=> v instanceof Uint8Array||k==='requests' ? undefined : v).slice(0,160)}`); if (e.kind==='send' && e.message.kind==='reply' && e.message.answer.kind==='results') log(`${m.address} reply ${e.to} ${e.message.session}/${e.message.sequence} idx ${e.message.answer.index} ${Buffer.from(e.message.answer.results).toString('latin1').replace(/[^ -~]/g,'.')}`);  },
    stepping(m: any, i: any) { if (i.kind==='receive' && (i.message.kind==='read')) log(`${m.address} ← ${i.from} read ${i.message.level} ${i.message.sequence} ${Buffer.from(i.message.queries).toString('latin1').replace(/[^ -~]/g,'.')}`); if (i.kind==='receive' && (i.message.kind==='request')) log(`${m.address} ← ${i.from} request ${i.message.signed.statement.session}/${i.message.signed.statement.sequence} ${Buffer.from(i.message.signed.statement.batch).toString('latin1').replace(/[^ -~]/g,'.').slice(0,100)}`);},
    fault(w2: string) { log(w2); }, crashed(m: any) { log(m.address+' crashed'); }, started(m: any) { log(m.address+' started'); } , wiped(m: any) { log(m.address+' wiped'); } } as any; } });
console.log(r.failure?.message);
