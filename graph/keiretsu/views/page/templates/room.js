/* How much of each layout the window has room for: which of them is drawn, and how high. */

const MARGIN = 22;
const LARGEST = 1.35;
/* What is written on lines, 12.5 of ours, has to be nine pixels large, or not all is shown at first;
   a little less where two worlds are compared, and twelve on a phone. */
const SMALLEST = 0.75;
const SMALLEST_OF_TWO = 0.7;
const READABLE = 0.96;
const ACROSS = 0.7;
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

function layoutOf(tall) {
  return (tall && data.layouts[`${state.arrangement}-tall`]) ||
    data.layouts[`${state.arrangement}-wide`];
}

/* How high the picture may be: on the first screen, and if one scrolls. */
function roomDown() {
  if (!isNarrow()) return [chart.clientHeight, chart.clientHeight];
  const screen = document.documentElement.clientHeight;
  const above = chart.getBoundingClientRect().top + scrollY;
  return [Math.max(screen - above - BELOW, LOWEST), Math.max(screen - STRIP, LOWEST)];
}

/* How a layout would open: whole if it can then be read, else a part of it in a readable size. */
function opening(tall) {
  const { bounds: [left, top, right, bottom], decor: captions } = layoutOf(tall);
  const [across, down] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const [first, most] = roomDown();
  const least = isPhone() ? READABLE : captions.length ? SMALLEST_OF_TWO : SMALLEST;
  const wholeIn = (height) => Math.min(chart.clientWidth / across, height / down, LARGEST);
  const isWhole = wholeIn(most) >= least;
  if (isWhole) {
    const scale = Math.max(wholeIn(first), least);
    return { isWhole, least, scale, height: Math.min(scale * down, most), part: 1 };
  }
  /* All across, so that one goes down only, is better than larger. */
  const fitting = chart.clientWidth / across;
  const scale = fitting < Math.min(least, ACROSS) ? READABLE : Math.min(fitting, READABLE);
  const [width, height] = [chart.clientWidth / scale / across, first / scale / down];
  const part = Math.min(width, 1) * Math.min(height, 1);
  return { isWhole, least, scale, height: Math.min(scale * down, first), part };
}

/* The narrow layout is for phones, and for windows that show it larger, or more of it. */
function suitsTall() {
  if (!chart.clientWidth) return state.tall;
  if (isPhone()) return true;
  if (layoutOf(true) === layoutOf(false)) return false;
  const [wide, tall] = [opening(false), opening(true)];
  if (wide.isWhole && tall.isWhole) return tall.scale > wide.scale;
  return tall.isWhole || (!wide.isWhole && tall.part > wide.part);
}

/* In a narrow window the picture is as high as what it shows; elsewhere it fills what there is. */
function giveHeight() {
  if (!chart.clientWidth) return;
  chart.style.height = isNarrow() ? `${Math.round(opening(state.tall).height)}px` : '';
}
