// Questions with names, and queries of one's own.

import { get, sparql } from './api.js';
import { make, save, tell } from './dom.js';
import { here } from './state.js';
import { results } from './tables.js';

const EXAMPLES = [
  ['Holdings of more than half', `SELECT ?holder ?issuer ?percent {
  ?claim a kei:Holding ; kei:holder/rdfs:label ?holder ; kei:issuer/rdfs:label ?issuer ;
    kei:capitalPercentMin ?percent .
  FILTER (?percent > 50)
} ORDER BY DESC(?percent) LIMIT 50`],
  ['Documents by number of claims', `SELECT ?title ?publisher (COUNT(?claim) AS ?claims) {
  ?claim kei:reportedIn ?document .
  ?document kei:title ?title .
  OPTIONAL { ?document kei:publisher ?publisher }
} GROUP BY ?title ?publisher ORDER BY DESC(?claims) LIMIT 20`],
  ['Everything about persons', `DESCRIBE ?person { ?person a kei:Person } LIMIT 5`],
];
const INPUTS = { date: 'date', integer: 'number', decimal: 'text', party: 'text', text: 'text' };

/** Show what an asking gives, or its problem, in a place. */
async function put(place, asking) {
  place.setAttribute('aria-busy', 'true');
  place.replaceChildren(make('p', { class: 'quiet' }, 'Asking …'));
  try {
    place.replaceChildren(...await asking());
    tell('answered');
  } catch (error) {
    const mend = error.mend ? make('p', { class: 'quiet' }, error.mend) : null;
    place.replaceChildren(make('div', { class: 'notice', role: 'alert' }, make('p', {}, error.message), mend));
  } finally {
    place.setAttribute('aria-busy', 'false');
  }
}

function field(parameter, state) {
  const id = `parameter-${parameter.name}`;
  const known = { party: state.label, date: state['as-of'] };
  const value = parameter.default ?? known[parameter.kind] ?? '';
  const given = parameter.kind === 'date' && state['as-of'] ? state['as-of'] : value;
  return make('div', { class: 'field' },
    make('label', { for: id }, parameter.name.replaceAll('_', ' ')),
    make('input', { id, name: parameter.name, type: INPUTS[parameter.kind] ?? 'text', value: given,
      required: parameter.default === null }));
}

export async function questions(state, signal) {
  const { queries } = await get('/api/questions', {}, signal);
  const asked = queries.find((one) => one.name === state.question) ?? queries[0];
  const place = make('div', { id: 'result' });
  const select = make('select', { id: 'question', on: {
    change: (event) => { location.hash = here({ question: event.target.value }); } } },
  queries.map((one) => make('option', { value: one.name, selected: one === asked },
    `${one.name.split('-')[0].toUpperCase()} · ${one.question}`)));
  const form = make('form', { class: 'question', on: { submit: (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(form));
    put(place, async () => {
      const found = await get(`/api/questions/${asked.name}`, given);
      return [results(found, { caption: asked.question, file: asked.name })];
    });
  } } },
  make('div', { class: 'field wide' }, make('label', { for: 'question' }, 'Question'), select),
  asked.parameters.map((one) => field(one, state)),
  make('button', { type: 'submit', class: 'main' }, 'Ask'));
  return [form, place];
}

export async function editor(state) {
  const place = make('div', { id: 'result' });
  const kept = sessionStorage.getItem('query') ?? EXAMPLES[0][1];
  const text = make('textarea', { id: 'query', spellcheck: 'false', autocapitalize: 'off',
    'aria-describedby': 'query-help' });
  text.value = kept;
  const form = make('form', { class: 'question', on: { submit: (event) => {
    event.preventDefault();
    sessionStorage.setItem('query', text.value);
    put(place, async () => shown(await sparql(text.value)));
  } } },
  make('div', { class: 'field' }, make('label', { for: 'example' }, 'Example'),
    make('select', { id: 'example', on: { change: (event) => { text.value = EXAMPLES[event.target.value][1]; } } },
      EXAMPLES.map(([name], number) => make('option', { value: number }, name)))),
  make('div', { class: 'field wide' }, make('label', { for: 'query' }, 'SPARQL query'), text,
    make('span', { id: 'query-help', class: 'quiet' },
      'SELECT, ASK, CONSTRUCT or DESCRIBE; kei:, rdfs: and others need no declaration. Ctrl+Enter runs it.')),
  make('button', { type: 'submit', class: 'main' }, 'Run'));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return [form, place];
}

function shown(found) {
  if (found.turtle !== undefined) {
    return [make('div', { class: 'bar' }, make('div', { class: 'end' },
      make('button', { type: 'button', class: 'small', on: {
        click: () => save('answer.ttl', 'text/turtle', found.turtle) } }, 'Download Turtle'))),
    make('pre', { tabindex: '0' }, found.turtle)];
  }
  if (found.boolean !== undefined) return [make('p', {}, found.boolean ? 'Yes.' : 'No.')];
  return [results(found, { caption: 'Answer', file: 'answer' })];
}
