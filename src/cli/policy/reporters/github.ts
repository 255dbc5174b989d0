import { visible } from '../../../core/text/visible.js';
import { type Annotation, fileOf } from './annotation.js';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Findings as the workflow commands with which GitHub shows them at their lines in a pull request.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations(annotations: readonly Annotation[]): string {
  return annotations.map((each) => `${command(each)}\n`).join('');
}

function command(annotation: Annotation): string {
  const { severity, message, help, place, kind } = annotation;
  const { line, column, length } = place ?? {};
  const properties: [string, string | number | undefined][] = [
    ['file', fileOf(annotation)],
    ['line', line],
    ['col', column],
    ['endColumn', column !== undefined && length !== undefined ? column + length : undefined],
    ['title', `policy-wrap: ${kind}`],
  ];
  const written = properties.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapedProperty(String(value))}`],
  );
  const text = help === undefined ? visible(message) : `${visible(message)}\nhelp: ${visible(help)}`;
  return `::${COMMANDS[severity]} ${written.join(',')}::${escapedText(text)}`;
}

/** A message that ended the command would be one of its own. */
function escapedText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedText(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
