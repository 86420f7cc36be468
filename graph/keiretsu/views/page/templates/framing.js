/* Which part of the picture the window shows: all of it, or the subject in a readable size. */

const ABOVE_THE_SUBJECT = 0.42;
/* With fewer boxes in view than this the whole says more, unless the picture has a subject. */
const FEW_BOXES = 6;

/* What the boxes and lines that are shown cover; all of it, if nothing is hidden. */
function shownBounds() {
  if (!hiddenParties.size) return bounds;
  const shown = placedParties.filter((party) => !hiddenParties.has(party.name))
    .map((party) => party.box)
    .concat(shownLinks().map((link) => link.extent));
  return [0, 1, 2, 3].map((side) => Math[side < 2 ? 'min' : 'max'](
    ...shown.map((one) => one[side]),
  ));
}

/* Everything at once. */
function fit() {
  const { clientWidth: width, clientHeight: height } = chart;
  const [left, top, right, bottom] = shownBounds();
  const scale = Math.min(
    width / (right - left + 2 * margin()), height / (bottom - top + 2 * margin()), LARGEST,
  );
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
}

function showEverything() {
  moved = true;
  fit();
  byId('partial').hidden = true;
}

/* The first view: everything, or the subject in a readable size where all would be too small. */
function firstView() {
  if (moved || chart.clientWidth < 40 || chart.clientHeight < 40) return;
  const { isWhole: allFits, least, scale } = opening(state.shape);
  fit();
  const isWhole = allFits || network.getScale() >= least;
  if (!isWhole) aroundSubject(scale);
  const says = isWhole || data.focus.length > 0 || !showsLittle();
  if (!says) fit();
  placeMinimap(isWhole || !says);
  byId('partial').hidden = isWhole || !says;
}

/* Whether a view without a subject has hardly anything in it. */
function showsLittle() {
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: chart.clientWidth, y: chart.clientHeight });
  const view = [from.x, from.y, to.x, to.y];
  const many = placedParties.length - hiddenParties.size;
  return placedParties.filter((party) => overlaps(view, party.box)).length < Math.min(FEW_BOXES, many);
}

/* The subject with what is around it, what holds it included. */
function aroundSubject(scale) {
  const there = data.focus.map((name) => parties.get(name))
    .filter((party) => party.placed && !hiddenParties.has(party.name));
  if (!there.length && !placedParties.length) return;
  const [left, top, right, bottom] = shownBounds();
  const [across, down] = [chart.clientWidth / scale, chart.clientHeight / scale];
  const [x, y] = middleOf(there.length ? there : placedParties.slice(0, 1), across, down);
  const below = state.shape === 'tall' ? (0.5 - ABOVE_THE_SUBJECT) * down : 0;
  network.moveTo({
    position: {
      x: within(x, left, right, across / 2), y: within(y + below, top, bottom, down / 2),
    },
    scale,
  });
}

/* The middle of all of several boxes if they fit into the window together, else of the first. */
function middleOf(some, across, down) {
  const [left, top, right, bottom] = [0, 1, 2, 3].map(
    (side) => Math[side < 2 ? 'min' : 'max'](...some.map((party) => party.box[side])),
  );
  const fits = right - left + 2 * margin() <= across && bottom - top + 2 * margin() <= down;
  return fits ? [(left + right) / 2, (top + bottom) / 2] : centre(some[0]);
}

/* Keep the middle of the window so far inside that the window is filled. */
function within(middle, from, to, half) {
  if (to - from + 2 * margin() <= 2 * half) return (from + to) / 2;
  return Math.min(to + margin() - half, Math.max(from - margin() + half, middle));
}
