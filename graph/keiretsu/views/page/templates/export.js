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

/* Title, legend and notes around the picture that is drawn. */
function poster() {
  const tall = state.tall && data.layouts[`${state.arrangement}-tall`];
  return (tall || data.layouts[`${state.arrangement}-wide`]).poster;
}

/* All marks of the picture in the order in which they cover one another. */
function wholePicture() {
  const shown = shownLinks();
  return [
    decor,
    ...shown.map(lineMarks),
    ...placedParties.filter((party) => !hiddenParties.has(party.name)).map(marksOf),
    ...shown.map(labelMarks),
    poster().marks,
  ];
}

function svgText() {
  const [left, top, right, bottom] = poster().frame;
  const size = [right - left, bottom - top];
  const words = shownLinks().map((link) => link.sentence).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" ` +
    `viewBox="${[left, top, ...size].join(' ')}" role="img" font-family="${escaped(fontFamily)}">` +
    `<title>${escaped(data.title)}</title><desc>${escaped(words)}</desc>` +
    `<rect x="${left}" y="${top}" width="${size[0]}" height="${size[1]}" ` +
    `fill="${colours.page}"/>${wholePicture().map(marksAsSvg).join('')}</svg>\n`;
}

/* Twice the size of the screen's pixels, but no larger than what browsers can hold. */
const MOST_PIXELS = 12000;

function pngBlob() {
  const [left, top, right, bottom] = poster().frame;
  const scale = Math.min(2, MOST_PIXELS / Math.max(right - left, bottom - top));
  const sheet = make('canvas');
  sheet.width = Math.round((right - left) * scale);
  sheet.height = Math.round((bottom - top) * scale);
  const canvas = sheet.getContext('2d');
  canvas.scale(scale, scale);
  canvas.translate(-left, -top);
  canvas.fillStyle = colours.page;
  canvas.fillRect(left, top, right - left, bottom - top);
  for (const marks of wholePicture()) paintMarks(canvas, marks);
  return new Promise((done) => sheet.toBlob(done, 'image/png'));
}

/* A cell that a spreadsheet would run as a formula is made text by an apostrophe. */
function cell(value) {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
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
  byId('export').addEventListener('click', (event) => {
    if (event.target.tagName === 'BUTTON') byId('export').open = false;
  });
  document.addEventListener('click', (event) => {
    if (!byId('export').contains(event.target)) byId('export').open = false;
  });
}
