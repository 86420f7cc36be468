/*
 * Puts marks on a ground: a canvas, or the text of an SVG file. The marks were worked out when the
 * page was made, see marks.py; their colours are names that the style sheet resolves.
 *   ["p", path, fill, line, width, dash, roundEnds], the usual left out at its end
 *   ["t", x, y, text, size, colour, bold, anchor, room]
 *   ["g", x, y, marks], where marks may be the number of a group that is told once
 */

let colours = {};
let fontFamily = '';

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const kinds = ['firm', 'state', 'person', 'trust', 'other'];
  const names = [
    'page', 'card', 'ink', 'muted', 'rule', 'accent', 'halo',
    'capital', 'votes', 'capital-ink', 'votes-ink',
    ...kinds.flatMap((name) => [name, name + '-tint']),
    ...[0, 1, 2, 3, 4, 5].map((group) => `group-${group}`),
  ];
  colours = Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue('--' + name).trim()]),
  );
  fontFamily = style.getPropertyValue('--font').trim();
}

/* Paths are parsed once; a canvas then draws them as often as it likes. */
const parsedPaths = new Map();

function parsed(path) {
  let found = parsedPaths.get(path);
  if (!found) {
    found = new Path2D(path);
    parsedPaths.set(path, found);
  }
  return found;
}

function inside(group) {
  return typeof group[3] === 'number' ? data.groups[group[3]] : group[3];
}

function paintMarks(canvas, marks) {
  for (const mark of marks) {
    if (mark[0] === 'p') paintStroke(canvas, mark);
    else if (mark[0] === 't') paintText(canvas, mark);
    else {
      canvas.save();
      canvas.translate(mark[1], mark[2]);
      paintMarks(canvas, inside(mark));
      canvas.restore();
    }
  }
}

function paintStroke(canvas, [, path, fill, line, width = 1, dash = [], roundEnds = 0]) {
  const shape = parsed(path);
  if (fill) {
    canvas.fillStyle = colours[fill];
    canvas.fill(shape);
  }
  if (line) {
    canvas.strokeStyle = colours[line];
    canvas.lineWidth = width;
    canvas.lineJoin = 'round';
    canvas.lineCap = roundEnds ? 'round' : 'butt';
    canvas.setLineDash(dash);
    canvas.stroke(shape);
    canvas.setLineDash([]);
  }
}

function paintText(canvas, [, x, y, text, size, colour, bold, anchor, room]) {
  canvas.font = (bold ? '600 ' : '') + size + 'px ' + fontFamily;
  canvas.textBaseline = 'middle';
  canvas.textAlign = { start: 'left', middle: 'center', end: 'right' }[anchor];
  canvas.direction = 'ltr';
  canvas.fillStyle = colours[colour];
  if (room) canvas.fillText(text, x, y + size * 0.04, room);
  else canvas.fillText(text, x, y + size * 0.04);
}

/* A glow around a path, for what is chosen or found. */
function paintHalo(canvas, path, width) {
  canvas.strokeStyle = colours.halo;
  canvas.lineWidth = width;
  canvas.lineJoin = 'round';
  canvas.lineCap = 'round';
  canvas.setLineDash([]);
  canvas.stroke(parsed(path));
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (letter) => '&#' + letter.charCodeAt(0) + ';');
}

/* A text of letters that our table of widths knows keeps to its room; see svg.py. */
const MEASURED = /^[\u0020-\u024f\u2010-\u2026]{4,}$/;
const WIDER = 1.05;

function squeezed(text, room) {
  if (!room || !MEASURED.test(text)) return '';
  const length = Math.round((room / WIDER) * 10) / 10;
  return ` textLength="${length}" lengthAdjust="spacingAndGlyphs"`;
}

function marksAsSvg(marks) {
  return marks.map(markAsSvg).join('');
}

function markAsSvg(mark) {
  if (mark[0] === 'g') {
    return `<g transform="translate(${mark[1]} ${mark[2]})">${marksAsSvg(inside(mark))}</g>`;
  }
  if (mark[0] === 't') {
    const [, x, y, text, size, colour, bold, anchor, room] = mark;
    return `<text x="${x}" y="${spelled(y + 0.35 * size)}" font-size="${size}" text-anchor="${anchor}"` +
      `${bold ? ' font-weight="600"' : ''} fill="${colours[colour]}"${squeezed(text, room)}>` +
      `${escaped(text)}</text>`;
  }
  const [, path, fill, line, width = 1, dash = [], roundEnds = 0] = mark;
  const along = line
    ? ` stroke="${colours[line]}" stroke-width="${width}" stroke-linejoin="round"` +
      `${dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''}` +
      `${roundEnds ? ' stroke-linecap="round"' : ''}`
    : '';
  return `<path d="${path}" fill="${fill ? colours[fill] : 'none'}"${along}/>`;
}
