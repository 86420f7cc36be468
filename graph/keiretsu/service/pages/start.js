// The explorer: reads the address, asks the server, shows the answer.

import { get } from './api.js';
import { editor, questions } from './ask.js';
import { at, make, tell } from './dom.js';
import { control, holdings, owners, picture, timeline, votes } from './party.js';
import { finder } from './search.js';
import { closing } from './sources.js';
import { here, read } from './state.js';

const TABS = [
  ['picture', 'View', picture],
  ['owners', 'Owners', owners],
  ['holdings', 'Holdings', holdings],
  ['control', 'Control', control],
  ['votes', 'Votes', votes],
  ['timeline', 'Timeline', timeline],
  ['questions', 'Questions', questions],
  ['sparql', 'SPARQL', editor],
];
const WITHOUT_PARTY = new Set(['questions', 'sparql']);
const labels = new Map();
let horizon = '';
let asking = new AbortController();

function tabs() {
  const list = at('tabs');
  list.replaceChildren(...TABS.map(([name, words]) => make('button', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'answer',
    class: name === 'questions' ? 'apart' : null,
    on: { click: () => { location.hash = here({ tab: name }); } } }, words)));
  list.addEventListener('keydown', (event) => {
    const all = [...list.children];
    const now = all.indexOf(document.activeElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = all[(next + all.length) % all.length];
    tab.focus();
    tab.click();
  });
}

function mark(name) {
  for (const tab of at('tabs').children) {
    const selected = tab.id === `tab-${name}`;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    if (selected) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  at('answer').setAttribute('aria-labelledby', `tab-${name}`);
}

async function labelOf(party, signal) {
  if (!party) return '';
  if (!labels.has(party)) {
    const { parties } = await get('/api/search', { text: party, limit: 1 }, signal);
    labels.set(party, parties[0]?.party_id === party ? parties[0].party : party);
  }
  return labels.get(party);
}

function welcome() {
  return [make('h1', {}, 'Who holds what in whom, who controls whom, and who says so?'),
    make('div', { class: 'welcome' },
      make('p', {}, 'Type a name above to see its owners, holdings, control with reasons, votes and timeline, each statement with its sources.'),
      make('p', {}, 'Or ask one of the questions that have a name, or write a SPARQL query of your own.'))];
}

async function render() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const state = read();
  const [name, words, show] = TABS.find(([one]) => one === state.tab) ?? TABS[0];
  mark(name);
  at('as-of').value = state['as-of'] || horizon;
  at('known-at').value = state['known-at'];
  const place = at('answer');
  place.setAttribute('aria-busy', 'true');
  try {
    state.label = await labelOf(state.party, signal);
    if (document.activeElement !== at('party')) at('party').value = state.label;
    document.title = state.label ? `${state.label}: ${words} · Keiretsu` : 'Keiretsu explorer';
    const needed = !state.party && !WITHOUT_PARTY.has(name);
    const heading = WITHOUT_PARTY.has(name) ? words : state.label;
    const made = needed ? welcome()
      : [make('h1', {}, heading), make('p', { class: 'lead' }, lead(state, name)), ...await show(state, signal)];
    if (signal.aborted) return;
    place.replaceChildren(...made.filter(Boolean));
    tell(needed ? 'no party is chosen' : `${words}: ${heading}`);
  } catch (error) {
    if (signal.aborted) return;
    place.replaceChildren(make('h1', {}, state.label || words), make('div', { class: 'notice', role: 'alert' },
      make('p', {}, error.message), error.mend ? make('p', { class: 'quiet' }, error.mend) : null));
  } finally {
    if (!signal.aborted) place.setAttribute('aria-busy', 'false');
  }
}

function lead(state, name) {
  if (name === 'questions') return 'Questions that have a name, with what they take.';
  if (name === 'sparql') return 'Over the claims of all sources and the ontology; each query has a time limit.';
  const day = name === 'timeline' ? `Until ${state['as-of'] || horizon}` : `As of ${state['as-of'] || horizon}`;
  return state['known-at'] ? `${day}, by what could be known on ${state['known-at']}` : day;
}

async function begin() {
  tabs();
  closing();
  finder((party) => {
    labels.set(party.id, party.label);
    location.hash = here({ party: party.id, tab: WITHOUT_PARTY.has(read().tab) ? 'owners' : read().tab });
  });
  for (const name of ['as-of', 'known-at']) {
    at(name).addEventListener('change', (event) => { location.hash = here({ [name]: event.target.value }); });
  }
  addEventListener('hashchange', () => {
    at('evidence').close(); // what it tells is of the page that is left
    render();
  });
  try {
    const info = await get('/api/info');
    horizon = info.horizon ?? new Date().toISOString().slice(0, 10);
    at('dataset').textContent = `${info.counts.parties} parties, ${info.counts.holdings} holdings, dataset ${info.dataset}, Keiretsu ${info.keiretsu}`;
  } catch (error) {
    at('dataset').textContent = error.message;
  }
  await render();
}

begin();
