import type { Layer, LimitRule, Policy, Rule } from '../../../policy/compile/policy.js';
import type { ExpressionReader } from '../../../policy/conditions/cel.js';
import type { Expression } from '../../../policy/conditions/expression.js';
import type { Diagnostic, Part } from '../../../policy/document/diagnostic.js';
import type { Origin } from '../../../text/origin.js';
import { doubtfulParts } from './doubtful-parts.js';

/** An expression of the policy, and where it is written. */
interface Written {
  source: string;
  origin: Origin;
}

/**
 * Warns of expressions that can be meant as they are written, and hardly are: `args.content.length`, a folder `$HOME/x`.
 * @param reader undefined where no expression is written
 * @param typesAreKnown whether the arguments are compared with what a server says of them, which finds the rest
 */
export function doubtfulConditions(
  { layers }: Policy,
  reader: ExpressionReader | undefined,
  typesAreKnown: boolean,
): (Diagnostic & { part?: Part | undefined })[] {
  if (reader === undefined) return [];
  return layers
    .flatMap(writtenIn)
    .filter(({ origin }) => origin.line !== undefined)
    .flatMap(({ source, origin }) =>
      doubtfulParts(reader.parse(source))
        .filter(({ byType }) => !byType || !typesAreKnown)
        .map(({ severity, flaw, help, part }) => ({
          severity,
          message: `${flaw} in \`${source}\``,
          help,
          place: origin,
          part: part && reader.spanOf(part, source),
        })),
    );
}

/** Whether a policy has any expression, so that the language need be loaded. */
export function hasExpressions({ layers }: Policy): boolean {
  return layers.some((layer) => writtenIn(layer).length > 0);
}

function writtenIn({ sections }: Layer): Written[] {
  return sections.flatMap((section) => {
    const tables = [section.tools, section.resources, section.prompts, section.methods];
    const rules = [
      ...tables.flatMap(({ exact, globs }) => [...exact.values(), ...globs].flatMap((entry) => entry.rules)),
      ...[...section.categories.values()].flat(),
      ...(section.default ?? []),
    ];
    return [...rules.flatMap(ofRule), ...section.limits.flatMap(ofLimit)];
  });
}

function ofRule({ when, origin, limits }: Rule): Written[] {
  return [...written(when, origin, 'when'), ...limits.flatMap(ofLimit)];
}

function ofLimit({ key, sum, origin }: LimitRule): Written[] {
  return [...written(key, origin, 'key'), ...written(sum, origin, 'sum')];
}

function written(expression: Expression | undefined, origin: Origin, key: string): Written[] {
  return expression
    ? [{ source: expression.source, origin: { ...origin, pointer: `${origin.pointer}/${key}` } }]
    : [];
}
