import { writeFileSync } from 'node:fs';
import path from 'node:path';

const kept = (name) => path.join(import.meta.dirname, 'policies', name);

/**
 * The policy files of the bench, by name; the large ones are written into `folder`. None limits the tools of the bench.
 * `none` is no file at all: the built-in preset judges.
 */
export function policyFiles(folder) {
  return {
    none: undefined,
    ten: kept('ten-rules.yaml'),
    cel: kept('cel.yaml'),
    hide: kept('hide.yaml'),
    thousand: generated(folder, 1_000),
    tenThousand: generated(folder, 10_000),
  };
}

/** Writes a policy of `count` rules: four in five an exact name, one in five a glob, some with a reason or a limit. */
function generated(folder, count) {
  const file = path.join(folder, `rules-${count}.yaml`);
  const rules = Array.from({ length: count - 2 }, (_, index) => rule(index));
  const own = [
    '  "read_*": allow',
    '  deny_tool: { action: deny, reason: The bench measures what a refusal costs. }',
  ];
  // The tools of the bench stand in the middle, so that neither end of the list is favoured.
  rules.splice(rules.length / 2, 0, ...own);
  writeFileSync(file, `version: 1\ndefault: deny\ntools:\n${rules.join('\n')}\n`);
  return file;
}

function rule(index) {
  if (index % 5 === 0)
    return `  "service_${index}_*": { action: deny, reason: Service ${index} is managed elsewhere. }`;
  if (index % 5 === 1)
    return `  update_record_${index}: { action: allow, rate_limit: { max: 10, window: 60 } }`;
  if (index % 5 === 2) return `  delete_record_${index}: require_approval`;
  return `  list_record_${index}: allow`;
}
