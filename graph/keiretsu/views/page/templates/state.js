/* What the reader has chosen, and what is therefore shown. */

const state = {
  metric: data.metric,
  threshold: 0,
  /* Name of the chosen party or link. */
  chosen: null,
  /* Name of the party on which the arrow keys stand. */
  cursor: null,
  search: '',
  /* Which arrangement is drawn, and whether the narrow layout of it. */
  arrangement: data.arrangements[0][0],
  shape: 'wide',
  moment: data.moment,
  /* Key of the overlay that is marked, or null. */
  overlay: data.mark,
  /* Sides of parties that are hidden, as "n3 above". */
  folds: new Set(),
  /* Ends of the chains that are looked for. */
  from: '',
  to: '',
};

/* Links and parties of the arrangement that is drawn; see useLayout. */
let placedLinks = [];
let placedParties = [];

/* Lines that carry no share: no threshold hides them. */
const TIES = ['acts-for', 'office'];

/* Whether a link is so at the moment chosen. */
function isNow(link) {
  return isAt(link.during);
}

/* What has no moments is always so. */
function isAt(during) {
  return during === null || during.includes(state.moment);
}

/* A link passes if it may reach the threshold; what is not known is never hidden. */
function passes(link) {
  if (!isNow(link)) return false;
  if (TIES.includes(link.kind)) return true;
  const shares = {
    capital: [link.each || link.capital],
    votes: [link.each || link.votes],
    both: link.each ? [link.each] : [link.capital, link.votes],
  }[state.metric].filter(Boolean);
  if (!shares.length) return state.threshold === 0;
  return Math.max(...shares.map((share) => share.high)) >= state.threshold;
}

function isShown(link) {
  return passes(link) && !hiddenParties.has(link.holder) && !hiddenParties.has(link.issuer);
}

function shownLinks() {
  return placedLinks.filter(isShown);
}

/* Holdings as they were recorded, of what is shown: a stack stands for those of its members, and
   a shortened chain for its links; of two worlds drawn in part only what is drawn is meant. */
function isShownRecord(link) {
  return isShown(link) && (state.arrangement !== 'differs' || link.placed);
}

function shownRecords() {
  return data.links.filter((link) => link.row && isShownRecord(link));
}

/* A party stands alone if every link that it has is hidden. */
let standing = new Set();

function refreshStanding() {
  const tied = new Set();
  standing = new Set();
  for (const link of placedLinks) {
    tied.add(link.holder).add(link.issuer);
    if (isShown(link)) standing.add(link.holder).add(link.issuer);
  }
  for (const party of placedParties) if (!tied.has(party.name)) standing.add(party.name);
}

function partiesNamed(text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  return data.parties.filter(
    (party) => folded(party.label).includes(wanted) || folded(party.id).includes(wanted) ||
      party.facts.some(([, fact]) => folded(fact).includes(wanted)),
  );
}

/* How strongly something is drawn: 1 in full, less if attention is elsewhere. */
const FADED = 0.16;
const ALONE = 0.35;

function strengthOfParty(party) {
  if (state.search.trim()) return foundNames.has(party.name) ? 1 : FADED;
  if (litParties.size) return litParties.has(party.name) ? 1 : FADED;
  if (state.chosen) return near.has(party.name) ? 1 : FADED;
  return standing.has(party.name) ? 1 : ALONE;
}

function strengthOfLink(link) {
  if (state.search.trim()) {
    return foundNames.has(link.holder) || foundNames.has(link.issuer) ? 1 : FADED;
  }
  if (litParties.size) return litLinks.has(link.name) ? 1 : FADED;
  if (!state.chosen) return 1;
  return [link.name, link.holder, link.issuer].includes(state.chosen) ? 1 : FADED;
}

/* Names of what was found, and of what is chosen with its neighbours. */
let foundNames = new Set();
let near = new Set();

function refreshNear() {
  foundNames = new Set(partiesNamed(state.search).map((party) => party.name));
  near = new Set([state.chosen]);
  const link = links.get(state.chosen);
  if (link) near.add(link.holder).add(link.issuer);
  for (const one of shownLinks()) {
    if (one.holder === state.chosen || one.issuer === state.chosen) {
      near.add(one.holder).add(one.issuer);
    }
  }
}

/* Change the state and let every part of the page follow. */
const followers = [];

function change(changes) {
  Object.assign(state, changes);
  if ('arrangement' in changes || 'shape' in changes) useLayout();
  refreshHidden();
  refreshStanding();
  refreshChains();
  refreshNear();
  for (const follow of followers) follow();
}

/* A party inside a stack is shown by the arrangement that draws every party. */
function reveal(name) {
  const needed = [parties.get(name)?.name, links.get(name)?.holder, links.get(name)?.issuer];
  const missing = needed.filter(Boolean).some((one) => !parties.get(one).placed);
  if (missing && name !== null) change({ arrangement: 'every' });
  if (needed.some((one) => one && hiddenParties.has(one))) change({ folds: new Set() });
}

function choose(name) {
  reveal(name);
  const during = links.get(name)?.during;
  if (during && !isAt(during)) change({ moment: Math.max(...during) });
  change({ chosen: name, cursor: parties.has(name) ? name : state.cursor });
  const party = parties.get(name);
  if (party) announce(spoken(party));
  else if (links.has(name)) announce(links.get(name).sentence);
}

function spoken(party) {
  const shown = shownLinks().filter((link) => link.kind !== 'office');
  const above = shown.filter((link) => link.issuer === party.name).length;
  const below = shown.filter((link) => link.holder === party.name).length;
  const marked = wordsOf(party).map(([, words]) => words).join(' ');
  return `${party.label}, ${party.kind}. Holders shown: ${above}. Holdings shown: ${below}.` +
    (marked ? ` ${marked}` : '');
}
