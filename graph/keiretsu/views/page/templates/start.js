/* Ties the controls to the state and starts everything. */

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  repaint();
}

function repaint() {
  readColours();
  network.redraw();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function showControls() {
  for (const radio of document.querySelectorAll('input[name=metric]')) {
    radio.checked = radio.value === state.metric;
  }
  byId('threshold-text').textContent = `${state.threshold} %`;
  const now = placedLinks
    .filter((link) => !TIES.includes(link.kind) && link.kind !== 'proposed' && isNow(link));
  const shown = now.filter(isShown).length;
  const boxesShown = placedParties.length - hiddenParties.size;
  byId('shown').textContent = shown === now.length
    ? `${counted(boxesShown, 'party', 'parties')}, ${counted(shown, 'holding')}`
    : `${shown} of ${counted(now.length, 'holding')} shown`;
}

function startControls() {
  for (const radio of document.querySelectorAll('input[name=metric]')) {
    radio.addEventListener('change', () => change({ metric: radio.value }));
  }
  byId('threshold').value = 0;
  byId('threshold').addEventListener('input', (event) => {
    change({ threshold: Number(event.target.value) });
  });
  byId('theme').addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    repaint();
  });
  const colourChoice = byId('colours');
  colourChoice.value = document.documentElement.dataset.colours;
  colourChoice.addEventListener('change', () => {
    document.documentElement.dataset.colours = colourChoice.value;
    repaint();
  });
  byId('zoom-in').addEventListener('click', () => zoom(1.25));
  byId('zoom-out').addEventListener('click', () => zoom(0.8));
  byId('zoom-fit').addEventListener('click', showEverything);
}

function startSearch() {
  const search = byId('search');
  let at = -1;
  search.value = '';
  search.addEventListener('input', () => {
    at = -1;
    change({ search: search.value, chosen: null });
    if (search.value.trim()) announce(`${counted(foundNames.size, 'party', 'parties')} found`);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      search.value = '';
      change({ search: '' });
    } else if (event.key === 'Enter') {
      const found = partiesNamed(search.value);
      if (byId('graph-panel').hidden) return;
      if (!found.length) {
        announce('No party is found');
        return;
      }
      at = (at + 1) % found.length;
      change({ search: '' });
      choose(found[at].name);
      goTo(found[at].name);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

/* In a narrow window the picture comes first: what else can be chosen is folded away. */
if (isNarrow()) byId('more').open = false;
readColours();
startChart();
startMinimap();
startTime();
startPanel();
startTable();
startExport();
startControls();
startSearch();
startChains();
startOverlays();
startArrangements();
startHiding();
followers.push(showControls);
show('graph');
startAddress();
onResize();

/* For tests and for those who script the page: what is shown, as data. */
window.keiretsu = {
  network, state, data, choose, change, svgText, csvText, pngBlob, fold, goToMoment, askForChains,
  unpacked: () => unpacked(JSON.parse(byId('data').textContent)),
  chains: () => chains,
  names: () => paintedNames,
  hidden: () => [...hiddenParties].map((name) => parties.get(name).id),
  shown: () => shownLinks().map((link) => link.id),
};
