import { readFileSync } from 'node:fs';
import { connect } from '../src/index.js';

const [servers, credentials] = process.argv.slice(2) as [string, string];
const { user, seed } = JSON.parse(readFileSync(credentials, 'utf8'));
const client = await connect({ servers, user, seed, cluster: 'test' });
const kv = client.group('kv');
await kv.put('a', '1');
console.log((await kv.get('a')).entry?.text);
await client.close();
