/* The table stands in the page already; here its rows follow the filters and can be sorted. */

const rows = byId('rows');
const rowsInOrder = [...rows.children];

function filterRows() {
  const searching = state.search.trim() !== '';
  rowsInOrder.forEach((row) => {
    const link = links.get(row.dataset.link);
    const found = !searching || foundNames.has(link.holder) || foundNames.has(link.issuer);
    row.hidden = !isShownRecord(link) || !found;
  });
}

function sortRows(column, header) {
  const ascending = header.getAttribute('aria-sort') !== 'ascending';
  for (const other of header.parentElement.children) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  const numeric = header.dataset.sort === 'number';
  const key = (row) => row.children[column].dataset.key ?? row.children[column].firstChild.data;
  const sorted = [...rowsInOrder].sort((a, b) => {
    const order = numeric ? key(a) - key(b) : key(a).localeCompare(key(b));
    return ascending ? order : -order;
  });
  rows.append(...sorted);
}

function show(which) {
  for (const name of ['graph', 'table']) {
    const active = name === which;
    byId(`${name}-panel`).hidden = !active;
    byId(`${name}-tab`).setAttribute('aria-selected', String(active));
    byId(`${name}-tab`).tabIndex = active ? 0 : -1;
  }
  if (which === 'graph') network.redraw();
}

function startTable() {
  followers.push(filterRows);
  document.querySelectorAll('th[data-sort]').forEach((header, column) => {
    header.firstElementChild.addEventListener('click', () => sortRows(column, header));
  });
  for (const [name, other] of [['graph', 'table'], ['table', 'graph']]) {
    byId(`${name}-tab`).addEventListener('click', () => show(name));
    byId(`${name}-tab`).addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      show(other);
      byId(`${other}-tab`).focus();
    });
  }
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    show('table');
    byId('table-panel').focus();
  });
}
