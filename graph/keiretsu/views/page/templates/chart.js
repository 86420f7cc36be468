/* The picture on the screen: vis-network moves, zooms and finds boxes; we paint. */

const chart = byId('chart');
/* Below these scales labels, then boxes, are too small to read and are simplified. */
const LABELS_FROM = 0.4;
const DETAILS_FROM = 0.25;
/* Below this one capital and votes cannot be told apart: a line is one stroke without a head. */
const STROKES_FROM = 0.1;
const FAINTEST = 0.7;  // pixels
const REACH = 9;

/* Whether the reader has moved or zoomed; then a change of the window leaves the view alone. */
let moved = false;

let network = null;
let boxes = null;
let bounds = [0, 0, 1, 1];
let decor = [];
/* The part of the picture that is in view, as [left, top, right, bottom]. */
let inView = null;

function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/* Take places and marks from a layout; what it does not draw has no place. */
function useLayout() {
  state.shape = suitedShape();
  const layout = layoutOf(state.shape);
  for (const party of data.parties) party.placed = party.name in layout.parties;
  for (const link of data.links) link.placed = link.name in layout.links;
  placedParties = data.parties.filter((party) => party.placed);
  placedLinks = data.links.filter((link) => link.placed);
  for (const party of placedParties) Object.assign(party, layout.parties[party.name]);
  for (const link of placedLinks) {
    Object.assign(link, layout.links[link.name], { drawn: {} });
    const xs = link.route.map((point) => point[0]);
    const ys = link.route.map((point) => point[1]);
    link.extent = [
      Math.min(...xs) - 12, Math.min(...ys) - 12, Math.max(...xs) + 12, Math.max(...ys) + 12,
    ];
    link.path = 'M' + link.route.map((point) => point.join(' ')).join('L');
  }
  bounds = layout.bounds;
  decor = layout.decor;
  moved = false;
  giveHeight();
  weights = null;
  parsedPaths.clear();
}

/* Give the engine the boxes that can be clicked: those with a place that nobody hid. */
let given = '';

function giveBoxes() {
  const shown = placedParties.filter((party) => !hiddenParties.has(party.name));
  const wanted = shown.map((party) => `${party.name} ${party.box}`).join(';');
  if (wanted === given) return;
  given = wanted;
  boxes.clear();
  boxes.add(shown.map((party) => {
    const [x, y] = centre(party);
    return { id: party.name, shape: 'custom', x, y, ctxRenderer: boxPainter(party.name) };
  }));
  firstView();
}

function startChart() {
  boxes = new vis.DataSet(carried.nodes.map(([id, x, y]) => (
    { id, x, y, shape: 'custom', ctxRenderer: boxPainter(id) })));
  const lines = new vis.DataSet(carried.edges.map(([id, from, to]) => (
    { id, from, to, hidden: true })));
  useLayout();
  network = new vis.Network(
    chart, { nodes: boxes, edges: lines }, JSON.parse(carried.options),
  );
  /* The engine's own element takes the focus too, and has nothing to say: ours speaks for both. */
  chart.querySelector('.vis-network').tabIndex = -1;
  network.on('beforeDrawing', paintLinks);
  network.on('afterDrawing', paintLabels);
  network.on('click', onClick);
  network.on('doubleClick', onDoubleClick);
  chart.addEventListener('mousemove', onMove);
  chart.addEventListener('keydown', onKey);
  followers.push(giveBoxes, () => network.redraw());
  for (const gesture of ['dragStart', 'zoom']) network.on(gesture, () => { moved = true; });
  new ResizeObserver(onResize).observe(chart);
}

function onResize() {
  if (suitedShape() !== state.shape) change({ shape: suitedShape() });
  giveHeight();
  firstView();
  reachEvents();
}

function boxPainter(name) {
  const party = parties.get(name);
  return ({ ctx }) => ({
    drawNode() {
      if (!inView || overlaps(inView, party.box)) paintParty(ctx, party);
    },
    nodeDimensions: { width: party.box[2] - party.box[0], height: party.box[3] - party.box[1] },
  });
}

function paintParty(canvas, party) {
  const [left, top] = party.box;
  canvas.save();
  canvas.globalAlpha = strengthOfParty(party);
  const marked = party.name === state.chosen || party.name === state.cursor;
  if (marked || foundNames.has(party.name) || strongest.parties.has(party.name)) {
    canvas.translate(left, top);
    paintHalo(canvas, party.marks[0][1], 9);
    canvas.translate(-left, -top);
  }
  const far = network && inView && network.getScale() < DETAILS_FROM;
  if (far) paintFarBox(canvas, party);
  else paintMarks(canvas, marksOf(party));
  canvas.restore();
}

/* A box too small for words is a patch in the colour of its kind. */
function paintFarBox(canvas, party) {
  const [left, top, right, bottom] = party.box;
  canvas.fillStyle = colours[party.marks[0][3]];
  canvas.fillRect(left, top, right - left, bottom - top);
}

function paintLinks(canvas) {
  const { clientWidth, clientHeight } = chart;
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  inView = [from.x, from.y, to.x, to.y];
  paintMarks(canvas, decor);
  const scale = network.getScale();
  for (const link of shownLinks()) {
    if (!overlaps(inView, link.extent)) continue;
    canvas.save();
    canvas.globalAlpha = strengthOfLink(link);
    if (link.name === state.chosen || strongest.links.has(link.name)) paintHalo(canvas, link.path, 2 * link.breadth + 9);
    if (scale < STROKES_FROM) paintFarLine(canvas, link, scale);
    else paintMarks(canvas, lineMarks(link));
    canvas.restore();
  }
}

function paintFarLine(canvas, link, scale) {
  canvas.strokeStyle = colours.muted;
  canvas.globalAlpha *= Math.min(1, 0.3 + link.breadth / 8);  // the whole is about what is large
  canvas.lineWidth = Math.max(2 * link.breadth, FAINTEST / scale);
  canvas.setLineDash([]);
  canvas.stroke(parsed(link.path));
}

/* A label's marks are told about its middle, which each layout places. */
function labelMarks(link) {
  const [x, y] = link.at;
  return [['g', x, y, link.labels[state.metric]]];
}

function paintLabels(canvas) {
  if (network.getScale() >= LABELS_FROM) {
    for (const link of shownLinks()) {
      if (!overlaps(inView, link.extent) && link.name !== state.chosen) continue;
      canvas.save();
      canvas.globalAlpha = strengthOfLink(link);
      paintMarks(canvas, labelMarks(link));
      canvas.restore();
    }
  }
  paintedNames = [];
  if (network.getScale() < DETAILS_FROM) paintNames(canvas);
  paintMinimap();
  inView = null;
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
  const offset = { x: 0, y: aboveDetails() };
  network.focus(name, { scale, offset, animation: reducedMotion ? false : { duration: 300 } });
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
  const [across, down] = link.at;
  return link.labels[state.metric].some((mark) => mark[0] === 't' &&
    Math.abs(x - across - mark[1]) <= mark[8] / 2 + 3 &&
    Math.abs(y - down - mark[2]) <= mark[4] * 0.7);
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

/* A double click on a stack opens it; on another box it hides or shows its holders. */
function onDoubleClick(event) {
  const party = parties.get(event.nodes[0]);
  if (!party) return;
  if (party.members.length) change({ arrangement: 'every', chosen: null });
  else if (canFold(party, 'above')) fold(party, 'above');
}

function onMove(event) {
  const bounds = chart.getBoundingClientRect();
  const point = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  const { x, y } = network.DOMtoCanvas(point);
  chart.style.cursor = network.getNodeAt(point) || linkAt(x, y) ? 'pointer' : 'grab';
}
