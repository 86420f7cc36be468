// What is looked at, kept in the address after the #, so that it can be bookmarked and gone back to.

const NAMES = ['party', 'as-of', 'known-at', 'tab', 'rule', 'depth', 'question'];

export function read() {
  const given = new URLSearchParams(location.hash.replace(/^#/, ''));
  const state = Object.fromEntries(NAMES.map((name) => [name, given.get(name) || '']));
  state.days = { 'as-of': state['as-of'], 'known-at': state['known-at'] };
  return state;
}

/** The address of what is looked at now, with some of it changed. */
export function here(changes) {
  const state = { ...read(), ...changes };
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  return `#${query}`;
}
