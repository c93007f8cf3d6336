/* global document, location, TextDecoderStream, addEventListener, ask, setTimeout, clearTimeout, ms, showLedger, showMembers */
/* The live part: what the gateway's event stream says of groups and rounds. */
'use strict';

const live = document.getElementById('live');
const main = document.getElementById('groups');
const template = document.getElementById('group-template');
const stages = ['publish', 'quorum', 'apply', 'reply'];
const silentAfterMs = 4000;
const againAfterMs = 1000;
let silence;

void follow();

/** Not by EventSource, which cannot say who asks. */
async function follow() {
  for (;;) {
    try {
      await readEvents(await ask('/v1/events'));
      say('lost', 'no connection, trying again');
    } catch (error) {
      say('lost', error.isRefusal ? error.message : 'no connection, trying again');
    }
    clearTimeout(silence);
    await new Promise((resolve) => {
      setTimeout(resolve, againAfterMs);
      addEventListener('token', resolve, { once: true });
    });
  }
}

async function readEvents(answer) {
  if (answer.status === 401) throw refusal('no token');
  if (answer.status === 403) throw refusal('this token may not see how groups are');
  if (!answer.ok) throw new Error(answer.statusText);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (text + value).split('\n\n');
    text = events.pop();
    for (const event of events) {
      const [, data] = /^event: groups\ndata: (.*)$/m.exec(event) ?? [];
      if (data !== undefined) heard(JSON.parse(data));
    }
  }
}

function refusal(message) {
  return Object.assign(new Error(message), { isRefusal: true });
}

function heard(groups) {
  clearTimeout(silence);
  silence = setTimeout(() => say('lost', 'nothing heard for a while'), silentAfterMs);
  say('live', 'live');
  show(groups);
}

function say(state, text) {
  live.dataset.state = state;
  setText(live, text);
}

function show(groups) {
  main.querySelector('.hint')?.remove();
  keyed(main, groups, (group) => group.group, newGroup, showGroup);
}

/** Children of `parent` with a key, one per item and in their order; those that stay are not made anew. */
function keyed(parent, items, keyOf, make, update) {
  const before = new Map(
    [...parent.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]),
  );
  let place = [...parent.children].find((child) => child.dataset.key) ?? null;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = before.get(key);
    before.delete(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
    update(child, item);
  }
  for (const gone of before.values()) gone.remove();
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function part(className, role) {
  const span = document.createElement('span');
  span.className = className;
  if (role) span.setAttribute('role', role);
  return span;
}

function newGroup({ group }) {
  const section = template.content.firstElementChild.cloneNode(true);
  setText(section.querySelector('h2'), group);
  setText(
    section.querySelector('.none code'),
    `curl -X PUT --data-binary 'hello' ${location.origin}/v1/groups/${group}/kv/greeting`,
  );
  return section;
}

function showGroup(section, group) {
  setText(section.querySelector('.protocol'), group.protocol ?? '');
  const verdict = section.querySelector('.verdict');
  const [level, text] = verdictOf(group);
  verdict.dataset.level = level;
  setText(verdict, text);
  showMembers(section.querySelector('.members'), group);
  showLedger(section, group);
  section.querySelector('.none').hidden = group.rounds.some((round) => round.requests > 0);
  section.querySelector('.legend').hidden = group.rounds.length === 0;
  section.querySelector('.legend [data-stage=sync]').hidden = group.rounds.every((round) => !round.stages.sync);
  const longest = scaleOf(group.rounds.map((round) => round.durationMs));
  const isFirst = !section.dataset.shown;
  section.dataset.shown = 'yes';
  keyed(
    section.querySelector('.rounds'),
    group.rounds,
    (round) => `${round.leader}/${eraOf(round)}/${round.first}`,
    () => newRound(isFirst),
    (row, round) => showRound(row, round, longest),
  );
}

/** What a whole bar stands for: one very slow round must not make all others unreadable, and fades out instead. */
function scaleOf(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.max(0.001, Math.min(sorted.at(-1) ?? 0, 4 * median));
}

/** `term 2`, `ballot 3.1`, `view 4` */
function eraOf({ term, ballot, view }) {
  if (view !== undefined) return `view ${view}`;
  return ballot === undefined ? `term ${term}` : `ballot ${ballot}`;
}

function verdictOf(group) {
  const { replicas, leader, diverged } = group;
  const up = replicas.filter((one) => one.up);
  if (diverged.length > 0) return ['bad', `different states after the same entries: ${diverged.join(', ')}`];
  if (up.length === 0) return ['bad', 'nobody answers'];
  const count = `${up.length} of ${replicas.length} up`;
  if (leader === undefined) return ['warn', `${count}, no leader in ${eraOf(group)}`];
  if (up.length < replicas.length) return ['warn', `${count}, ${leader} leads ${eraOf(group)}`];
  return ['good', `all ${up.length} up, ${leader} leads ${eraOf(group)}`];
}

function newRound(isFirst) {
  const row = document.createElement('li');
  row.className = isFirst ? 'round' : 'round fresh';
  for (const name of ['when', 'which', 'batch', 'bar', 'took', 'by', 'more']) row.append(part(name));
  const by = row.querySelector('.by');
  by.append('quorum by ', document.createElement('b'));
  return row;
}

function showRound(row, round, longest) {
  const cell = (name) => row.querySelector(`.${name}`);
  const { first, last, requests, state } = round;
  row.dataset.state = state;
  setText(cell('when'), new Date(round.startedAt).toLocaleTimeString('en-GB'));
  setText(cell('which'), `${eraOf(round)} · ${first === last ? first : `${first}–${last}`}`);
  setText(cell('batch'), requests === 0 ? 'no-op' : requests === 1 ? '1 batch' : `${requests} batches`);
  cell('batch').title = 'client batches in the round';
  setText(cell('took'), state === 'open' ? 'open' : `${ms(round.durationMs)} ms`);
  cell('by').hidden = false;
  cell('by').style.visibility = round.completedBy ? 'visible' : 'hidden';
  setText(cell('by').lastChild, round.completedBy ?? '');
  showBar(cell('bar'), round, longest);
  const more = cell('more');
  if (round.traceId && !more.firstChild) {
    const link = document.createElement('a');
    link.href = `#trace=${round.traceId}`;
    link.textContent = 'trace';
    more.append(link);
  }
}

/** The way of the round from left to right; below, the leader's own disk; lines, where a member acknowledged. */
function showBar(bar, round, longest) {
  const said = JSON.stringify([round.stages, round.acknowledgedMs, longest]);
  if (bar.dataset.said === said) return;
  bar.dataset.said = said;
  bar.replaceChildren();
  bar.classList.toggle('long', round.durationMs > longest);
  const percent = (time) => `${((100 * time) / longest).toFixed(2)}%`;
  const piece = (stage, from, time) => {
    const element = document.createElement('i');
    element.dataset.stage = stage;
    element.style.left = percent(from);
    element.style.width = percent(time);
    element.title = `${stage} ${ms(time)} ms`;
    bar.append(element);
  };
  let from = 0;
  for (const stage of stages) {
    const time = round.stages[stage];
    if (time === undefined) continue;
    piece(stage, from, time);
    from += time;
  }
  if (round.stages.sync !== undefined) piece('sync', 0, round.stages.sync);
  for (const [member, at] of Object.entries(round.acknowledgedMs)) {
    if (at > longest) continue;
    const mark = document.createElement('u');
    mark.style.left = `calc(${percent(at)} - 1px)`;
    mark.title = `${member} after ${ms(at)} ms`;
    bar.append(mark);
  }
}
