/* The address of what is seen: date, metric, threshold, choice and chains, to be sent to others. */

function idOf(name) {
  return (parties.get(name) || links.get(name) || {}).id || '';
}

function nameOf(id) {
  return [...data.parties, ...data.links].find((one) => one.id === id)?.name || '';
}

function addressNow() {
  const told = {
    date: data.moments.length ? data.moments[state.moment].date : '',
    metric: state.metric === data.metric ? '' : state.metric,
    min: state.threshold || '',
    sel: idOf(state.chosen),
    from: idOf(state.from),
    to: idOf(state.to),
    mark: state.overlay === data.mark ? '' : state.overlay || 'none',
    show: state.arrangement === data.arrangements[0][0] ? '' : state.arrangement,
  };
  if (data.moments.length && state.moment === data.moment) told.date = '';
  const parts = Object.entries(told).filter(([, value]) => value !== '');
  return new URLSearchParams(parts).toString();
}

/* Only what the page knows is taken from an address. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const known = (list, value, otherwise) => (list.includes(value) ? value : otherwise);
  const moment = data.moments.findLastIndex((one) => one.date <= (asked.get('date') || ''));
  const threshold = Number(asked.get('min'));
  change({
    moment: moment < 0 ? data.moment : moment,
    metric: known(data.metrics, asked.get('metric'), data.metric),
    threshold: threshold >= 0 && threshold <= 50 ? threshold : 0,
    overlay: asked.get('mark') === 'none' ? null
      : known(data.overlays.map((one) => one.key), asked.get('mark'), data.mark),
    arrangement: known(
      data.arrangements.map(([key]) => key), asked.get('show'), data.arrangements[0][0],
    ),
  });
  const [from, to] = [nameOf(asked.get('from')), nameOf(asked.get('to'))];
  if (parties.has(from) && parties.has(to)) askForChains({ from, to });
  const chosen = nameOf(asked.get('sel'));
  if (chosen) choose(chosen);
}

let written = '';

function writeAddress() {
  const address = addressNow();
  if (address === written) return;
  written = address;
  try {
    history.replaceState(null, '', address ? `#${address}` : location.pathname + location.search);
  } catch {
    /* A page inside a notebook's frame has no address of its own. */
  }
}

function startAddress() {
  readAddress();
  followers.push(writeAddress);
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) !== written) readAddress();
  });
}
