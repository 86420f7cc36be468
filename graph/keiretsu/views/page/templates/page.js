/* What every other part uses: the data, elements by id, and elements made from text. */

document.documentElement.classList.remove('no-script');

const data = unpacked(JSON.parse(document.getElementById('data').textContent));
const carried = JSON.parse(document.getElementById('network').textContent);
const parties = new Map(data.parties.map((party) => [party.name, party]));
const links = new Map(data.links.map((link) => [link.name, link]));
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;

function byId(id) {
  return document.getElementById(id);
}

/* Make an element; text of strangers is only ever set as text, never as markup. */
function make(tag, className, ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  if (['p', 'li', 'small'].includes(tag)) keepSignsWithNumbers(element);
  return element;
}

/* No line of a sentence begins with a percent sign; whoever copies it gets a usual space. */
function keepSignsWithNumbers(element) {
  for (const part of element.childNodes) {
    if (part.nodeType === Node.TEXT_NODE) part.data = part.data.replace(/(\d) %/g, '$1\u00a0%');
  }
}

document.querySelectorAll('#about :is(p, li, summary), #rows p').forEach(keepSignsWithNumbers);

/* Names are compared without case and accents, so that "senard" finds "Sénard". */
function folded(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/* A number and what it counts: "1 party", "2 parties". */
function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

function announce(text) {
  byId('live').textContent = text;
}
