import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What differs from run to run and says nothing: times, ports, random ids, signed states. */
const VOLATILE = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, '<time>'],
  [/\b1\d{12}\b/g, '<time>'],
  [/\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT/g, '<time>'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>'],
  [/127\.0\.0\.1:\d+/g, '<address>'],
  [/v1\.[\w-]+\.[\w-]+/g, '<state>'],
];
/** Tasks are asked again and again until they have ended, so how many messages there are is chance. */
const MESSAGES = [/(?<="messagesValidated":)\d+/g, '<count>'];

/**
 * The checks that the suite has written into a folder: key to { status, message, details }. A check is known by its
 * scenario, its id, and how often the id came before in the scenario.
 */
export function readChecks(folder) {
  const checks = new Map();
  for (const name of readdirSync(folder).sort()) {
    const file = path.join(folder, name, 'checks.json');
    if (!existsSync(file)) continue;
    const scenario = name.replace(/^server-/, '').replace(/-\d{4}-\d{2}-\d{2}T.*$/, '');
    for (const check of JSON.parse(readFileSync(file, 'utf8'))) add(checks, scenario, check);
  }
  return checks;
}

function add(checks, scenario, { id, status, errorMessage, details }) {
  let key = `${scenario}: ${id}`;
  for (let count = 2; checks.has(key); count++) key = `${scenario}: ${id} (${count})`;
  const volatile = scenario.startsWith('tasks-') ? [...VOLATILE, MESSAGES] : VOLATILE;
  const steady = (value) => withoutVolatile(value, volatile);
  checks.set(key, { status, message: steady(errorMessage), details: steady(details) });
}

/** As text. */
function withoutVolatile(value, volatile) {
  if (value === undefined) return '';
  return volatile.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), JSON.stringify(value));
}
