/* The whole picture in small, with a frame around what is in view; shown while that is not all. */

const minimap = byId('minimap');
const MINIMAP_SIDE = 168;
const MINIMAP_HEIGHT = 126;
const MINIMAP_GAP = 12;
const MINIMAP_EDGE = 4;
const MINIMAP_FROM = 800;  // pixels of the window's width
let minimapScale = 1;
/* Whether the reader sees it while not all is in view; a button folds and unfolds it. */
let unfolded = false;

function minimapOrigin() {
  return [bounds[0] - MINIMAP_EDGE / minimapScale, bounds[1] - MINIMAP_EDGE / minimapScale];
}

/* How large it is drawn: as the picture is shaped. */
function minimapSize() {
  const [width, height] = [bounds[2] - bounds[0], bounds[3] - bounds[1]];
  const edges = 2 * MINIMAP_EDGE;
  minimapScale = Math.min((MINIMAP_SIDE - edges) / width, (MINIMAP_HEIGHT - edges) / height);
  return [width, height].map((side) => Math.ceil(side * minimapScale + edges));
}

/* Put it into a corner of the window in which it covers nothing, or leave it folded; what is not
   needed yet, since all is in view, will be there when the reader comes nearer. */
function placeMinimap(isWhole) {
  const [width, height] = minimapSize();
  const right = chart.clientWidth - width - MINIMAP_GAP;
  const bottom = chart.clientHeight - height - MINIMAP_GAP;
  const corners = [
    [right, MINIMAP_GAP], [MINIMAP_GAP, MINIMAP_GAP], [right, bottom], [MINIMAP_GAP, bottom],
  ];
  const covered = corners.map(([x, y]) => coveredBy([x, y, x + width, y + height]));
  const [x, y] = corners[covered.indexOf(Math.min(...covered))];
  [minimap.style.left, minimap.style.top] = [`${x}px`, `${y}px`];
  unfoldMinimap(isWhole || Math.min(...covered) === 0);
}

/* How many of the things that are drawn lie under a part of the window. */
function coveredBy([left, top, right, bottom]) {
  const from = network.DOMtoCanvas({ x: left - MINIMAP_GAP, y: top - MINIMAP_GAP });
  const to = network.DOMtoCanvas({ x: right + MINIMAP_GAP, y: bottom + MINIMAP_GAP });
  const area = [from.x, from.y, to.x, to.y];
  const isUnder = (mark, x, y) => mark[0] === 't' && overlaps(area, extentOfText(mark, x, y));
  return [
    ...placedParties.filter((one) => !hiddenParties.has(one.name) && overlaps(area, one.box)),
    ...shownLinks().filter((one) => overlaps(area, one.extent) && runsThrough(area, one.route)),
    ...shownLinks().filter((one) => one.labels[state.metric].some((mark) => isUnder(mark, ...one.at))),
    ...decor.filter((mark) => isUnder(mark, 0, 0)),
  ].length;
}

function runsThrough(area, route) {
  return route.slice(1).some(([x2, y2], at) => {
    const [x1, y1] = route[at];
    const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / MINIMAP_GAP) || 1;
    return Array.from({ length: steps + 1 }, (_, step) => step / steps)
      .map((part) => [x1 + part * (x2 - x1), y1 + part * (y2 - y1)])
      .some(([x, y]) => overlaps(area, [x, y, x, y]));
  });
}

/* What a text covers, as [left, top, right, bottom]; it is told from a place of its own. */
function extentOfText([, x, y, text, size, , , anchor, room], across, down) {
  const width = room || text.length * size * 0.6;
  const left = across + x - width * { start: 0, middle: 0.5, end: 1 }[anchor];
  return [left, down + y - size / 2, left + width, down + y + size / 2];
}

/* Draw it anew whenever the picture is: `inView` is then what the window shows. */
function paintMinimap() {
  const [left, top, right, bottom] = bounds;
  const whole = inView[0] <= left && inView[1] <= top && inView[2] >= right && inView[3] >= bottom;
  const helps = !whole && chart.clientWidth >= MINIMAP_FROM;
  byId('map').hidden = !helps;
  minimap.hidden = !helps || !unfolded;
  if (minimap.hidden) return;
  const density = window.devicePixelRatio || 1;
  const sides = minimapSize();
  [minimap.width, minimap.height] = sides.map((side) => Math.round(side * density));
  [minimap.style.width, minimap.style.height] = sides.map((side) => `${side}px`);
  const canvas = minimap.getContext('2d');
  const scale = minimapScale * density;
  const [x, y] = minimapOrigin();
  canvas.setTransform(scale, 0, 0, scale, -x * scale, -y * scale);
  const colours = getComputedStyle(minimap);
  canvas.fillStyle = colours.color;
  canvas.globalAlpha = 0.45;
  for (const { box, name } of placedParties) {
    if (hiddenParties.has(name)) continue;
    const sides = [box[2] - box[0], box[3] - box[1]].map((side) => Math.max(side, 1.5 / minimapScale));
    canvas.fillRect(box[0], box[1], ...sides);
  }
  canvas.globalAlpha = 1;
  canvas.strokeStyle = colours.outlineColor;
  canvas.lineWidth = 1.5 / minimapScale;
  const seen = [
    Math.max(inView[0], left), Math.max(inView[1], top),
    Math.min(inView[2], right), Math.min(inView[3], bottom),
  ];
  canvas.strokeRect(seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1]);
}

/* A press or a drag brings that part of the picture into the middle of the window. */
function goToMinimapPoint(event) {
  if (!event.buttons) return;
  event.preventDefault();
  moved = true;
  const { left, top } = minimap.getBoundingClientRect();
  const [x, y] = minimapOrigin();
  network.moveTo({
    position: {
      x: x + (event.clientX - left) / minimapScale, y: y + (event.clientY - top) / minimapScale,
    },
  });
}

function unfoldMinimap(isUnfolded) {
  unfolded = isUnfolded;
  byId('map').setAttribute('aria-pressed', String(unfolded));
}

function startMinimap() {
  byId('map').addEventListener('click', () => {
    unfoldMinimap(!unfolded);
    network.redraw();
  });
  minimap.addEventListener('pointerdown', (event) => {
    minimap.setPointerCapture(event.pointerId);
    goToMinimapPoint(event);
  });
  minimap.addEventListener('pointermove', goToMinimapPoint);
}
