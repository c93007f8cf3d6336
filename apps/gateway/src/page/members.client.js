/* global document, keyed, part, setText */
/* Who is in a group and how far they are: a table for each kind of member. One more kind is one more entry. */
'use strict';

const number = (value) => value.toLocaleString('en');
const tables = {
  replica: {
    title: 'Replicas',
    first: 'Replica',
    columns: { term: 'Term', commit: 'Commit', applied: 'Applied', lag: 'Lag', state: 'State', uptime: 'Up' },
  },
  /** Replicas that believe each other's signatures only. */
  byzantine: {
    title: 'Replicas',
    first: 'Replica',
    columns: { view: 'View', stable: 'Stable', applied: 'Executed', lag: 'Lag', state: 'State', uptime: 'Up' },
  },
  proposer: {
    title: 'Proposers',
    first: 'Proposer',
    columns: { ballot: 'Ballot', chosen: 'Chosen', applied: 'Applied', lag: 'Lag', state: 'State', uptime: 'Up' },
  },
  acceptor: {
    title: 'Acceptors',
    first: 'Acceptor',
    columns: {
      promised: 'Promised',
      accepted: 'Accepted',
      trimmed: 'Trimmed',
      held: 'Held',
      registers: 'Registers',
      uptime: 'Up',
    },
  },
};
/** What a cell says, where that is not just the number. */
const texts = {
  ballot: ({ ballot }) => ballot,
  promised: ({ promised }) => promised,
  accepted: ({ accepted }) => (accepted === 0 ? '–' : number(accepted)),
  lag: ({ lag }) => (lag === null ? '–' : number(lag)),
  held: ({ heldBytes }) => size(heldBytes),
  state: ({ stateHash }) => stateHash,
  uptime: ({ uptimeMs }) => duration(uptimeMs),
};
/** Roles in which somebody is on the way to somewhere. */
const unsettled = ['spare', 'joining', 'leaving'];

/** For the live part. */
globalThis.showMembers = (parent, { protocol, replicas: all, diverged }) => {
  const replicas = protocol === 'pbft' ? all.map((one) => ({ ...one, kind: 'byzantine' })) : all;
  const kinds = Object.keys(tables).filter((kind) => replicas.some((one) => one.kind === kind));
  keyed(
    parent,
    kinds,
    (kind) => kind,
    newTable,
    (table, kind) =>
      keyed(
        table,
        replicas.filter((one) => one.kind === kind),
        (one) => one.replica,
        ({ kind }) => newMember(tables[kind].columns),
        (row, one) => showMember(row, one, diverged.includes(one.replica)),
      ),
  );
};

function newTable(kind) {
  const { title, first, columns } = tables[kind];
  const table = document.createElement('div');
  table.className = 'replicas';
  table.setAttribute('role', 'table');
  table.setAttribute('aria-label', title);
  const heads = document.createElement('div');
  heads.className = 'row heads';
  heads.setAttribute('role', 'row');
  const head = (name, text) => {
    const cell = part(name, 'columnheader');
    setText(cell, text);
    heads.append(cell);
  };
  head('', first);
  head('', 'Role');
  for (const [name, text] of Object.entries(columns)) head(name === 'state' ? '' : name, text);
  table.append(heads);
  return table;
}

function newMember(columns) {
  const row = document.createElement('div');
  row.className = 'row';
  row.setAttribute('role', 'row');
  const role = part('role', 'cell');
  role.append(document.createElement('span'));
  row.append(part('name', 'rowheader'), role);
  for (const [name, text] of Object.entries(columns)) {
    const cell = part(name, 'cell');
    if (name !== 'state') cell.dataset.label = text;
    row.append(cell);
  }
  return row;
}

function showMember(row, one, diverged) {
  const cell = (name) => row.querySelector(`.${name}`);
  row.dataset.up = one.up;
  row.classList.toggle('diverged', diverged);
  setText(cell('name'), one.replica);
  const [kind, word] = roleOf(one);
  cell('role').dataset.role = kind;
  setText(cell('role').firstChild, word);
  if (!one.up) return;
  for (const name of Object.keys(tables[one.kind].columns)) {
    setText(cell(name), (texts[name] ?? ((member) => number(member[name])))(one));
  }
  cell('lag')?.classList.toggle('behind', one.lag > 0);
  const state = cell('state');
  if (!state) return;
  state.title = one.stateHash;
  state.style.setProperty('--hue', String(hueOf(one.stateHash)));
}

function roleOf({ up, role, standing, diskStalled, cutOff }) {
  if (!up) return ['down', 'no answer'];
  if (standing !== 'active') return ['unsettled', standing];
  if (cutOff.length > 0) return ['unsettled', `${role}, cut off`];
  if (diskStalled) return ['unsettled', `${role}, disk stalled`];
  const word = role.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  if (unsettled.includes(role)) return ['unsettled', word];
  return [/candidate|preparing|canvassing|changing/i.test(role) ? 'candidate' : role, word];
}

/** Equal states have equal colours. */
function hueOf(hash) {
  let sum = 0;
  for (const character of hash) sum = (sum * 31 + character.charCodeAt(0)) % 360;
  return sum;
}

function duration(time) {
  const seconds = Math.floor(time / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
