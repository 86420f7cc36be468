/* The panel: what is claimed of the chosen party or link, and by whom. */

const detail = byId('detail');

function showDetail() {
  const party = parties.get(state.chosen);
  const link = links.get(state.chosen);
  const asked = litParties.size > 0;
  const parts = party ? aboutParty(party) : link ? aboutLink(link) : asked ? aboutChains() : [];
  detail.replaceChildren(...parts);
  detail.hidden = !parts.length;
  byId('about').hidden = !detail.hidden;
  detail.scrollTop = 0;
  byId('panel').scrollTop = 0;
  if (parts.length) keepInSight(party || link);
}

/* In a narrow window details rise from below: what they are about moves up, above them. */
function keepInSight(thing) {
  if (!isNarrow() || !thing?.placed || byId('graph-panel').hidden) return;
  chart.scrollIntoView({ block: 'start' });
  const [x, y] = parties.has(thing.name) ? centre(thing) : thing.at;
  moved = true;
  network.moveTo({ position: { x, y }, offset: { x: 0, y: aboveDetails() } });
}

/* How far from the middle of the picture, in pixels, the middle of what is left of it lies. */
function aboveDetails() {
  if (!isNarrow() || detail.hidden) return 0;
  const { top, height } = chart.getBoundingClientRect();
  const middle = (Math.max(top, 0) + window.innerHeight - detail.offsetHeight) / 2;
  return middle - top - height / 2;
}

/* Opened with the keyboard, the panel takes the focus; Escape gives it back. */
function openByKey(name) {
  choose(name);
  detail.querySelector('h2').focus();
}

function heading(text) {
  return closable(text, () => choose(null));
}

function closable(text, onClose) {
  const title = make('h2', '', text);
  title.tabIndex = -1;
  const close = make('button', 'square', '×');
  close.type = 'button';
  close.setAttribute('aria-label', 'Close details');
  close.addEventListener('click', () => {
    onClose();
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
  const offices = shown.filter((link) => link.kind === 'office');
  const holdings = shown.filter((link) => link.kind !== 'office');
  const above = holdings.filter((link) => link.issuer === party.name);
  const below = holdings.filter((link) => link.holder === party.name);
  return [
    heading(party.label),
    party.subtitle ? make('p', 'quiet', party.subtitle) : '',
    tags([party.supposition, party.kind, party.country, party.focus ? 'subject of this page' : '']),
    party.facts.length ? pairs(party.facts) : '',
    ...leftOut(party),
    ...foldButtons(party),
    ...chainButtons(party),
    ...stakes('Held by', above, (link) => link.holder),
    ...stakes('Holds', below, (link) => link.issuer),
    ...stakes('Offices', offices.filter((link) => link.issuer === party.name), (link) => link.holder),
    ...stakes('Holds office in', offices.filter((link) => link.holder === party.name),
      (link) => link.issuer),
    ...(above.length + below.length ? [] : [make('p', 'quiet', 'No holding is shown here.')]),
    ...analysesOf(party),
    ...queryOf(party),
  ];
}

function leftOut(party) {
  const [above, below] = party.more;
  const parts = [
    above ? counted(above, 'further holder') : '', below ? counted(below, 'further holding') : '',
  ];
  const words = parts.filter(Boolean).join(' and ');
  return words ? [make('p', 'quiet', `Not in this picture: ${words}.`)] : [];
}

/* From here, or to here: the first party of a chain, and then its last. */
function chainButtons(party) {
  if (party.members.length) return [];
  const buttons = [['from', 'Chains from here'], ['to', 'Chains to here']].map(([end, words]) => {
    const button = make('button', '', words);
    button.type = 'button';
    button.addEventListener('click', () => askForChains({ [end]: party.name }));
    return button;
  });
  return [make('p', 'buttons', ...buttons)];
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
  const sources = link.evidence.map((number) => data.claims[number]).map(
    (one) => `${[one.title, one.about].filter(Boolean).join(', ')} (${one.words.join(', ')})`,
  );
  return make('div', 'stake',
    name,
    amounts(link),
    ...[link.why, ...link.doubt, ...link.beside].filter(Boolean).map((word) => make('small', '', word)),
    make('small', '', sources.join('; ') || (link.record ? 'no source is told' : '')),
  );
}

function amounts(link) {
  const box = make('div', 'amount');
  if (link.kind === 'acts-for') box.append('acts for');
  if (link.kind === 'office') box.append(make('small', '', link.office));
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
    make('p', '', link.because ? link.sentence.replace(` (${link.why})`, '') : link.sentence),
    link.doubt.length + link.beside.length ? tags([...link.doubt, ...link.beside]) : '',
    link.shares.length ? pairs(link.shares) : '',
    ...(link.because ? [make('h3', '', 'Why the votes differ'), make('p', '', link.because)] : []),
    ...(link.remarks.length ? [make('h3', '', 'How it was reached'),
      make('ul', 'notes', ...link.remarks.map((text) => make('li', '', text)))] : []),
    ...historyOf(link),
    ...(link.kind === 'stacked' ? [] : sourcesOf(link)),
    make('h3', '', 'Parties'),
    ...ends.map((party) => jump(party)),
    ...queryOf(link),
  ];
}

function jump(party) {
  const name = make('button', '', party.label);
  name.type = 'button';
  name.addEventListener('click', () => openByKey(party.name));
  return make('div', 'stake', name);
}

function startPanel() {
  followers.push(showDetail);
  byId('panel').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (state.chosen) choose(null);
    else if (litParties.size) askForChains({ from: '', to: '' });
    chart.focus();
  });
}
