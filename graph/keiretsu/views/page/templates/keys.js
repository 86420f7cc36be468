/* The picture by keyboard: arrows go from party to party, Enter opens, Escape closes. */

const DIRECTIONS = {
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
};

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const direction = DIRECTIONS[event.key];
  if (direction) moveCursor(direction);
  else if ((event.key === 'Enter' || event.key === ' ') && state.cursor) openByKey(state.cursor);
  else if (event.key === 'Escape') choose(null);
  else if (event.key === '+' || event.key === '=') zoom(1.25);
  else if (event.key === '-') zoom(0.8);
  else if (event.key === '0') showEverything();
  else return;
  event.preventDefault();
}

/* Go to the nearest party in a direction; what lies aside counts as farther away. */
function moveCursor([dx, dy]) {
  const current = parties.get(state.cursor);
  const reachable = placedParties.filter((party) => standing.has(party.name) && party !== current);
  const best = current && current.placed
    ? nearestAhead(current, reachable, dx, dy)
    : placedParties.find((party) => party.focus) || placedParties[0];
  if (!best) return;
  change({ cursor: best.name });
  announce(spoken(best));
  const [x, y] = centre(best);
  const place = network.canvasToDOM({ x, y });
  const { clientWidth: width, clientHeight: height } = chart;
  if (place.x < 80 || place.y < 40 || place.x > width - 80 || place.y > height - 40) {
    network.moveTo({ position: { x, y } });
  }
}

function nearestAhead(current, candidates, dx, dy) {
  const [fromX, fromY] = centre(current);
  let best = null;
  let least = Infinity;
  for (const party of candidates) {
    const [x, y] = centre(party);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    if (ahead > 4 && ahead + 2.2 * aside < least) {
      least = ahead + 2.2 * aside;
      best = party;
    }
  }
  return best;
}
