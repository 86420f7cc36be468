/* Files for other places: the picture as it stands now, and the rows that are shown. */

function fileName(ending) {
  const stem = folded(data.title).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${[stem || 'holdings', dateNow().replace(/[^0-9-]/g, '')].join('_')}.${ending}`;
}

function dateNow() {
  return data.moments.length ? data.moments[state.moment].date : data.as_of;
}

function save(blob, ending) {
  const anchor = make('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = fileName(ending);
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 2000);
}

/* What is chosen, in words: a picture that is saved or printed says what it does not show. */
function stateWords() {
  return [
    data.moments.length ? `As of ${dateNow()}` : '',
    state.arrangement === 'every' ? ''
      : data.arrangements.find(([key]) => key === state.arrangement)[1],
    state.metric === 'capital' && data.rights !== 'capital' ? 'Capital only' : '',
    state.metric === 'votes' ? `${capitalized(data.votes_word)} only` : '',
    state.threshold ? `Holdings below ${state.threshold} % are not shown` : '',
    hiddenParties.size ? hiddenWords() : '',
  ].filter(Boolean).join(' · ');
}

function capitalized(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/* Title, legend, notes and sources around the picture that is drawn; see poster.py. */
function posterNow() {
  const { frame, marks, state: [x, y], words: [across, down], notes, analyses } =
    layoutOf(state.shape).poster;
  const [height, said] = analyses[state.overlay] || [0, []];
  const [more, told] = notes[data.moments.length ? state.moment : 0];
  const [left, top, right, bottom] = frame;
  return {
    frame: [left, top, right, bottom + height + more],
    marks: [
      ...marks,
      ['t', x, y, stateWords(), 13.5, 'ink', 1, 'start', 0],
      ['g', across, down, said],
      ['g', across, down + height, told],
    ],
  };
}

/* All marks of the picture in the order in which they cover one another; boxes with a strength. */
function wholePicture() {
  const shown = shownLinks();
  return [
    [1, decor],
    ...shown.map((link) => [1, lineMarks(link)]),
    ...placedParties.filter((party) => !hiddenParties.has(party.name))
      .map((party) => [standing.has(party.name) ? 1 : ALONE, marksOf(party)]),
    ...shown.map((link) => [1, labelMarks(link)]),
  ];
}

function pictureAsSvg() {
  return wholePicture().map(([strength, marks]) => (strength === 1 ? marksAsSvg(marks)
    : `<g opacity="${strength}">${marksAsSvg(marks)}</g>`)).join('');
}

function openingAsSvg([left, top, right, bottom]) {
  const size = [right - left, bottom - top];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" ` +
    `viewBox="${[left, top, ...size].join(' ')}" role="img" font-family="${escaped(fontFamily)}">` +
    `<title>${escaped(data.title)}</title>`;
}

function svgText() {
  const { frame, marks } = posterNow();
  const [left, top, right, bottom] = frame;
  const words = shownLinks().map((link) => link.sentence).join(' ');
  return `${openingAsSvg(frame)}<desc>${escaped(words)}</desc>` +
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ` +
    `fill="${colours.page}"/>${pictureAsSvg()}${marksAsSvg(marks)}</svg>\n`;
}

/* On paper stands what is on the screen, in the colours of paper, and a line on what is hidden. */
const DENSE_FROM = 16;  // rows

function refreshStill() {
  const spoken = stateWords();
  document.documentElement.classList.toggle('dense', shownRecords().length >= DENSE_FROM);
  byId('state').textContent = [spoken, overlayNow()?.title].filter(Boolean).join(' · ');
  const onScreen = colours;
  colours = Object.fromEntries(Object.keys(onScreen).map((name) => [name, `var(--${name})`]));
  const [left, top, right, bottom] = bounds;
  const frame = [left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN];
  const text = `${openingAsSvg(frame)}${pictureAsSvg()}</svg>`;
  colours = onScreen;
  const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  byId('still').replaceChildren(document.importNode(drawing, true));
}

/* Twice the size of the screen's pixels, but no larger than what browsers can hold. */
const MOST_PIXELS = 12000;

function pngBlob() {
  const { frame: [left, top, right, bottom], marks: around } = posterNow();
  const scale = Math.min(2, MOST_PIXELS / Math.max(right - left, bottom - top));
  const sheet = make('canvas');
  sheet.width = Math.ceil((right - left) * scale);
  sheet.height = Math.ceil((bottom - top) * scale);
  const canvas = sheet.getContext('2d');
  canvas.fillStyle = colours.page;
  canvas.fillRect(0, 0, sheet.width, sheet.height);  // the last pixels too, of which we need a part
  canvas.scale(scale, scale);
  canvas.translate(-left, -top);
  for (const [strength, marks] of [...wholePicture(), [1, around]]) {
    canvas.globalAlpha = strength;
    paintMarks(canvas, marks);
  }
  return new Promise((done) => sheet.toBlob(done, 'image/png'));
}

/* A cell that a spreadsheet would run as a formula is made text by an apostrophe, and one that
   looks as if it had been gets a second; the same signs as in keiretsu.formats.defusing. */
const FORMULA = /^[ ']*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function cell(value) {
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

function csvText() {
  const shown = shownRecords().map((link) => link.row);
  return '\ufeff' + [data.csv, ...shown].map((row) => row.map(cell).join(',') + '\r\n').join('');
}

function startExport() {
  byId('save-svg').addEventListener('click', () => {
    save(new Blob([svgText()], { type: 'image/svg+xml' }), 'svg');
  });
  byId('save-png').addEventListener('click', async () => save(await pngBlob(), 'png'));
  byId('save-csv').addEventListener('click', () => {
    save(new Blob([csvText()], { type: 'text/csv;charset=utf-8' }), 'csv');
  });
  byId('print').addEventListener('click', () => print());
  addEventListener('beforeprint', refreshStill);
  byId('export').addEventListener('click', (event) => {
    if (event.target.tagName === 'BUTTON') byId('export').open = false;
  });
  document.addEventListener('click', (event) => {
    if (!byId('export').contains(event.target)) byId('export').open = false;
  });
}
