/* How much of each layout the window has room for: which of them is drawn, and how high. */

const MARGIN = 22;
const MARGIN_ON_A_PHONE = 12;
const LARGEST = 1.35;
/* What is written on lines, 12.5 of ours, has to be nine pixels large, or not all is shown at first;
   a little less where two worlds are compared. On a phone all is shown only if it is twelve, but all
   across if it is nine. */
const SMALLEST = 0.75;
const SMALLEST_OF_TWO = 0.7;
const READABLE = 0.96;
const NARROWEST_DESK = 560;
/* In a narrow window the page scrolls: below a picture something else begins, and beside one that
   fills the window a finger finds a strip by which to move the page. */
const BELOW = 28;
const STRIP = 64;
const LOWEST = 320;

function isPhone() {
  return chart.clientWidth < NARROWEST_DESK;
}

/* Whether the page scrolls, and details rise from below; the same width as in view.css. */
function isNarrow() {
  return matchMedia('(max-width: 860px)').matches;
}

/* Pictures are laid out wide and, many of them, tall for phones; of two worlds that stand side by
   side the second may also stand below the first. */
const SHAPES = ['wide', 'below', 'tall'];

function layoutOf(shape) {
  return data.layouts[`${state.arrangement}-${shape}`] ||
    data.layouts[`${state.arrangement}-wide`];
}

function margin() {
  return isPhone() ? MARGIN_ON_A_PHONE : MARGIN;
}

/* How high the picture may be: on the first screen, and if one scrolls. */
function roomDown() {
  if (!isNarrow()) return [chart.clientHeight, chart.clientHeight];
  const screen = document.documentElement.clientHeight;
  const above = chart.getBoundingClientRect().top + scrollY;
  return [Math.max(screen - above - BELOW, LOWEST), Math.max(screen - STRIP, LOWEST)];
}

/* How a layout would open: whole if it can then be read, else a part of it in a readable size. */
function opening(shape) {
  const { bounds: [left, top, right, bottom], decor: captions } = layoutOf(shape);
  const [across, down] = [right - left + 2 * margin(), bottom - top + 2 * margin()];
  const [first, most] = roomDown();
  const readable = captions.length ? SMALLEST_OF_TWO : SMALLEST;
  const least = isPhone() ? READABLE : readable;
  const wholeIn = (height) => Math.min(chart.clientWidth / across, height / down, LARGEST);
  const isWhole = wholeIn(most) >= least;
  if (isWhole) {
    const scale = Math.max(wholeIn(first), least);
    return { isWhole, least, scale, height: Math.min(scale * down, most), part: 1 };
  }
  /* All across, so that one goes down only, is better than larger. */
  const fitting = chart.clientWidth / across;
  const scale = fitting < readable ? READABLE : Math.min(fitting, READABLE);
  const [width, height] = [chart.clientWidth / scale / across, first / scale / down];
  const part = Math.min(width, 1) * Math.min(height, 1);
  return { isWhole, least, scale, height: Math.min(scale * down, first), part };
}

/* The tall layout is for phones; elsewhere what is whole and largest, or of which most is seen. */
function suitedShape() {
  if (!chart.clientWidth) return state.shape;
  if (isPhone()) return 'tall';
  const worth = ({ isWhole, scale, part }) => (isWhole ? 1 + scale : part);
  const there = SHAPES.filter((shape) => `${state.arrangement}-${shape}` in data.layouts);
  return there.reduce((best, shape) => (
    worth(opening(shape)) > worth(opening(best)) ? shape : best));
}

/* In a narrow window the picture is as high as what it shows; elsewhere it fills what there is. */
function giveHeight() {
  if (!chart.clientWidth) return;
  chart.style.height = isNarrow() ? `${Math.round(opening(state.shape).height)}px` : '';
}
