/* All chains of holdings from one party to another, as the mirror's paths have them. */

const MOST_CHAINS = 200;
const MOST_STEPS = 200000;

/* What one party has of another at the moment: several holdings of a pair add up. */
function hopsNow() {
  const hops = new Map();
  for (const link of data.links) {
    const told = link.row || link.kind === 'acts-for';
    if (!told || !link.record || !isNow(link) || link.holder === link.issuer) continue;
    const key = `${link.holder} ${link.issuer}`;
    if (!hops.has(key)) hops.set(key, { holder: link.holder, issuer: link.issuer, links: [] });
    hops.get(key).links.push(link);
  }
  return [...hops.values()].map((hop) => ({
    ...hop,
    capital: added(hop.links, 'capital'),
    votes: added(hop.links, 'votes'),
  }));
}

/* A body acts for its State with all that it holds; a share that is not told may be anything. */
function added(parts, right) {
  const sum = { low: 0, high: 0 };
  for (const link of parts) {
    const share = link.kind === 'acts-for' ? { low: 100, high: 100 } : link[right];
    sum.low += share ? share.low : 0;
    sum.high += share ? share.high : right === 'capital' ? 100 : 0;
  }
  return { low: Math.min(sum.low, 100), high: Math.min(sum.high, 100) };
}

function chainsBetween(from, to) {
  const onward = new Map();
  for (const hop of hopsNow()) {
    if (!onward.has(hop.holder)) onward.set(hop.holder, []);
    onward.get(hop.holder).push(hop);
  }
  const useful = leadingTo(to, onward);
  const found = [];
  let steps = 0;
  let truncated = false;
  const walk = (chain, seen) => {
    const at = chain.length ? chain.at(-1).issuer : from;
    for (const hop of onward.get(at) || []) {
      steps += 1;
      if (found.length >= MOST_CHAINS || steps > MOST_STEPS) {
        truncated = true;
        return;
      }
      if (hop.issuer === to) found.push([...chain, hop]);
      else if (!seen.has(hop.issuer) && useful.has(hop.issuer)) {
        walk([...chain, hop], new Set([...seen, hop.issuer]));
      }
    }
  };
  walk([], new Set([from]));
  return { truncated, chains: found.map(measured).sort(byStrength) };
}

function leadingTo(end, onward) {
  const holders = new Map();
  for (const hop of [...onward.values()].flat()) {
    if (!holders.has(hop.issuer)) holders.set(hop.issuer, []);
    holders.get(hop.issuer).push(hop.holder);
  }
  const reached = new Set([end]);
  const waiting = [end];
  while (waiting.length) {
    for (const holder of holders.get(waiting.pop()) || []) {
      if (!reached.has(holder)) {
        reached.add(holder);
        waiting.push(holder);
      }
    }
  }
  return reached;
}

/* The product of a chain's shares, and its weakest link by votes. */
function measured(hops) {
  const product = { low: 100, high: 100 };
  for (const hop of hops) {
    product.low *= hop.capital.low / 100;
    product.high *= hop.capital.high / 100;
  }
  const weakest = hops.reduce((least, hop) => (hop.votes.high < least.votes.high ? hop : least));
  return { hops, product, weakest };
}

function byStrength(one, other) {
  return other.product.high - one.product.high || other.product.low - one.product.low ||
    one.hops.length - other.hops.length;
}

/* A percentage of the page's own reckoning, never shown as nothing if it is something. */
function percentText({ low, high }) {
  const text = (value) => (value > 0 && value < 0.01 ? '<0.01' : String(Number(value.toFixed(2))));
  return low === high ? `${text(low)} %` : `${text(low)}–${text(high)} %`;
}
