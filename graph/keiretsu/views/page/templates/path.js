/* The chains between two parties: lit in the picture, told in sentences in the panel. */

let chains = [];
let chainsCut = false;
let litParties = new Set();
let litLinks = new Set();
/* What the strongest chain runs through; only it gets a glow. */
let strongest = { parties: new Set(), links: new Set() };

function refreshChains() {
  const asked = parties.has(state.from) && parties.has(state.to) && state.from !== state.to;
  const found = asked ? chainsBetween(state.from, state.to) : { chains: [], truncated: false };
  chains = found.chains;
  chainsCut = found.truncated;
  litParties = new Set(asked ? [state.from, state.to] : []);
  litLinks = new Set();
  strongest = { parties: new Set(), links: new Set() };
  chains.forEach((chain, at) => {
    for (const hop of chain.hops) {
      for (const set of at ? [litParties] : [litParties, strongest.parties]) {
        set.add(hop.holder).add(hop.issuer);
      }
      for (const link of hop.links) {
        litLinks.add(link.name);
        if (!at) strongest.links.add(link.name);
      }
    }
  });
}

function askForChains(changes) {
  change({ ...changes, chosen: null });
  const hidden = [...litParties].some((name) => !parties.get(name).placed);
  if (hidden) change({ arrangement: 'every' });
  if (!state.from || !state.to) return;
  const ends = `from ${parties.get(state.from).label} to ${parties.get(state.to).label}`;
  announce(chains.length ? `${counted(chains.length, 'chain')} ${ends}. ${toldChain(chains[0])}`
    : `No chain of holdings leads ${ends}`);
}

function toldChain(chain) {
  const hops = chain.hops.map((hop) => hop.links.map((link) => link.sentence).join(' '));
  return `${hops.join(' ')} Weakest link by votes ${percentText(chain.weakest.votes)}, ` +
    `product of capital ${percentText(chain.product)}.`;
}

function aboutChains() {
  const [from, to] = [parties.get(state.from), parties.get(state.to)];
  const words = `${from.label} → ${to.label}`;
  const none = make('p', '', `No chain of holdings leads from ${from.label} to ${to.label} here.`);
  return [
    closable('Chains of holdings', () => askForChains({ from: '', to: '' })),
    make('p', 'quiet', data.moments.length ? `${words}, ${data.moments[state.moment].date}` : words),
    ...(chains.length ? [] : [none]),
    ...chains.slice(0, 1).map((chain) => chainCard('Strongest by capital', chain)),
    ...(chains.length > 1 ? [make('h3', '', `Other chains (${chains.length - 1})`)] : []),
    ...chains.slice(1, 30).map((chain) => chainCard('', chain)),
    ...(chains.length > 30 || chainsCut
      ? [make('p', 'quiet', 'There are more chains than are listed here.')] : []),
    make('p', 'quiet', 'The product of the capital says how much money reaches the end of a chain. ' +
      'A chain is no proof of control: that needs enough votes at every link.'),
  ];
}

function chainCard(title, chain) {
  const steps = chain.hops.map((hop) => {
    const item = make('li', '', hop.links.map((link) => link.sentence).join(' '));
    if (hop === chain.weakest) item.append(' ', make('strong', 'votes', 'weakest link'));
    return item;
  });
  return make('section', 'chain',
    title ? make('h3', '', title) : '',
    make('ol', '', ...steps),
    make('p', '', 'Weakest link by votes ',
      make('strong', 'votes', percentText(chain.weakest.votes)),
      ' · product of capital ', make('strong', 'capital', percentText(chain.product))),
  );
}

function startChains() {
  for (const [id, end] of [['path-from', 'from'], ['path-to', 'to']]) {
    const choice = byId(id);
    const named = data.parties.filter((party) => !party.members.length)
      .sort((a, b) => a.label.localeCompare(b.label));
    choice.append(...named.map((party) => {
      const option = make('option', '', party.label);
      option.value = party.name;
      return option;
    }));
    choice.value = '';
    choice.addEventListener('change', () => askForChains({ [end]: choice.value }));
    followers.push(() => { choice.value = state[end]; });
  }
}
