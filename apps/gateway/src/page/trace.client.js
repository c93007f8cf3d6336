/* global document, location, history, ask, setTimeout, addEventListener */
/* A trace as a waterfall: `#trace=<id>` opens it. */
'use strict';

const dialog = document.getElementById('trace');
const traceAbout = document.getElementById('trace-about');
const traceSpans = document.getElementById('trace-spans');
/** Spans of a round that just ended are still on their way. */
const askAgainMs = [300, 700, 1500, 3000];
const hues = [265, 155, 60, 320, 210, 20, 110, 240];

addEventListener('hashchange', followHash);
addEventListener('DOMContentLoaded', followHash);
dialog.addEventListener('close', () => {
  if (traceInHash()) history.replaceState(null, '', location.pathname);
});
dialog.addEventListener('click', (event) => {
  if (event.target === dialog) dialog.close();
});

function traceInHash() {
  return /^#trace=([0-9a-f]{32})$/.exec(location.hash)?.[1];
}

function followHash() {
  const id = traceInHash();
  if (!id) return dialog.open && dialog.close();
  if (!dialog.open) dialog.showModal();
  traceAbout.textContent = id;
  traceSpans.replaceChildren();
  void loadTrace(id, 0);
}

async function loadTrace(id, attempt) {
  const spans = await fetchTrace(id);
  if (traceInHash() !== id) return;
  if (Array.isArray(spans)) showTrace(id, spans);
  else if (attempt === 0) traceSpans.textContent = 'Looking for its spans…';
  const wait = askAgainMs[attempt];
  if (wait !== undefined) setTimeout(() => traceInHash() === id && loadTrace(id, attempt + 1), wait);
  else if (!Array.isArray(spans)) traceSpans.textContent = spans;
}

/** The spans, or why there are none. */
async function fetchTrace(id) {
  try {
    const response = await ask(`/v1/traces/${id}`);
    const body = await response.json();
    return response.ok ? body.spans : body.detail;
  } catch {
    return 'The gateway does not answer.';
  }
}

function showTrace(id, spans) {
  const start = Math.min(...spans.map((span) => span.startUs));
  const end = Math.max(...spans.map((span) => span.startUs + span.durationUs));
  const services = [...new Set(spans.map((span) => span.service))].sort();
  // A phase has a quorum of its own, which decides nothing.
  const round = spans.find(
    ({ attributes }) => attributes['synod.quorum.completed_by'] && attributes['synod.phase'] === undefined,
  );
  const caused = spans.find((span) => span.attributes['synod.cause']);
  const facts = [
    `${ms((end - start) / 1000)} ms`,
    `${spans.length} spans of ${services.length} services`,
    ...(round ? [`quorum by ${round.attributes['synod.quorum.completed_by']}`] : []),
    ...(round?.attributes['synod.slowest_stage'] ? [`slowest: ${round.attributes['synod.slowest_stage']}`] : []),
    ...(caused ? [`cause: ${inWords(caused.attributes['synod.cause'])}`] : []),
    id,
  ];
  traceAbout.textContent = facts.join(' · ');
  const scale = { start, whole: Math.max(1, end - start), services };
  traceSpans.replaceChildren(...rowsOf(spans).map((row) => spanRow(row, scale)));
}

/** Depth first, children and moments in order of time. A span whose parent is not here stands at the top. */
function rowsOf(spans) {
  const known = new Set(spans.map((span) => span.spanId));
  const children = new Map();
  for (const span of [...spans].sort((a, b) => a.startUs - b.startUs)) {
    const parent = known.has(span.parentId) ? span.parentId : undefined;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const rows = [];
  const shown = new Set();
  const walk = (span, depth) => {
    if (shown.has(span.spanId)) return;
    shown.add(span.spanId);
    const cause = span.attributes['synod.cause'];
    const name = cause ? `${span.name} (${inWords(cause)})` : span.name;
    rows.push({ span, depth, at: span.startUs, durationUs: span.durationUs, name });
    const inside = [
      ...(children.get(span.spanId) ?? []).map((child) => ({ at: child.startUs, child })),
      ...span.events.map((event) => ({ at: event.atUs, event })),
    ].sort((a, b) => a.at - b.at);
    for (const { at, child, event } of inside) {
      if (child) walk(child, depth + 1);
      else rows.push({ span, depth: depth + 1, at, name: [event.name, ...Object.values(event.attributes)].join(' ') });
    }
  };
  for (const root of children.get(undefined) ?? []) walk(root, 0);
  return rows;
}

function spanRow({ span, depth, at, durationUs, name }, { start, whole, services }) {
  const isEvent = durationUs === undefined;
  const row = document.createElement('div');
  row.className = `span${isEvent ? ' event' : ''}${span.error && !isEvent ? ' failed' : ''}`;
  const hue = hues[services.indexOf(span.service) % hues.length];
  row.style.setProperty('--service', `light-dark(oklch(0.52 0.13 ${hue}), oklch(0.76 0.11 ${hue}))`);
  row.style.setProperty('--depth', String(depth));
  const text = (className, content) => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = content;
    row.append(element);
    return element;
  };
  text('service', span.service);
  const what = text('what', name.replace('synod.{cluster}.{group}.{from}.{to}.', ''));
  what.title = span.error && !isEvent ? `${name}: ${span.error}` : name;
  const line = text('line', '');
  const mark = document.createElement(isEvent ? 'u' : 'i');
  mark.style.left = `${((100 * (at - start)) / whole).toFixed(3)}%`;
  if (!isEvent) mark.style.width = `${((100 * durationUs) / whole).toFixed(3)}%`;
  mark.title = `after ${ms((at - start) / 1000)} ms`;
  line.append(mark);
  text('took', isEvent ? `+${ms((at - start) / 1000)}` : ms(durationUs / 1000));
  return row;
}

/** `leaderSilent` is `leader silent`. */
function inWords(cause) {
  return cause.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function ms(time) {
  return time >= 100 ? time.toFixed(0) : time >= 10 ? time.toFixed(1) : time.toFixed(2);
}
