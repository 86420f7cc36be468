/* The panel: what is claimed of the chosen party or link, and by whom. */

const detail = byId('detail');

function showDetail() {
  const party = parties.get(state.chosen);
  const link = links.get(state.chosen);
  detail.replaceChildren(...(party ? aboutParty(party) : link ? aboutLink(link) : []));
  detail.hidden = !party && !link;
  byId('about').hidden = !detail.hidden;
  detail.scrollTop = 0;
  byId('panel').scrollTop = 0;
}

/* Opened with the keyboard, the panel takes the focus; Escape gives it back. */
function openByKey(name) {
  choose(name);
  detail.querySelector('h2').focus();
}

function heading(text) {
  const title = make('h2', '', text);
  title.tabIndex = -1;
  const close = make('button', 'square', '×');
  close.type = 'button';
  close.setAttribute('aria-label', 'Close details');
  close.addEventListener('click', () => {
    choose(null);
    chart.focus();
  });
  return make('div', 'title-row', title, close);
}

function tags(words) {
  return make('ul', 'tags', ...words.filter(Boolean).map((word) => make('li', '', word)));
}

function pairs(list) {
  return make('dl', 'facts', ...list.flatMap(([name, text]) => [
    make('dt', '', name), make('dd', '', text),
  ]));
}

function aboutParty(party) {
  const shown = shownLinks();
  const above = shown.filter((link) => link.issuer === party.name);
  const below = shown.filter((link) => link.holder === party.name);
  return [
    heading(party.label),
    party.subtitle ? make('p', 'quiet', party.subtitle) : '',
    tags([party.kind, party.country, party.focus ? 'subject of this page' : '']),
    party.facts.length ? pairs(party.facts) : '',
    ...stakes('Held by', above, (link) => link.holder),
    ...stakes('Holds', below, (link) => link.issuer),
    ...(above.length + below.length ? [] : [make('p', 'quiet', 'No holding is shown here.')]),
  ];
}

function stakes(title, list, other) {
  if (!list.length) return [];
  const weight = (link) => Math.max(link.capital?.high ?? 0, link.votes?.high ?? 0);
  const sorted = [...list].sort((a, b) => weight(b) - weight(a));
  return [make('h3', '', title), ...sorted.map((link) => stake(link, parties.get(other(link))))];
}

function stake(link, other) {
  const name = make('button', '', other.label);
  name.type = 'button';
  name.setAttribute('aria-description', link.sentence);
  name.addEventListener('click', () => openByKey(link.name));
  const sources = link.evidence.map(
    (one) => `${[one.title, one.about].filter(Boolean).join(', ')} (${one.words.join(', ')})`,
  );
  return make('div', 'stake',
    name,
    amounts(link),
    ...[link.why, ...link.doubt].filter(Boolean).map((word) => make('small', '', word)),
    make('small', '', sources.join('; ') || 'no source is told'),
  );
}

function amounts(link) {
  const box = make('div', 'amount');
  const same = link.capital && link.votes && link.capital.text === link.votes.text;
  if (same) box.append(make('span', '', link.capital.text));
  else {
    if (link.capital) box.append(make('span', 'capital', `${link.capital.text} capital`));
    if (link.silent) box.append(make('span', 'votes', 'no votes'));
    else if (link.votes) box.append(make('span', 'votes', `${link.votes.text} ${data.votes_word}`));
  }
  return box;
}

function aboutLink(link) {
  const ends = [parties.get(link.holder), parties.get(link.issuer)];
  return [
    heading(`${ends[0].label} → ${ends[1].label}`),
    make('p', '', link.sentence),
    link.doubt.length ? tags(link.doubt) : '',
    link.shares.length ? pairs(link.shares) : '',
    ...(link.why ? [make('h3', '', 'Why the votes differ'), make('p', '', link.why)] : []),
    ...(link.remarks.length ? [make('h3', '', 'How it was reached'),
      make('ul', 'notes', ...link.remarks.map((text) => make('li', '', text)))] : []),
    make('h3', '', link.evidence.length === 1 ? 'Source' : 'Sources'),
    ...(link.evidence.length ? link.evidence.map(source)
      : [make('p', 'quiet', 'No source is told.')]),
    make('h3', '', 'Parties'),
    ...ends.map((party) => jump(party)),
  ];
}

function jump(party) {
  const name = make('button', '', party.label);
  name.type = 'button';
  name.addEventListener('click', () => openByKey(party.name));
  return make('div', 'stake', name);
}

/* A document's address becomes a link only if it was found safe when the page was made. */
function source(one) {
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

function startPanel() {
  followers.push(showDetail);
  byId('panel').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    choose(null);
    chart.focus();
  });
}
