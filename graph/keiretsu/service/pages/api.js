// Asking the server that sent this page, and no other.

/** What went wrong, in the server's words. */
export class Problem extends Error {
  constructor(detail, mend = '') {
    super(detail);
    this.mend = mend;
  }
}

async function answered(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: 'omit', redirect: 'error', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem('the server does not answer', 'see whether it still runs');
  }
  if (response.ok) return response;
  const type = response.headers.get('content-type') || '';
  const told = type.startsWith('application/problem+json') ? await response.json() : {};
  throw new Problem(told.detail || `the server answered ${response.status}`, told.mend);
}

/** The address of an answer; a list is given as a parameter repeated, an empty value not at all. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== '' && one !== null && one !== undefined) query.append(name, one);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export async function get(path, parameters, signal) {
  const headers = { Accept: 'application/json' };
  return (await answered(address(path, parameters), { headers, signal })).json();
}

/** Answer a query: rows or a boolean as JSON has them, or statements as Turtle. */
export async function sparql(query, signal) {
  const response = await answered('/sparql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/sparql-query',
      Accept: 'application/sparql-results+json, text/turtle;q=0.9',
    },
    body: query,
    signal,
  });
  const type = response.headers.get('content-type') || '';
  return type.startsWith('text/turtle')
    ? { turtle: await response.text() }
    : response.json();
}
