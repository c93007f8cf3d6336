import { createHash } from 'node:crypto';
import type { Answer } from '../http/operation.js';
import access from './access.client.js';
import ledger from './ledger.client.js';
import ledgerStyle from './ledger.css';
import members from './members.client.js';
import live from './page.client.js';
import style from './page.css';
import html from './page.html';
import roundsStyle from './rounds.css';
import trace from './trace.client.js';
import traceStyle from './trace.css';

const parts = {
  'page.css': style,
  'rounds.css': roundsStyle,
  'ledger.css': ledgerStyle,
  'trace.css': traceStyle,
  'access.client.js': access,
  'trace.client.js': trace,
  'members.client.js': members,
  'ledger.client.js': ledger,
  'page.client.js': live,
};

/** Everything is in the document; nothing else may be loaded, and no other script may run. */
const pageSource = Object.entries(parts).reduce(
  (page, [name, text]) => page.replace(`/* ${name} */`, () => text),
  html,
);

const policy = [
  "default-src 'none'",
  `style-src ${hashesOf('style')}`,
  `script-src ${hashesOf('script')}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /` */
export function page(): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: pageSource,
  };
}

function hashesOf(element: 'style' | 'script'): string {
  const contents = pageSource.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'));
  return [...contents].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`).join(' ');
}
