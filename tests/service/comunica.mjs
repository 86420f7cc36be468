// Asks an endpoint with Comunica and prints the bindings: node comunica.mjs FOLDER ENDPOINT QUERY
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, endpoint, query] = process.argv.slice(2);
const where = createRequire(`${folder}/`).resolve('@comunica/query-sparql');
const { QueryEngine } = await import(pathToFileURL(where));
const bindings = await new QueryEngine().queryBindings(query, {
  sources: [{ type: 'sparql', value: endpoint }],
});
const rows = [];
for await (const row of bindings) {
  rows.push(Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
}
console.log(JSON.stringify(rows));
