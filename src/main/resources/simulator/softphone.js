'use strict';

// The parent page gives the access token; this page connects, reconnects, and shows the line as text.
const state = document.getElementById('state');
const lines = document.getElementById('lines');
const questions = document.getElementById('questions');
const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const KEPT_LINES = 60;

let token = null;
let parentOrigin = '*';
let stream = null;
let retry = 0;
let timer = 0;
let call = null;

window.addEventListener('message', (event) => {
  const data = event.data;
  if (event.source !== window.parent || !LOOPBACK.test(event.origin)) return;
  if (!data || data.type !== 'raccroche-token' || typeof data.token !== 'string') return;
  parentOrigin = event.origin;
  const fresh = data.token !== token;
  token = data.token;
  if (fresh || !stream) connect();
});

async function connect() {
  clearTimeout(timer);
  if (stream) stream.close();
  stream = null;
  try {
    const answer = await post('connect', {});
    if (answer.status === 401) return lost('Casque non connecté : l’accès a expiré', false);
    if (!answer.ok) return lost('Casque non connecté', true);
    const { callSid } = await answer.json();
    listen(callSid);
  } catch {
    lost('Casque non connecté', true);
  }
}

function listen(callSid) {
  const source = new EventSource(`/client/events?callSid=${encodeURIComponent(callSid)}`);
  stream = source;
  source.onmessage = (event) => {
    if (source !== stream) return;
    const heard = JSON.parse(event.data);
    if (!heard.connected) return drop(source);
    retry = 0;
    show(true, 'Casque connecté');
    if (heard.callSid !== call) newCall(heard.callSid);
    heard.lines.forEach(say);
    ask(heard.questions);
  };
  source.onerror = () => { if (source === stream) drop(source); };
}

function drop(source) {
  source.close();
  stream = null;
  ask([]);
  lost('Casque non connecté', true);
}

function lost(text, again) {
  show(false, text);
  if (again) timer = setTimeout(connect, Math.min(5000, 250 * 2 ** retry++));
}

function show(connected, text) {
  const changed = state.dataset.connected !== String(connected) || state.textContent !== text;
  if (!changed) return;
  state.dataset.connected = String(connected);
  state.textContent = text;
  tell(connected);
}

function tell(connected) {
  if (window.parent !== window) window.parent.postMessage({ type: 'raccroche-audio', connected }, parentOrigin);
}

function newCall(callSid) {
  call = callSid;
  if (callSid) lines.replaceChildren();
}

function say(line) {
  const item = document.createElement('li');
  const speaker = document.createElement('b');
  speaker.textContent = `${line.speaker} : `;
  item.append(speaker, line.text);
  lines.append(item);
  while (lines.children.length > KEPT_LINES) lines.firstChild.remove();
  lines.parentElement.scrollTop = lines.parentElement.scrollHeight;
}

function ask(offered) {
  const key = offered.map((question) => question.text).join('|');
  if (questions.dataset.key === key) return;
  questions.dataset.key = key;
  questions.replaceChildren(...offered.map((question) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = question.text;
    button.title = question.text;
    button.addEventListener('click', () => post('ask', { question: question.name }));
    return button;
  }));
}

// While somebody is on the line the desk's keys work from in here too.
window.addEventListener('keydown', (event) => {
  const { key, code, ctrlKey, altKey, metaKey, repeat } = event;
  const plain = !ctrlKey && !altKey && !metaKey && (/^(Digit|Numpad)[1-9]$/.test(code) || /^[no?]$/i.test(key));
  const command = altKey && !ctrlKey && ['KeyR', 'KeyM', 'KeyJ'].includes(code);
  const meant = plain || command || (ctrlKey && !altKey && key === 'Enter');
  if (!meant || !call || window.parent === window) return;
  event.preventDefault();
  window.parent.postMessage({ type: 'raccroche-key', key, code, ctrlKey, altKey, repeat }, parentOrigin);
});

function post(action, fields) {
  return fetch(`/client/${action}`, { method: 'POST', body: new URLSearchParams({ token, ...fields }) });
}

tell(false);
