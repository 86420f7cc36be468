/* Going from change to change: everything stays in its place, only what is so is drawn. */

function goToMoment(at) {
  const moment = Math.max(0, Math.min(data.moments.length - 1, at));
  if (moment === state.moment) return;
  change({ moment });
  const { date, events } = data.moments[moment];
  const held = shownLinks().filter((link) => !TIES.includes(link.kind) && link.kind !== 'proposed');
  announce([date, counted(held.length, 'holding'), ...events].join('. '));
}

function showMoment() {
  const { date, events } = data.moments[state.moment];
  byId('moment').value = state.moment;
  byId('moment').setAttribute('aria-valuetext', date);
  byId('moment-text').textContent = date;
  byId('table-date').textContent = date;
  disable('earlier', state.moment === 0);
  disable('later', state.moment === data.moments.length - 1);
  byId('events').replaceChildren(...events.map((event) => make('li', '', event)));
  byId('events').hidden = !events.length;
  reachEvents();
}

/* A button that goes away under the reader's fingers hands the keyboard to the slider. */
function disable(id, isOver) {
  if (isOver && document.activeElement === byId(id)) byId('moment').focus();
  byId(id).disabled = isOver;
}

/* What scrolls must be within reach of the keyboard; nothing else need be. */
function reachEvents() {
  const list = byId('events');
  if (list.scrollHeight > list.clientHeight) list.tabIndex = 0;
  else list.removeAttribute('tabindex');
}

/* Unbroken runs of moments, each as its first and its last. */
function runsOf(during) {
  const runs = [];
  for (const at of [...during].sort((a, b) => a - b)) {
    if (runs.length && runs.at(-1)[1] === at - 1) runs.at(-1)[1] = at;
    else runs.push([at, at]);
  }
  return runs;
}

/* From when to when: what is so at the first moment may have been so before; see table.py. */
function spanOf([first, last]) {
  const start = first ? data.moments[first].date : '';
  const end = last + 1 < data.moments.length ? data.moments[last + 1].date : '';
  if (start) return end ? `${start} until ${end}` : `from ${start}`;
  return end ? `until ${end}` : 'all the time shown';
}

/* All states of a line, oldest first; one that returns stands there again. */
function historyOf(link) {
  if (!link.during) return [];
  const states = data.links.filter((one) => one.line === link.line && one.during)
    .flatMap((one) => runsOf(one.during).map((run) => ({ one, run })))
    .sort((a, b) => a.run[0] - b.run[0]);
  return [make('h3', '', 'History'), make('ol', 'history', ...states.map(({ one, run }) => {
    const current = run[0] <= state.moment && state.moment <= run[1];
    const item = make('li', current ? 'now' : '', make('span', 'quiet', spanOf(run)), amounts(one));
    if (one.why) item.append(make('small', 'quiet block', one.why));
    return item;
  }))];
}

/* The same holding at another moment, so that the panel stays with it. */
function followChosen() {
  const link = links.get(state.chosen);
  if (!link || isNow(link)) return;
  const other = data.links.find((one) => one.line === link.line && isNow(one));
  state.chosen = other ? other.name : state.chosen;
}

function startTime() {
  byId('time').hidden = data.moments.length < 2;
  if (data.moments.length < 2) return;
  byId('moment').max = data.moments.length - 1;
  byId('moment').addEventListener('input', (event) => goToMoment(Number(event.target.value)));
  byId('earlier').addEventListener('click', () => goToMoment(state.moment - 1));
  byId('later').addEventListener('click', () => goToMoment(state.moment + 1));
  followers.unshift(followChosen);
  followers.push(showMoment);
}
