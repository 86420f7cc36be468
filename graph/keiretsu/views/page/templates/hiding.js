/* Hiding the holders or the holdings of a party, with all that only they tie into the picture. */

let hiddenParties = new Set();
/* How many parties each fold hides, for the plate on its box. */
let hiddenCounts = new Map();

/* A side is hidden party by party: one that something else ties to the subject stays. */
function refreshHidden() {
  hiddenParties = new Set();
  hiddenCounts = new Map();
  for (const fold of state.folds) {
    const [name, side] = fold.split(' ');
    const hidden = hiddenBy(name, side);
    hiddenCounts.set(fold, hidden.length);
    for (const one of hidden) hiddenParties.add(one);
  }
}

function hiddenBy(name, side) {
  const [near, far] = side === 'above' ? ['issuer', 'holder'] : ['holder', 'issuer'];
  const kept = placedLinks.filter((link) => link[near] !== name || link[far] === name);
  const anchors = placedParties.filter((party) => party.focus).map((party) => party.name);
  const stays = reachedFrom([name, ...anchors], kept);
  return placedParties.map((party) => party.name).filter((one) => !stays.has(one));
}

function reachedFrom(starts, ties) {
  const beside = new Map();
  for (const { holder, issuer } of ties) {
    for (const [one, other] of [[holder, issuer], [issuer, holder]]) {
      if (!beside.has(one)) beside.set(one, []);
      beside.get(one).push(other);
    }
  }
  const reached = new Set(starts);
  const waiting = [...starts];
  while (waiting.length) {
    for (const other of beside.get(waiting.pop()) || []) {
      if (!reached.has(other)) {
        reached.add(other);
        waiting.push(other);
      }
    }
  }
  return reached;
}

function isFolded(party, side) {
  return state.folds.has(`${party.name} ${side}`);
}

function canFold(party, side) {
  return isFolded(party, side) || hiddenBy(party.name, side).length > 0;
}

function fold(party, side) {
  const folds = new Set(state.folds);
  const name = `${party.name} ${side}`;
  if (!folds.delete(name)) folds.add(name);
  moved = false;
  change({ folds });
  announce(hiddenParties.size ? hiddenWords() : 'Nothing is hidden');
}

function hiddenWords() {
  const are = hiddenParties.size === 1 ? 'is' : 'are';
  return `${counted(hiddenParties.size, 'party', 'parties')} ${are} hidden`;
}

/* All marks of a party: its box, what an overlay says, and how much is hidden behind it. */
function marksOf(party) {
  const [left, top] = party.box;
  return [['g', left, top, [...party.marks, ...overlayMarks(party)]], ...hiddenMarks(party)];
}

function hiddenMarks(party) {
  const [left, top, , bottom] = party.box;
  return [['above', top, '▲'], ['below', bottom, '▼']]
    .filter(([side]) => isFolded(party, side))
    .flatMap(([side, y, sign]) => plate(left + 24, y, `${sign} ${hiddenCounts.get(`${party.name} ${side}`)}`));
}

/* A small plate with a number, as marks.py has them. */
function plate(x, y, text) {
  const path = `M${x - 22} ${y - 8}h44v16h-44Z`;
  return [
    ['p', path, 'accent', 'page', 1.4, [], 0],
    ['t', x, y, text, 11, 'page', 1, 'middle', 40],
  ];
}

/* Buttons of the panel that hide or show a side of a party. */
function foldButtons(party) {
  const words = { above: 'holders', below: 'holdings' };
  const buttons = ['above', 'below'].filter((side) => canFold(party, side)).map((side) => {
    const button = make('button', '', `${isFolded(party, side) ? 'Show' : 'Hide'} ${words[side]}`);
    button.type = 'button';
    button.addEventListener('click', () => {
      fold(party, side);
      choose(party.name);
    });
    return button;
  });
  if (party.members.length) {
    const button = make('button', '', 'Show each');
    button.type = 'button';
    button.addEventListener('click', () => change({ arrangement: 'every', chosen: null }));
    buttons.push(button);
  }
  return buttons.length ? [make('p', 'buttons', ...buttons)] : [];
}

function startHiding() {
  const button = byId('show-all');
  button.addEventListener('click', () => {
    moved = false;
    change({ folds: new Set() });
  });
  followers.push(() => {
    button.hidden = !hiddenParties.size;
    button.textContent = `Show ${hiddenParties.size} hidden`;
  });
}
