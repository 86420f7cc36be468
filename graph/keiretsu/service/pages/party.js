// What is known of one party: who owns it, what it holds, who controls it, how votes changed.

import { address, get } from './api.js';
import { make } from './dom.js';
import { sourcesButton, sourcesText } from './sources.js';
import { here } from './state.js';
import { table } from './tables.js';

const RULES = [
  ['majority-votes', 'more than half of the votes'],
  ['fr-presumption-40', 'French presumption, above 40 %'],
];

const VERDICTS = ['certain', 'possible', 'impossible'];

/** A percentage, or the ends between which it lies. */
function percent(row, key) {
  if (row[key] !== null && row[key] !== undefined) return String(row[key]);
  const least = row[`${key}_min`];
  const most = row[`${key}_max`];
  if (least === null || least === undefined) return '';
  return least === most ? String(least) : `${least} to ${most}`;
}

function partyLink(label, id, kind) {
  const shown = id ? make('a', { href: here({ party: id }) }, label) : make('span', {}, label);
  return [shown, ...(kind && kind !== label ? [' ', make('span', { class: 'kind' }, kind)] : [])];
}

const number = (name, key) => ({ name, number: true, text: (row) => percent(row, key) });
const evidence = (about) => ({
  name: 'sources',
  text: (row) => sourcesText(row.sources),
  show: (row) => sourcesButton(row.sources, about(row)),
});
const named = (name, key) => ({
  name,
  text: (row) => row[key] ?? '',
  show: (row) => partyLink(row[key] ?? '', row[`${key}_id`], row.kind),
});

export function assumed(found) {
  if (!found.warnings?.length) return null;
  const lines = found.warnings.map((one) =>
    make('li', {}, one.parties.length ? `${one.parties.join(', ')}: ${one.text}` : one.text));
  return make('details', {}, make('summary', {}, `What was assumed (${lines.length})`),
    make('ul', {}, lines));
}

function stakes(found, rows, key, caption, file) {
  const columns = [
    named(key, key),
    number('direct %', 'direct_percent'),
    number('in all %', 'percent'),
    number('seen through %', 'look_through_percent'),
    evidence((row) => key === 'holder' ? `${row.holder} in ${found.company}` : `${found.party} in ${row.issuer}`),
  ];
  return table({ caption, columns, rows, file, whole: found });
}

export async function owners(state, signal) {
  const found = await get('/api/owners', { company: state.party, ...state.days }, signal);
  const rest = ['float', 'undisclosed', 'nobody']
    .map((key) => [key, percent(found, `${key}_percent`)])
    .filter(([, share]) => share && share !== '0')
    .map(([key, share]) => `${key} ${share} %`);
  return [
    stakes(found, found.owners, 'holder', 'Owners, directly and in all, in percent of the capital', 'owners'),
    rest.length ? make('p', { class: 'lead' }, `In all, beside them: ${rest.join(', ')}.`) : null,
    assumed(found),
  ];
}

export async function holdings(state, signal) {
  const found = await get('/api/holdings', { party: state.party, ...state.days }, signal);
  return [
    stakes(found, found.holdings, 'issuer', 'Holdings, directly and in all, in percent of the capital', 'holdings'),
    assumed(found),
  ];
}

function controlTable(found, caption, file) {
  const columns = [
    named('controller', 'controller'),
    named('company', 'company'),
    { name: 'verdict', text: (row) => row.verdict, show: (row) => make('span', { class: row.verdict }, row.verdict) },
    number('votes %', 'percent'),
    {
      name: 'why',
      wide: true,
      text: (row) => row.explanation.join(' '),
      show: (row) => row.explanation.map((line) => make('p', {}, line)),
    },
    {
      name: 'sources',
      text: (row) => sourcesText(row.through.flatMap((part) => part.sources)),
      show: (row) => sourcesButton(
        row.through.flatMap((part) => part.sources), `${row.controller} and ${row.company}`),
    },
  ];
  return table({ caption, columns, rows: found.control, file, whole: found });
}

export async function control(state, signal) {
  const rule = state.rule || RULES[0][0];
  const asked = { rule, ...state.days };
  const [above, below] = await Promise.all([
    get('/api/control', { ...asked, of: state.party }, signal),
    get('/api/control', { ...asked, by: state.party }, signal),
  ]);
  above.control.sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.percent - a.percent);
  below.control = below.control.filter((row) => row.verdict !== 'impossible');
  const select = make('select', { id: 'rule', on: {
    change: (event) => { location.hash = here({ rule: event.target.value }); } } },
  RULES.map(([name, words]) => make('option', { value: name, selected: name === rule }, words)));
  return [
    make('div', { class: 'bar' },
      make('div', { class: 'field' }, make('label', { for: 'rule' }, 'Rule'), select),
      make('span', { class: 'quiet' }, above.rule_text ?? '')),
    controlTable(above, `Who controls ${state.label}`, 'controlled-by'),
    make('h2', {}, `What ${state.label} controls`),
    below.control.length ? controlTable(below, `Controlled by ${state.label}`, 'controls')
      : make('p', {}, 'Nothing, by this rule.'),
    assumed(above),
  ];
}

export async function votes(state, signal) {
  const found = await get('/api/votes', { company: state.party, ...state.days }, signal);
  const rules = (row) => row.rules.map((rule) => `${rule.article}: ${rule.effect} (${rule.text})`);
  const columns = [
    named('holder', 'holder'),
    number('capital %', 'capital_percent'),
    number('gross votes %', 'gross_votes_percent'),
    number('votes %', 'votes_percent'),
    number('agreed votes %', 'agreed_votes_percent'),
    {
      name: 'rules',
      wide: true,
      text: (row) => rules(row).join('; '),
      show: (row) => row.rules.length ? rules(row).map((line) => make('p', {}, line)) : null,
    },
    evidence((row) => `${row.holder} in ${found.company}`),
  ];
  const caption = `Votes in ${found.company}, ${found.decision} decisions`;
  return [table({ caption, columns, rows: found.votes, file: 'votes', whole: found }), assumed(found)];
}

export async function timeline(state, signal) {
  const days = { ...state.days };
  const found = await get('/api/timeline', { company: state.party, ...days }, signal);
  const stake = (one) => `${one.holder} ${percent(one, 'votes_percent') || '?'} %`;
  const columns = [
    { name: 'from', text: (row) => row.from },
    { name: 'until', text: (row) => row.until ?? '' },
    {
      name: 'controller',
      text: (row) => row.controller ?? 'nobody',
      show: (row) => row.controller
        ? [...partyLink(row.controller, row.controller_id), ' ',
          row.verdict === 'certain' ? '' : make('span', { class: row.verdict }, row.verdict)]
        : make('span', { class: 'quiet' }, 'nobody'),
    },
    { name: 'rule', text: (row) => row.rule ?? '' },
    { name: 'votes', wide: true, text: (row) => row.votes.map(stake).join('; ') },
    {
      name: 'sources',
      text: (row) => sourcesText(row.votes.flatMap((one) => one.sources)),
      show: (row) => sourcesButton(
        row.votes.flatMap((one) => one.sources), `${found.party} from ${row.from}`),
    },
  ];
  const caption = `${found.party} from ${found.from} to ${found.until}`;
  return [table({ caption, columns, rows: found.periods, file: 'timeline', whole: found }), assumed(found)];
}

export async function picture(state) {
  const asked = { party: state.party, ...state.days };
  const page = address('/api/view', { ...asked, depth: state.depth || 2 });
  const frame = make('iframe', { src: page, title: `Who holds what around ${state.label}`,
    sandbox: 'allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox' });
  const depth = make('select', { id: 'depth', on: {
    change: (event) => { location.hash = here({ depth: event.target.value }); } } },
  ['1', '2', '3', '4'].map((value) =>
    make('option', { value, selected: value === (state.depth || '2') }, value)));
  return [
    make('div', { class: 'bar' },
      make('div', { class: 'field' }, make('label', { for: 'depth' }, 'Holdings away'), depth),
      make('div', { class: 'end' },
        make('a', { href: page, download: 'view.html' }, 'Download page'),
        make('a', { href: address('/api/view', { ...asked, depth: state.depth || 2, form: 'svg' }), download: 'view.svg' }, 'Download SVG'))),
    frame,
  ];
}
