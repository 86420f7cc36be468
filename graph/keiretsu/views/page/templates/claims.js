/* What is claimed, by whom, and how to retrieve it: the evidence behind a line or a box. */

/* A document's address becomes a link only if it was found safe when the page was made. */
function source(number) {
  const one = data.claims[number];
  const strong = one.words.length === 1 && one.words[0] === 'sourced';
  let title = make('span', '', one.title);
  if (one.link) {
    title = make('a', '', one.title);
    title.href = one.link;
    title.rel = 'noopener noreferrer';
    title.target = '_blank';
  }
  return make('div', 'source',
    title,
    one.about ? make('small', '', one.about) : '',
    one.url ? make('small', '', one.url) : '',
    one.text ? make('p', '', one.text) : '',
    one.valid ? make('small', '', `Valid: ${one.valid}`) : '',
    make('small', strong ? 'trust' : 'trust weak', one.words.join(', ')),
  );
}

function sourcesOf(link) {
  return [
    make('h3', '', link.evidence.length === 1 ? 'Source' : 'Sources'),
    ...(link.evidence.length ? link.evidence.map(source)
      : [make('p', 'quiet', 'No source is told.')]),
    ...(link.conflicts.length ? [make('h3', '', 'Other claims, passed over'),
      ...link.conflicts.map(source)] : []),
  ];
}

/* The query that retrieves the claims, ready to be copied. */
function queryOf(thing) {
  const query = links.has(thing.name) ? queryOfLink(thing) : queryOfParty(thing);
  if (!query) return [];
  const text = make('textarea', 'query');
  text.value = query;
  text.readOnly = true;
  text.rows = Math.min(12, query.split('\n').length);
  text.spellcheck = false;
  text.setAttribute('aria-label', 'SPARQL query that retrieves these claims');
  const button = make('button', '', 'Copy');
  button.type = 'button';
  button.addEventListener('click', () => copy(text));
  return [make('details', 'retrieve', make('summary', '', 'SPARQL for these claims'), text, button)];
}

function queryOfLink(link) {
  const claims = [...link.evidence, ...link.conflicts].map((number) => data.claims[number]);
  const iris = [...new Set(claims.filter((one) => one.iri).map((one) => `<${one.claim}>`))].sort();
  return iris.length ? [data.link_query[0], ...iris, data.link_query[1]].join(' ') : null;
}

function queryOfParty(party) {
  return party.iri ? data.party_query.join(`<${party.id}>`) : null;
}

/* Where a page may not reach the clipboard, the text is marked for the reader to copy. */
async function copy(text) {
  text.focus();
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    announce('The query is copied');
  } catch {
    announce('The query is selected: copy it with your keyboard');
  }
}
