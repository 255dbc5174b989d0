import { isDeepStrictEqual } from 'node:util';
import { type CompileExpression, isExpressionFlaw } from '../../core/policy/conditions/expression.js';
import type { PolicyDocument } from '../../core/policy/document/document.js';
import { pointerOf } from '../../core/policy/document/lookup.js';
import { type LoadedChain, loadChainWith, type ReadSource } from '../chain.js';
import type { FoundFile } from '../find.js';
import { expressionsIn } from '../yaml/expressions.js';
import type { PolicySource } from '../yaml/source.js';
import { KnownFolder, type PolicyText } from './known-folder.js';
import { LateExpressions } from './late-expressions.js';
import { lineFinder, linesOf } from './written-lines.js';

export type { LateExpressions } from './late-expressions.js';

/** Thrown for a file that has to be read. */
class NotKnown extends Error {}

/**
 * Policy files that need not be read and checked again, since exactly this text was found good before by exactly this program.
 * With a thousand rules a start takes less than half of the time by that, and conditions are not loaded for it.
 */
export class KnownFiles {
  readonly #folder: KnownFolder;
  readonly #read: { file: PolicyText; source: PolicySource }[] = [];
  readonly #good = new Set<string>();
  #compile: CompileExpression | undefined;

  /** @param cache the folder of the user for what can be made again */
  constructor(cache: string) {
    this.#folder = new KnownFolder(cache);
  }

  /** A policy file and what it extends, read as ever but for the texts. Throws where one of them is not known, or anything is wrong. */
  chain(found: FoundFile, shownFrom: string): LoadedChain {
    return loadChainWith(this.#known, found, shownFrom);
  }

  /** What compiles the expressions of known files. */
  expressions(): LateExpressions {
    return new LateExpressions();
  }

  /** Where a value is written, it knows no more than the line. */
  readonly #known: ReadSource = (text, name, within = []) => {
    const entry = this.#folder.read({ text, name, within });
    if (entry === undefined) throw new NotKnown();
    const { document } = entry;
    const lineOf = lineFinder(document, entry.lines);
    const placeOf: PolicySource['placeOf'] = (path) => ({
      source: name,
      pointer: pointerOf(path),
      line: lineOf(path),
    });
    return { source: name, document, lineOf, placeOf };
  };

  /** Notes what is read. */
  reading(readSource: ReadSource): ReadSource {
    return (text, name, within = []) => {
      const source = readSource(text, name, within);
      this.#read.push({ file: { text, name, within }, source });
      return source;
    };
  }

  /** Notes which expressions are good. */
  compiling(compile: CompileExpression): CompileExpression {
    this.#compile = (source, expected) => {
      const compiled = compile(source, expected);
      if (!isExpressionFlaw(compiled)) this.#good.add(`${expected} ${source}`);
      return compiled;
    };
    return this.#compile;
  }

  /** Keeps what was read, for later starts. To be called only for a policy that can be used. */
  keep(): void {
    for (const { file, source } of this.#read.splice(0)) {
      const { document } = source;
      // Also what another file has overridden here, and what is for another server.
      if (![...expressionsIn(document)].every((each) => this.#isGood(each))) continue;
      if (!isSameFromJson(document)) continue;
      const lines = linesOf(document, (path) => source.lineOf(path) ?? 1);
      this.#folder.write(file, { document, lines });
    }
  }

  #isGood({ source, expected }: { source: string; expected: Parameters<CompileExpression>[1] }): boolean {
    if (!this.#good.has(`${expected} ${source}`)) this.#compile?.(source, expected);
    return this.#good.has(`${expected} ${source}`);
  }
}

/** Whether nothing is lost on the way, such as a number that JSON does not have. */
function isSameFromJson(document: PolicyDocument): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(document)), document);
}
