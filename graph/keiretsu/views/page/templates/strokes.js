/*
 * A line on its route, as strokes.py has it: what it looks like is told once for all layouts.
 *   ["a", cut, aside, colour, width, dash, roundEnds]   a stroke along the route
 *   ["h", long, reach, side, colour]                    an arrowhead at its end
 *   ["d", radius, colour]                               a dot at its end
 */

function onRoute(looks, route) {
  if (looks[0] === 'd') return dotAt(route.at(-1), looks);
  if (looks[0] === 'h') return headAt(route, looks);
  const [, cut, aside, colour, width, dash = [], roundEnds = 0] = looks;
  const short = cut ? shortenedRoute(route, cut) : route;
  const beside = aside ? shiftedRoute(short, aside) : short;
  return ['p', pathThrough(beside), null, colour, width, dash, roundEnds];
}

function pathThrough(points) {
  return 'M' + points.map((point) => point.map(spelled).join(' ')).join('L');
}

function spelled(value) {
  return Math.round(value * 10) / 10 || 0;
}

function dotAt([x, y], [, radius, colour]) {
  const turn = `a${radius} ${radius} 0 1 0 `;
  return ['p', `M${spelled(x - radius)} ${spelled(y)}${turn}${2 * radius} 0${turn}${-2 * radius} 0Z`,
    colour];
}

function headAt(route, [, long, reach, side, colour]) {
  const tip = route.at(-1);
  const base = shortenedRoute(route, long).at(-1);
  const [dx, dy] = [tip[0] - base[0], tip[1] - base[1]];
  const length = Math.hypot(dx, dy) || 1;
  const out = [(-dy / length) * reach, (dx / length) * reach];
  const plus = side >= 0 ? [base[0] + out[0], base[1] + out[1]] : base;
  const minus = side <= 0 ? [base[0] - out[0], base[1] - out[1]] : base;
  return ['p', `${pathThrough([tip, plus, minus])}Z`, colour];
}

/* A route moved sideways: to its left, seen along it, if `by` is positive. */
function shiftedRoute(route, by) {
  return route.map(([x, y], at) => {
    const before = route[Math.max(0, at - 1)];
    const after = route[Math.min(route.length - 1, at + 1)];
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const length = Math.hypot(dx, dy) || 1;
    return [x - (dy / length) * by, y + (dx / length) * by];
  });
}

/* A route without its last `by` pixels. */
function shortenedRoute(route, by) {
  const points = route.slice();
  let left = by;
  while (points.length > 1) {
    const [[x1, y1], [x2, y2]] = points.slice(-2);
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length > left) {
      points[points.length - 1] = [x2 - ((x2 - x1) / length) * left, y2 - ((y2 - y1) / length) * left];
      return points;
    }
    if (points.length === 2) break;
    left -= length;
    points.pop();
  }
  return points;
}

/* The marks of a link, worked out when they are first drawn in a layout. */
function lineMarks(link) {
  link.drawn[state.metric] ??= link.lines[state.metric].map((one) => onRoute(one, link.route));
  return link.drawn[state.metric];
}
