// Elements made of text alone: nothing that a server sends is ever read as markup.

export const at = (id) => document.getElementById(id);

/** Make an element; children are elements or text, and what is null is left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') {
      for (const [event, heard] of Object.entries(value)) element.addEventListener(event, heard);
    } else if (value !== null && value !== false) {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A link to an address of the web; null for any other address. */
export function webLink(address, text) {
  let parsed;
  try {
    parsed = new URL(address);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  return make('a', { href: parsed.href, rel: 'noopener noreferrer', target: '_blank' }, text);
}

/** Tell those who cannot see what has changed. */
export function tell(text) {
  at('told').textContent = text;
}

/** Offer text as a file. */
export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
