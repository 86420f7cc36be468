// Who says so: the sources of a claim, and all that the data has of it.

import { sparql } from './api.js';
import { at, make, webLink } from './dom.js';
import { results } from './tables.js';

const IRI = /^[a-z][a-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/i;

/** A button that shows sources; text where there are none. */
export function sourcesButton(sources, about) {
  if (!sources?.length) return make('span', { class: 'quiet' }, 'computed');
  const many = `${sources.length} ${sources.length === 1 ? 'source' : 'sources'}`;
  const name = { 'aria-label': `${many}: ${about}` };
  return make('button', { type: 'button', class: 'small', ...name, on: {
    click: () => show(sources, about) } }, many);
}

/** What a file has of sources. */
export function sourcesText(sources) {
  return (sources ?? []).map((one) =>
    [one.title, one.publisher, one.date, one.url].filter(Boolean).join(', ')).join('; ');
}

function show(sources, about) {
  at('evidence-title').textContent = about;
  at('evidence-body').replaceChildren(...sources.map(source));
  at('evidence').showModal();
  at('evidence-title').focus();
}

function source(one) {
  const title = one.title || 'A document without a title';
  const told = [one.publisher, one.date].filter(Boolean).join(', ');
  const tags = [one.sourcing, one.status, one.valid && `valid ${one.valid}`].filter(Boolean);
  const link = one.url ? webLink(one.url, one.url) : null;
  const statements = make('div');
  const more = make('button', { type: 'button', class: 'small', on: {
    click: () => tellAll(one.claim_id, statements) } }, 'All statements of this claim');
  return make('article', { class: 'source' },
    make('h3', {}, title), told ? make('p', {}, told) : null,
    one.url ? make('p', {}, link ?? make('span', { class: 'quiet' }, `not a web address: ${one.url}`)) : null,
    make('ul', { class: 'tags' }, tags.map((tag) => make('li', {}, tag))),
    make('p', { class: 'kind' }, one.claim_id ?? ''),
    one.claim_id && IRI.test(one.claim_id) ? more : null, statements);
}

async function tellAll(claim, place) {
  const query = `SELECT ?property ?value { <${claim}> ?property ?value } ORDER BY ?property ?value`;
  try {
    const found = await sparql(query);
    place.replaceChildren(results(found, { caption: 'Statements', file: 'claim' }));
  } catch (error) {
    place.replaceChildren(make('p', { class: 'notice', role: 'alert' }, error.message));
  }
}

export function closing() {
  at('evidence-close').addEventListener('click', () => at('evidence').close());
}
