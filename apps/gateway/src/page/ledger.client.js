/* global crypto, document, TextEncoder, keyed, part, setText */
/* The ledger of a group: its newest blocks, each computed again here, so that nobody has to be believed. */
'use strict';

const shownBlocks = 5;
/** Not sampled: who looks at the page is not what people look for in traces. */
const unsampled = { traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-00` };
/** By group: what was asked for last, and the hashes that the page has seen, by height. A block never changes. */
const ledgers = new Map();
/** LIMIT: heights whose hashes the page remembers. */
const rememberedHashes = 1000;

/** For the live part, each time that it shows a group: asks only after something was executed there. */
globalThis.showLedger = (section, { group, replicas }) => {
  let ledger = ledgers.get(group);
  if (!ledger) ledgers.set(group, (ledger = { through: -1, hashes: new Map(), busy: false }));
  const through = Math.max(0, ...replicas.map(({ applied }) => applied ?? 0));
  if (ledger.busy || ledger.through === through || document.hidden) return;
  ledger.busy = true;
  readLedger(group)
    .then(async (found) => {
      showBlocks(section.querySelector('.ledger'), found, await verdictOn(found.blocks, ledger.hashes));
      ledger.through = through;
    })
    .catch(() => undefined) // the group does not answer, which its members' table says; it is asked again
    .finally(() => (ledger.busy = false));
};

async function readLedger(group) {
  const read = async (path) => {
    const answer = await globalThis.ask(`/v1/groups/${group}/ledger${path}consistency=stale`, unsampled);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };
  const { head, transactions, pending } = await read('?');
  if (!head) return { blocks: [], transactions, pending };
  const from = Math.max(1, head.height - shownBlocks + 1);
  const { blocks } = await read(`/blocks?from=${from}&limit=${shownBlocks}&headers_only=true&`);
  return { blocks, transactions, pending };
}

/**
 * What is wrong first, or undefined: a hash that is not that of its block, a block that does not follow the one before, a block that was
 * another one when the page saw it last. Without `crypto.subtle`, which plain HTTP has on localhost only, no hash is computed.
 */
globalThis.faultOfBlocks = async (blocks, hashes) => {
  for (const [place, block] of blocks.entries()) {
    const { height, hash, previous } = block;
    const before = blocks[place - 1];
    if (crypto.subtle && (await hashOf(block)) !== hash) return `block ${height} has not the hash that it says`;
    if (before && (before.height !== height - 1 || before.hash !== previous))
      return `block ${height} does not follow block ${before.height}`;
    if ((hashes.get(height) ?? hash) !== hash) return `block ${height} was another one before`;
    hashes.set(height, hash);
    if (hashes.size > rememberedHashes) hashes.delete(hashes.keys().next().value);
  }
  return undefined;
};

/** SHA-256("synod-ledger-block-1" ‖ height ‖ previous ‖ root ‖ time ‖ proposer's time ‖ count ‖ length of the proposer ‖ proposer) */
async function hashOf({ height, previous, root, time, proposer, proposerTime, count }) {
  const domain = new TextEncoder().encode('synod-ledger-block-1');
  const name = new TextEncoder().encode(proposer);
  const bytes = new Uint8Array(domain.length + 96 + name.length);
  const view = new DataView(bytes.buffer, domain.length);
  bytes.set(domain);
  view.setBigUint64(0, BigInt(height));
  bytes.set(fromHex(previous), domain.length + 8);
  bytes.set(fromHex(root), domain.length + 40);
  view.setBigUint64(72, BigInt(time));
  view.setBigUint64(80, BigInt(proposerTime));
  view.setUint32(88, count);
  view.setUint32(92, name.length);
  bytes.set(name, domain.length + 96);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function verdictOn(blocks, hashes) {
  const fault = await globalThis.faultOfBlocks(blocks, hashes);
  if (fault) return ['bad', fault];
  const [first, last] = [blocks[0]?.height, blocks.at(-1)?.height];
  const what = first === last ? `block ${last}` : `blocks ${first} to ${last}`;
  return crypto.subtle ? ['good', `${what} computed again: sound`] : ['warn', `${what} linked; hashes not computed`];
}

function showBlocks(parent, { blocks, transactions, pending }, [level, text]) {
  parent.hidden = blocks.length === 0 && pending === 0;
  const verdict = parent.querySelector('.sound');
  verdict.dataset.level = level;
  setText(verdict, blocks.length === 0 ? '' : text);
  const height = blocks.at(-1)?.height ?? 0;
  setText(
    parent.querySelector('.about'),
    `height ${height} · ${counted(transactions)}${pending > 0 ? ` · ${pending} waiting for the next block` : ''}`,
  );
  keyed(parent.querySelector('.blocks'), [...blocks].reverse(), (block) => block.height, newBlock, showBlock);
}

function counted(transactions) {
  return transactions === 1 ? '1 transaction' : `${transactions.toLocaleString('en')} transactions`;
}

function newBlock() {
  const row = document.createElement('li');
  row.className = 'block';
  for (const name of ['when', 'height', 'count', 'hash', 'proposer']) row.append(part(name));
  return row;
}

function showBlock(row, { height, hash, time, proposer, count: transactions }) {
  const say = (name, text) => setText(row.querySelector(`.${name}`), text);
  say('when', new Date(time).toLocaleTimeString('en-GB'));
  say('height', `block ${height}`);
  say('count', counted(transactions));
  say('hash', hash);
  row.querySelector('.hash').title = hash;
  say('proposer', `closed by ${proposer}`);
}
