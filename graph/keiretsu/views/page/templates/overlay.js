/* Overlays: an analysis marked on the boxes, and told in the panel. */

function overlayNow() {
  return data.overlays.find((one) => one.key === state.overlay) || null;
}

function overlayMarks(party) {
  const states = (state.overlay && party.overlays[state.overlay]) || [];
  return states.find(([during]) => isAt(during))?.[1] || [];
}

/* What the chosen overlay, or every overlay, says of a party, or of those whom it stands for: pairs
   of title and sentence. */
function wordsOf(party, all = false) {
  const names = [party.name, ...party.members];
  return data.overlays
    .filter((overlay) => all || overlay.key === state.overlay)
    .flatMap((overlay) => overlay.badges
      .filter((badge) => names.includes(badge.party) && isAt(badge.during))
      .map((badge) => [overlay.title, badge.words]));
}

function analysesOf(party) {
  const found = wordsOf(party, true);
  if (!found.length) return [];
  return [make('h3', '', 'What the analyses say'),
    make('ul', 'notes', ...found.map(([title, words]) => make('li', '', words,
      make('small', 'quiet block', title))))];
}

function showMarked() {
  for (const section of document.querySelectorAll('[data-overlay]')) {
    section.hidden = section.dataset.overlay !== (state.overlay || '');
  }
  for (const said of document.querySelectorAll('[data-during]')) {
    said.hidden = !said.dataset.during.split(' ').map(Number).includes(state.moment);
  }
}

function startOverlays() {
  const choice = byId('overlay');
  choice.append(...data.overlays.map((overlay) => {
    const option = make('option', '', overlay.title);
    option.value = overlay.key;
    return option;
  }));
  choice.closest('label').hidden = !data.overlays.length;
  choice.addEventListener('change', () => {
    change({ overlay: choice.value || null, chosen: null });
    announce(overlayNow() ? overlayNow().note : 'Nothing is marked');
  });
  followers.push(showMarked, () => { choice.value = state.overlay || ''; });
}

/* Which arrangement is drawn, where there is a choice. */
function startArrangements() {
  const choice = byId('arrangement');
  choice.append(...data.arrangements.map(([key, words]) => {
    const option = make('option', '', words);
    option.value = key;
    return option;
  }));
  choice.closest('label').hidden = data.arrangements.length < 2;
  choice.addEventListener('change', () => {
    change({ arrangement: choice.value, chosen: null, folds: new Set() });
    announce(choice.selectedOptions[0].textContent);
  });
  followers.push(() => { choice.value = state.arrangement; });
}
