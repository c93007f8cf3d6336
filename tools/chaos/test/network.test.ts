import { missingHere } from '../src/needs.js';
import { freeSubnet } from '../src/network.js';
import { run } from '../src/system.js';

const missing = missingHere().get('namespaces');
const possible = missing === undefined ? test : test['skip'];

possible(`a network that a killed run left behind is not used again${missing ? `: ${missing}` : ''}`, async () => {
  const taken = await freeSubnet();
  await run('ip', 'route', 'add', 'unreachable', `${taken}.0/24`);
  try {
    expect(await freeSubnet()).not.toBe(taken);
  } finally {
    await run('ip', 'route', 'del', 'unreachable', `${taken}.0/24`);
  }
  expect(await freeSubnet()).toBe(taken);
});
