/*
 * Names over a picture that is too small to read, as on a map: those of the parties with the most
 * below them, in the size of the screen, as many as find room. What is found or chosen comes first.
 */

const NAME_PIXELS = 12;
const NAME_GAP = 10;
const ROOM_OF_A_NAME = 9000;  // square pixels of the window
const MOST_NAMES = 60;

/* The names that are painted, in the order in which they found room. */
let paintedNames = [];

/* For each party of the layout how many stand below it; worked out when it is first asked for. */
let weights = null;

function weightOf(name) {
  if (!weights) weights = weighed();
  return weights.get(name);
}

/* A party counts those that it holds most of, theirs too: each is counted once. */
function weighed() {
  const above = new Map();
  for (const link of placedLinks) {
    const before = above.get(link.issuer);
    if (link.holder !== link.issuer && (!before || link.breadth > before.breadth)) {
      above.set(link.issuer, link);
    }
  }
  const found = new Map(placedParties.map((party) => [party.name, 1]));
  for (const { name } of placedParties) {
    const passed = new Set([name]);
    for (let link = above.get(name); link && !passed.has(link.holder); link = above.get(link.holder)) {
      passed.add(link.holder);
      found.set(link.holder, found.get(link.holder) + 1);
    }
  }
  return found;
}

function namesInOrder() {
  const first = (party) => (
    party.name === state.chosen || foundNames.has(party.name) || litParties.has(party.name) ||
    near.has(party.name)
  );
  return placedParties
    .filter((party) => !hiddenParties.has(party.name) && overlaps(inView, party.box))
    .map((party) => [first(party), party.focus, weightOf(party.name), party])
    .filter(([isFirst]) => isFirst || !(state.search.trim() || litParties.size || state.chosen))
    .sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || a[3].box[1] - b[3].box[1])
    .map(([, , , party]) => party);
}

function between(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

function paintNames(canvas) {
  const scale = network.getScale();
  const size = NAME_PIXELS / scale;
  const room = chart.clientWidth * chart.clientHeight / ROOM_OF_A_NAME;
  const most = Math.min(MOST_NAMES, Math.ceil(room));
  const taken = [];
  canvas.save();
  canvas.font = `600 ${size}px ${fontFamily}`;
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'center';
  canvas.direction = 'ltr';
  canvas.lineJoin = 'round';
  canvas.lineWidth = 4 / scale;
  canvas.strokeStyle = colours.page;
  canvas.fillStyle = colours.ink;
  for (const party of namesInOrder()) {
    if (taken.length >= most) break;
    const half = canvas.measureText(party.label).width / 2 + NAME_GAP / 2 / scale;
    const [at, down] = centre(party);
    const x = between(at, inView[0] + half, inView[2] - half);
    const y = between(down, inView[1] + size, inView[3] - size);
    const plate = [x - half, y - 0.8 * size, x + half, y + 0.8 * size];
    if (taken.some((other) => overlaps(other, plate))) continue;
    taken.push(plate);
    paintedNames.push(party.label);
    canvas.strokeText(party.label, x, y);
    canvas.fillText(party.label, x, y);
  }
  canvas.restore();
}
