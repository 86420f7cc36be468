/* Going from change to change: everything stays in its place, only what is so is drawn. */

function goToMoment(at) {
  const moment = Math.max(0, Math.min(data.moments.length - 1, at));
  if (moment === state.moment) return;
  change({ moment });
  const { date, events } = data.moments[moment];
  announce(`${date}. ${shownLinks().length} holdings. ${events.join('. ')}`);
}

function showMoment() {
  const { date, events } = data.moments[state.moment];
  byId('moment').value = state.moment;
  byId('moment').setAttribute('aria-valuetext', date);
  byId('moment-text').textContent = date;
  byId('table-date').textContent = date;
  byId('earlier').disabled = state.moment === 0;
  byId('later').disabled = state.moment === data.moments.length - 1;
  byId('events').replaceChildren(...events.map((event) => make('li', '', event)));
  byId('events').hidden = !events.length;
}

/* From when to when a state of a holding is shown. */
function spanOf(link) {
  const last = Math.max(...link.during) + 1;
  const end = last < data.moments.length ? `until ${data.moments[last].date}` : 'to the end';
  return `${data.moments[Math.min(...link.during)].date} ${end}`;
}

/* All states of a line, oldest first. */
function historyOf(link) {
  if (!link.during) return [];
  const states = data.links.filter((one) => one.line === link.line && one.during)
    .sort((a, b) => Math.min(...a.during) - Math.min(...b.during));
  return [make('h3', '', 'History'), make('ol', 'history', ...states.map((one) => {
    const item = make('li', one === link ? 'now' : '',
      make('span', 'quiet', spanOf(one)), amounts(one));
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
