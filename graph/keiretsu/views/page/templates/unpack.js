/*
 * Spells out what the page was told in short, see packing.py: what is usual, what stands in a
 * table, and what follows from the place in a list. Everything else reads the outcome only.
 */

function unpacked(told) {
  const { usual } = told;
  const claims = told.claims.map((one) => unpackedClaim({ ...usual.claims, ...one }));
  const parties = told.parties.map((one, at) => ({ name: `n${at}`, ...usual.parties, ...one }));
  const labels = new Map(parties.map((party) => [party.name, party.label]));
  return {
    ...told,
    claims,
    parties,
    links: told.links.map((one, at) => {
      const link = { name: `e${at}`, row: null, ...usual.links, ...one };
      Object.assign(link, unpackedLink(link, claims, told));
      const ends = [labels.get(link.holder), labels.get(link.issuer)];
      if (link.row) link.row = unpackedRow(link, [...ends, ...usual.cells], claims);
      return link;
    }),
    layouts: Object.fromEntries(
      Object.entries(told.layouts).map(([name, one]) => [name, unpackedLayout(one)]),
    ),
  };
}

function unpackedClaim(claim) {
  const doubt = claim.status === 'accepted' ? [] : [claim.status];
  return {
    ...claim,
    about: [claim.publisher, claim.date].filter(Boolean).join(', '),
    words: [claim.sourcing.replaceAll('-', ' '), ...doubt],
  };
}

/* A row of the exported table: its parties, what is usual, its first source, but for exceptions. */
function unpackedRow(link, first, claims) {
  const claim = claims[link.evidence[0]];
  const source = claim
    ? [claim.title, claim.publisher || '', claim.date || '', claim.link || claim.url || '',
      claim.status, claim.sourcing]
    : Array(6).fill('');
  return [...first, ...source].map((cell, at) => link.row[at] ?? cell);
}

function unpackedLink(link, claims, { metrics, looks, labels, share_names: names }) {
  const id = link.id ?? claims[link.evidence[0]].claim;
  const shares = typeof link.shares === 'string' ? names.map(() => link.shares) : link.shares;
  return {
    id,
    line: link.line ?? id,
    capital: unpackedShare(link.capital),
    votes: unpackedShare(link.votes),
    each: unpackedShare(link.each),
    shares: names.map((name, at) => [name, shares[at]]).filter(([, text]) => text !== null),
    lines: byMetric(metrics, (at) => looks[link.lines[at]]),
    labels: byMetric(metrics, (at) => plated(labels[link.labels[at]])),
  };
}

function byMetric(metrics, valueAt) {
  return Object.fromEntries(metrics.map((metric, at) => [metric, valueAt(at)]));
}

function unpackedShare(share) {
  if (share === null) return null;
  if (typeof share === 'number') return { text: `${share} %`, low: share, high: share };
  const [text, low, high] = share;
  return { text, low, high };
}

function unpackedLayout(layout) {
  const parties = Object.entries(layout.parties).map(([name, box]) => [name, { box }]);
  const links = Object.entries(layout.links).map(([name, numbers]) => {
    const [at, ...route] = pointsOf(numbers);
    return [name, { at, route }];
  });
  return { ...layout, parties: Object.fromEntries(parties), links: Object.fromEntries(links) };
}

function pointsOf(numbers) {
  const points = [];
  for (let at = 0; at < numbers.length; at += 2) points.push([numbers[at], numbers[at + 1]]);
  return points;
}

/* The marks of a label about its middle, as figures.py has them: a plate, and its lines, if any. */
const LABEL_SIZE = 12.5;
const LABEL_STEP = 16;

function plated(lines) {
  if (!lines.length) return [];
  const across = (Math.max(...lines.map((line) => line[3])) + 4) / 2;
  const down = (lines.length * LABEL_STEP - 1) / 2;
  const corners = [[-across, -down], [across, -down], [across, down], [-across, down]];
  return [['p', `${pathThrough(corners)}Z`, 'page'], ...lines.map(([text, colour, bold, room], at) => [
    't', 0, (at - (lines.length - 1) / 2) * LABEL_STEP, text, LABEL_SIZE, colour, bold, 'middle', room,
  ])];
}
