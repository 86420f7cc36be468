/* What the reader has chosen, and what is therefore shown. */

const state = {
  metric: data.metric,
  threshold: 0,
  /* Name of the chosen party or link. */
  chosen: null,
  /* Name of the party on which the arrow keys stand. */
  cursor: null,
  search: '',
};

/* A link is shown if it may reach the threshold; what is not known is never hidden. */
function isShown(link) {
  const shares = {
    capital: [link.capital],
    votes: [link.votes],
    both: [link.capital, link.votes],
  }[state.metric].filter(Boolean);
  if (!shares.length) return state.threshold === 0;
  return Math.max(...shares.map((share) => share.high)) >= state.threshold;
}

function shownLinks() {
  return data.links.filter(isShown);
}

/* A party stands alone if every link that it has is hidden. */
let standing = new Set();

function refreshStanding() {
  const tied = new Set();
  standing = new Set();
  for (const link of data.links) {
    tied.add(link.holder).add(link.issuer);
    if (isShown(link)) standing.add(link.holder).add(link.issuer);
  }
  for (const party of data.parties) if (!tied.has(party.name)) standing.add(party.name);
}

function partiesNamed(text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  return data.parties.filter(
    (party) => folded(party.label).includes(wanted) || folded(party.id).includes(wanted) ||
      party.facts.some(([, text]) => folded(text).includes(wanted)),
  );
}

/* How strongly something is drawn: 1 in full, less if attention is elsewhere. */
const FADED = 0.16;
const ALONE = 0.35;

function strengthOfParty(party) {
  if (state.search.trim()) return foundNames.has(party.name) ? 1 : FADED;
  if (state.chosen) return near.has(party.name) ? 1 : FADED;
  return standing.has(party.name) ? 1 : ALONE;
}

function strengthOfLink(link) {
  if (state.search.trim()) {
    return foundNames.has(link.holder) || foundNames.has(link.issuer) ? 1 : FADED;
  }
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
  refreshStanding();
  refreshNear();
  for (const follow of followers) follow();
}

function choose(name) {
  change({ chosen: name, cursor: parties.has(name) ? name : state.cursor });
  const party = parties.get(name);
  if (party) announce(spoken(party));
  else if (links.has(name)) announce(links.get(name).sentence);
}

function spoken(party) {
  const shown = shownLinks();
  const above = shown.filter((link) => link.issuer === party.name).length;
  const below = shown.filter((link) => link.holder === party.name).length;
  return `${party.label}, ${party.kind}. Holders shown: ${above}. Holdings shown: ${below}.`;
}
