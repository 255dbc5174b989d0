// How long classify takes: node bench/classify.mjs [a saved tools/list answer …]
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { median } from './statistics.mjs';

const ENOUGH = 200; // ms of work for each figure
const source = await build({
  entryPoints: ['src/core/tools/classify/classify.ts'],
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  write: false,
  logLevel: 'error',
});
const started = performance.now();
const { classify } = await import(`data:text/javascript,${encodeURIComponent(source.outputFiles[0].text)}`);
const loaded = performance.now() - started;

const text = 'Deletes, updates or creates the a, and, or to of "x" (which) never; ';
const enums = Array.from({ length: 500 }, (_, index) => `list_${index}`);
const properties = (count, property) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${index}`, property]));
const CASES = {
  'a name': { name: 'create_api_key' },
  'a tool as they are': {
    name: 'update_issue',
    description:
      'Update an existing issue in a repository. Returns the issue. Use list_issues to find its number.',
    inputSchema: { type: 'object', properties: properties(8, { type: 'string', description: 'What it is' }) },
  },
  'a description of 2 kB': { name: 'frobnicate', description: 'Returns what is there. '.repeat(90) },
  'a description of 100 kB': { name: 'frobnicate', description: text.repeat(1_500) },
  '100 kB without an end': { name: 'frobnicate', description: 'a'.repeat(100_000) },
  '100 kB of blanks': { name: 'frobnicate', description: ' '.repeat(100_000) },
  '100 kB of commas': { name: 'frobnicate', description: 'delete,'.repeat(15_000) },
  '100 kB of "select"': { name: 'query', description: 'only a select '.repeat(7_000) },
  'a name of 100 kB': { name: 'delete_'.repeat(15_000) },
  '2,000 parameters': { name: 'x', inputSchema: { properties: properties(2_000, { type: 'string' }) } },
  '2,000 parameters that choose': {
    name: 'x',
    inputSchema: {
      properties: {
        action: { enum: enums },
        ...properties(2_000, { properties: { action: { enum: enums } } }),
      },
    },
  },
};

console.log(`loading: ${loaded.toFixed(2)} ms`);
const first = performance.now();
classify({ name: 'create_api_key', description: 'Creates a key' });
console.log(`the first tool: ${(performance.now() - first).toFixed(2)} ms`);
for (const [title, tool] of Object.entries(CASES))
  console.log(`${title}: ${microseconds([tool]).join(' / ')} µs`);
for (const file of process.argv.slice(2)) {
  const answer = JSON.parse(readFileSync(file, 'utf8'));
  const tools = (answer.result ?? answer).tools ?? answer;
  console.log(`${file}: ${microseconds(tools).join(' / ')} µs a tool`);
}

/** The median and the longest, over the tools, of the median time that each took. */
function microseconds(tools) {
  const times = tools.map((tool) => {
    const figures = [];
    const end = performance.now() + ENOUGH / tools.length;
    while (performance.now() < end || figures.length < 5) {
      const start = performance.now();
      for (let run = 0; run < 20; run++) classify(tool);
      figures.push(((performance.now() - start) / 20) * 1_000);
    }
    return median(figures);
  });
  return [median(times), Math.max(...times)].map((time) => time.toFixed(1));
}
