// The field that finds a party while one types.

import { get } from './api.js';
import { at, make, tell } from './dom.js';

const PAUSE = 120;

/** Let a field find parties; `chosen` is called with the one that was taken. */
export function finder(chosen) {
  const input = at('party');
  const list = at('found');
  let rows = [];
  let marked = -1;
  let waiting = 0;
  let asking = new AbortController();

  function close() {
    clearTimeout(waiting);
    asking.abort();
    list.hidden = true;
    marked = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function mark(position) {
    marked = position;
    [...list.children].forEach((item, number) =>
      item.setAttribute('aria-selected', String(number === position)));
    const item = list.children[position];
    if (item) {
      input.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    }
  }

  function take(position) {
    const row = rows[position];
    close();
    input.value = row.party;
    chosen({ id: row.party_id, label: row.party });
  }

  function item(row, number) {
    const also = row.found_by === row.party ? row.kind : `${row.kind}, also ${row.found_by}`;
    return make('li', { id: `found-${number}`, role: 'option', 'aria-selected': 'false', on: {
      mousedown: (event) => { event.preventDefault(); take(number); } } },
    row.party, make('small', {}, also));
  }

  async function look() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      rows = (await get('/api/search', { text: input.value.trim() }, signal)).parties;
    } catch (error) {
      if (error.name !== 'AbortError') tell(error.message);
      return;
    }
    if (signal.aborted) return;
    list.replaceChildren(...rows.map(item));
    if (!rows.length) list.append(make('li', { role: 'option', 'aria-disabled': 'true' }, 'No party has such a name'));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    tell(rows.length ? `${rows.length} found` : 'nothing found');
    if (rows.length) mark(0);
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(look, PAUSE);
    else close();
  });
  input.addEventListener('keydown', (event) => {
    const open = !list.hidden && rows.length;
    if (event.key === 'ArrowDown' && open) mark((marked + 1) % rows.length);
    else if (event.key === 'ArrowUp' && open) mark((marked + rows.length - 1) % rows.length);
    else if (event.key === 'Enter' && open && marked >= 0) take(marked);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', close);
}
