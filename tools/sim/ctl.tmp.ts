import { simulate } from '@synod/pbft-spec';
for (let seed = 1; seed <= 4; seed++) { const r = await simulate(seed, { swarm: { traitors: { r1: 'equivocating-primary', r2: 'accomplice' }, replicas: 4, signatures: 'quick' } as any }); console.log(seed, r.failure?.message ?? 'NONE'); }
for (let seed = 1; seed <= 3; seed++) { const r = await simulate(seed, { swarm: { traitors: { r1: 'silent', r2: 'silent' }, replicas: 4, signatures: 'quick' } as any }); console.log(seed, r.failure?.message.slice(0,200) ?? 'NONE'); }
