// Tables that can be read, and taken along as CSV or JSON.

import { make, save } from './dom.js';

const FORMULA = /^ *[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const LONG = 40;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell of CSV that no spreadsheet takes for a formula. */
export function cell(text) {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(columns, rows) {
  const lines = [columns.map((one) => cell(one.name))];
  for (const row of rows) lines.push(columns.map((one) => cell(String(one.text(row) ?? ''))));
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/**
 * A table with its downloads.
 *
 * A column has a name, `text` of a row for the file, and perhaps `show` for what the page has
 * instead; `number` sets it to the right, `wide` gives it room.
 */
export function table({ caption, columns, rows, file, whole }) {
  const head = make('tr', {}, columns.map((one) =>
    make('th', { scope: 'col', class: one.number ? 'number' : null }, one.name)));
  const body = rows.map((row) => make('tr', {}, columns.map((one) => {
    const shown = one.show ? one.show(row) : one.text(row);
    const kind = one.number ? 'number' : one.wide ? 'wide' : 'text';
    const empty = shown === null || shown === undefined || shown === '';
    return make('td', { class: kind, 'data-label': one.name }, empty ? null : make('div', {}, shown));
  })));
  const made = make('table', { class: 'stacks' },
    make('caption', {}, caption), make('thead', {}, head), make('tbody', {}, body));
  const files = make('div', { class: 'end' },
    make('button', { type: 'button', class: 'small', on: {
      click: () => save(`${file}.csv`, 'text/csv', csv(columns, rows)) } }, 'Download CSV'),
    make('button', { type: 'button', class: 'small', on: {
      click: () => save(`${file}.json`, 'application/json', `${JSON.stringify(whole, null, 2)}\n`) } },
    'Download JSON'));
  return make('div', { class: 'answer' }, make('div', { class: 'bar' }, files),
    make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, made));
}

/** The rows of a SPARQL answer as a table. */
export function results(found, { caption, file }) {
  const names = found.head.vars;
  const rows = found.results.bindings;
  const columns = names.map((name) => {
    const text = (row) => row[name]?.value ?? '';
    return { name, text, wide: rows.some((row) => text(row).length > LONG) };
  });
  const many = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
  return table({ caption: `${caption}: ${many}`, columns, rows, file, whole: found });
}
