/* The picture on the screen: vis-network moves, zooms and finds boxes; we paint. */

const chart = byId('chart');
const MARGIN = 22;
/* Below these scales labels, then boxes, are too small to read and are simplified. */
const LABELS_FROM = 0.4;
const DETAILS_FROM = 0.25;
const REACH = 9;
const LARGEST = 1.35;
const SMALLEST = 0.6;
const SMALLEST_ON_A_DESK = 0.35;
const READABLE = 0.72;

/* Whether the reader has moved or zoomed; then a change of the window leaves the view alone. */
let moved = false;

let network = null;
/* The part of the picture that is in view, as [left, top, right, bottom]. */
let inView = null;

function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function startChart() {
  for (const link of data.links) {
    const xs = link.route.map((point) => point[0]);
    const ys = link.route.map((point) => point[1]);
    link.extent = [
      Math.min(...xs) - 12, Math.min(...ys) - 12, Math.max(...xs) + 12, Math.max(...ys) + 12,
    ];
    link.path = 'M' + link.route.map((point) => point.join(' ')).join('L');
  }
  const nodes = carried.nodes.map((node) => ({ ...node, ctxRenderer: boxPainter(node.id) }));
  network = new vis.Network(
    chart,
    { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(carried.edges) },
    JSON.parse(carried.options),
  );
  network.on('beforeDrawing', paintLinks);
  network.on('afterDrawing', paintLabels);
  network.on('click', onClick);
  chart.addEventListener('mousemove', onMove);
  chart.addEventListener('keydown', onKey);
  followers.push(() => network.redraw());
  for (const gesture of ['dragStart', 'zoom']) network.on(gesture, () => { moved = true; });
  new ResizeObserver(firstView).observe(chart);
}

function boxPainter(name) {
  const party = parties.get(name);
  const [left, top, right, bottom] = party.box;
  return ({ ctx }) => ({
    drawNode() {
      if (!inView || overlaps(inView, party.box)) paintParty(ctx, party);
    },
    nodeDimensions: { width: right - left, height: bottom - top },
  });
}

function paintParty(canvas, party) {
  const outline = party.marks[0];
  canvas.save();
  canvas.globalAlpha = strengthOfParty(party);
  const marked = party.name === state.chosen || party.name === state.cursor;
  if (marked || foundNames.has(party.name)) paintHalo(canvas, outline[1], 9);
  const far = network && inView && network.getScale() < DETAILS_FROM;
  paintMarks(canvas, far ? [outline] : party.marks);
  canvas.restore();
}

function paintLinks(canvas) {
  const { clientWidth, clientHeight } = chart;
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  inView = [from.x, from.y, to.x, to.y];
  for (const link of shownLinks()) {
    if (!overlaps(inView, link.extent)) continue;
    canvas.save();
    canvas.globalAlpha = strengthOfLink(link);
    if (link.name === state.chosen) paintHalo(canvas, link.path, 2 * link.breadth + 9);
    paintMarks(canvas, link.lines[state.metric]);
    canvas.restore();
  }
}

function paintLabels(canvas) {
  if (network.getScale() >= LABELS_FROM) {
    for (const link of shownLinks()) {
      if (!overlaps(inView, link.extent) && link.name !== state.chosen) continue;
      canvas.save();
      canvas.globalAlpha = strengthOfLink(link);
      paintMarks(canvas, link.labels[state.metric]);
      canvas.restore();
    }
  }
  inView = null;
}

/* Everything at once. */
function fit() {
  const { clientWidth: width, clientHeight: height } = chart;
  if (width < 40 || height < 40) return;
  const [left, top, right, bottom] = data.bounds;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.min(
      width / (right - left + 2 * MARGIN), height / (bottom - top + 2 * MARGIN), LARGEST,
    ),
  });
}

/* The first view: everything, or the subject in a readable size where all would be too small. */
function firstView() {
  if (moved) return;
  fit();
  const subject = data.parties.find((party) => party.focus) || data.parties[0];
  const { clientWidth: width, clientHeight: height } = chart;
  const enough = width > 900 ? SMALLEST_ON_A_DESK : SMALLEST;
  if (!subject || network.getScale() >= enough) return;
  const [left, top, right, bottom] = data.bounds;
  const [x, y] = centre(subject);
  network.moveTo({
    position: {
      x: within(x, left, right, width / 2 / READABLE),
      y: within(y, top, bottom, height / 2 / READABLE),
    },
    scale: READABLE,
  });
}

/* Keep the middle of the window so far inside that the window is filled. */
function within(middle, from, to, half) {
  if (to - from + 2 * MARGIN <= 2 * half) return (from + to) / 2;
  return Math.min(to + MARGIN - half, Math.max(from - MARGIN + half, middle));
}

function centre(party) {
  return [(party.box[0] + party.box[2]) / 2, (party.box[1] + party.box[3]) / 2];
}

function zoom(factor) {
  moved = true;
  network.moveTo({ scale: network.getScale() * factor });
}

function goTo(name) {
  const scale = Math.max(network.getScale(), 0.8);
  network.focus(name, { scale, animation: reducedMotion ? false : { duration: 300 } });
}

/* Find the link at a point: on its label, else nearest to its route. */
function linkAt(x, y) {
  let nearest = null;
  let least = REACH / Math.min(1, network.getScale());
  for (const link of shownLinks()) {
    if (!overlaps([x, y, x, y], link.extent) && !onLabel(link, x, y)) continue;
    if (onLabel(link, x, y)) return link.name;
    for (let at = 1; at < link.route.length; at += 1) {
      const distance = fromSegment(x, y, link.route[at - 1], link.route[at]);
      if (distance < least) {
        least = distance;
        nearest = link.name;
      }
    }
  }
  return nearest;
}

/* A label's plate is its first mark, but its texts tell where it is. */
function onLabel(link, x, y) {
  return link.labels[state.metric].some((mark) => mark[0] === 't' &&
    Math.abs(x - mark[1]) <= mark[8] / 2 + 3 && Math.abs(y - mark[2]) <= mark[4] * 0.7);
}

function fromSegment(x, y, [x1, y1], [x2, y2]) {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
  const part = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - part * (x2 - x1), y - y1 - part * (y2 - y1));
}

function onClick(event) {
  const { x, y } = event.pointer.canvas;
  choose(event.nodes[0] || linkAt(x, y));
}

function onMove(event) {
  const bounds = chart.getBoundingClientRect();
  const point = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  const { x, y } = network.DOMtoCanvas(point);
  chart.style.cursor = network.getNodeAt(point) || linkAt(x, y) ? 'pointer' : 'grab';
}

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
  else if (event.key === '0') fit();
  else return;
  event.preventDefault();
}

/* Go to the nearest party in a direction; what lies aside counts as farther away. */
function moveCursor([dx, dy]) {
  const current = parties.get(state.cursor);
  const candidates = data.parties.filter((party) => standing.has(party.name) && party !== current);
  let best = current ? null : data.parties.find((party) => party.focus) || data.parties[0];
  let least = Infinity;
  for (const party of current ? candidates : []) {
    const [x, y] = centre(party);
    const [fromX, fromY] = centre(current);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    if (ahead > 4 && ahead + 2.2 * aside < least) {
      least = ahead + 2.2 * aside;
      best = party;
    }
  }
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
