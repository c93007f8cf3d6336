/* global document, fetch, sessionStorage, dispatchEvent, Event */
/* Who looks: a gateway with tokens wants one. It is entered once, and kept by this tab until it is closed. */
'use strict';

const tokenForm = document.getElementById('token');
const tokenField = document.getElementById('token-field');
const tokenAbout = document.getElementById('token-about');
const tokenName = 'synod-token';

/** As `fetch`, in the name of who looks; asks for a token when the gateway wants one. */
globalThis.ask = async (path, headers = {}) => {
  const token = sessionStorage.getItem(tokenName);
  const answer = await fetch(path, { headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers });
  if (answer.status === 401) wantToken(token);
  else tokenForm.hidden = true;
  return answer;
};

function wantToken(refused) {
  sessionStorage.removeItem(tokenName);
  tokenAbout.textContent = refused ? 'The gateway does not know this token.' : 'This gateway wants to know who asks.';
  tokenForm.hidden = false;
}

tokenForm.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(tokenName, tokenField.value.trim());
  tokenField.value = '';
  tokenForm.hidden = true;
  dispatchEvent(new Event('token'));
});
