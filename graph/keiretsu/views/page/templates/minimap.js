/* The whole picture in small, with a frame around what is in view; shown while that is not all. */

const minimap = byId('minimap');
const MINIMAP_SIDE = 168;
const MINIMAP_HEIGHT = 126;
const MINIMAP_GAP = 12;
const MINIMAP_EDGE = 4;
let minimapScale = 1;

function minimapOrigin() {
  return [bounds[0] - MINIMAP_EDGE / minimapScale, bounds[1] - MINIMAP_EDGE / minimapScale];
}

/* Put it into that corner of the window in which it covers least of the first view. */
function placeMinimap() {
  const [width, height] = [chart.clientWidth, chart.clientHeight];
  const right = width - MINIMAP_SIDE - MINIMAP_GAP;
  const bottom = height - MINIMAP_HEIGHT - MINIMAP_GAP;
  const corners = [[MINIMAP_GAP, MINIMAP_GAP], [MINIMAP_GAP, bottom], [right, bottom]];
  const covered = corners.map(([x, y]) => {
    const from = network.DOMtoCanvas({ x, y });
    const to = network.DOMtoCanvas({ x: x + MINIMAP_SIDE, y: y + MINIMAP_HEIGHT });
    const area = [from.x, from.y, to.x, to.y];
    const isUnder = ([at, down]) => overlaps(area, [at, down, at, down]);
    return placedParties.filter((party) => overlaps(area, party.box)).length * 4 +
      shownLinks().filter((link) => isUnder(link.at)).length * 4 +
      shownLinks().filter((link) => link.route.some(isUnder)).length +
      (decor.length && y === MINIMAP_GAP ? 8 : 0);
  });
  const [x, y] = corners[covered.indexOf(Math.min(...covered))];
  [minimap.style.left, minimap.style.top] = [`${x}px`, `${y}px`];
}

/* Draw it anew whenever the picture is: `inView` is then what the window shows. */
function paintMinimap() {
  const [left, top, right, bottom] = bounds;
  const whole = inView[0] <= left && inView[1] <= top && inView[2] >= right && inView[3] >= bottom;
  minimap.hidden = whole || chart.clientWidth < 800;
  if (minimap.hidden) return;
  const [width, height] = [right - left, bottom - top];
  const room = MINIMAP_SIDE - 2 * MINIMAP_EDGE;
  minimapScale = Math.min(room / width, (MINIMAP_HEIGHT - 2 * MINIMAP_EDGE) / height);
  const density = window.devicePixelRatio || 1;
  const sides = [width, height].map((side) => Math.ceil(side * minimapScale + 2 * MINIMAP_EDGE));
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

function startMinimap() {
  minimap.addEventListener('pointerdown', (event) => {
    minimap.setPointerCapture(event.pointerId);
    goToMinimapPoint(event);
  });
  minimap.addEventListener('pointermove', goToMinimapPoint);
}
