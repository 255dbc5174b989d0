import type { Log, ReportingDescriptor, Result } from 'sarif';
import { visible } from '../../../core/text/visible.js';
import { DOCS_ADDRESS, version } from '../../../core/version.js';
import { safeJson } from '../../terminal/json-text.js';
import { type Annotation, fileOf } from './annotation.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * Findings as SARIF 2.1.0 (OASIS), which code scanning reads. Our columns are counted as SARIF does by default, in UTF-16
 * code units.
 */
export function sarif(annotations: readonly Annotation[]): string {
  const kinds = [...new Set(annotations.map(({ kind }) => kind))];
  const rules: ReportingDescriptor[] = kinds.map((id) => ({
    id,
    shortDescription: { text: id.replaceAll('-', ' ') },
  }));
  const driver = { name: 'policy-wrap', version: version(), informationUri: DOCS_ADDRESS, rules };
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        results: annotations.map((each) => result(each, kinds)),
      },
    ],
  };
  return `${safeJson(log, 2)}\n`;
}

function result(annotation: Annotation, kinds: readonly string[]): Result {
  const { severity, message, help, place, kind } = annotation;
  const file = fileOf(annotation);
  const text = help === undefined ? visible(message) : `${visible(message)}\nhelp: ${visible(help)}`;
  const result: Result = {
    ruleId: kind,
    ruleIndex: kinds.indexOf(kind),
    level: LEVELS[severity],
    message: { text },
  };
  if (place === undefined || file === undefined) return result;
  const { line, column, length } = place;
  const region = {
    ...(line !== undefined && { startLine: line }),
    ...(column !== undefined && { startColumn: column }),
    ...(column !== undefined && length !== undefined && { endColumn: column + length }),
  };
  const physicalLocation = {
    artifactLocation: { uri: encodeURI(file) },
    ...(line !== undefined && { region }),
  };
  const logicalLocations =
    place.pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: place.pointer }] };
  return { ...result, locations: [{ physicalLocation, ...logicalLocations }] };
}
