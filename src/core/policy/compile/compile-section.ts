import { fold } from '../../text/fold.js';
import { byCloseness, type Pattern, pattern } from '../../text/glob.js';
import { CATEGORY_NAMES, type Category } from '../../tools/category.js';
import type { CompileExpression } from '../conditions/expression.js';
import type { ExtendsChain, SourcedDocument } from '../document/chain.js';
import type { Diagnostic, Flaw } from '../document/diagnostic.js';
import type { EntryDocument, ToolEntryDocument } from '../document/document.js';
import { categoryIn, ownersOf, rulesOf } from '../document/entry.js';
import { closestOwner, diagnosticOf, originOf, ownValueAt } from '../document/lookup.js';
import { type MethodEntry, methodFlaws, samplingEntry } from './compile-methods.js';
import { compileRules, type RuleContext } from './compile-rules.js';
import { isPlainEntry, lateEntry, plainRestricts, restricts } from './late-entry.js';
import type { Entry, EntryTable, Section } from './policy.js';
import { worstCategory } from './written-category.js';

export interface CompiledSection {
  section: Section;
  /** Whether an entry of `tools` hides one. */
  hidesTool: boolean;
}

type TableName = 'tools' | 'resources' | 'prompts' | 'methods';

/** Compiles what is written below one path of a policy: the top level, or a part of `servers`. Plain entries of tools are compiled when they are first looked at. */
export function compileSection(
  chain: ExtendsChain,
  path: string[],
  compileExpression: CompileExpression,
  diagnostics: Diagnostic[],
  layer: string,
): CompiledSection {
  const compiler = new SectionCompiler(chain, path, compileExpression, diagnostics, layer);
  const section: Section = {
    tools: compiler.table('tools'),
    resources: compiler.table('resources'),
    prompts: compiler.table('prompts'),
    methods: compiler.methods(),
    categories: compiler.categories(),
    default: compiler.rules(['default'], 'tools without a rule of their own'),
    trustsAnnotations: compiler.trustsAnnotations(),
    ...compiler.everyCall(),
  };
  return { section, hidesTool: compiler.hidesTool(section) };
}

class SectionCompiler {
  constructor(
    private readonly chain: ExtendsChain,
    private readonly path: string[],
    private readonly compileExpression: CompileExpression,
    private readonly diagnostics: Diagnostic[],
    private readonly layer: string,
  ) {}

  readonly #names = new Map<string, number>();
  /** Entries that are compiled when they are first looked at, and whether they restrict. */
  readonly #late = new Map<Entry, boolean>();

  /** The rules at a place below the section. */
  rules(tail: string[], subject: string): Entry['rules'] | undefined {
    const owners = ownersOf(this.chain, [...this.path, ...tail]);
    if (owners.length === 0) return undefined;
    return owners.flatMap(({ owner, value }) => compileRules(value, this.#context(owner, tail, subject)));
  }

  table(key: 'tools' | 'resources' | 'prompts'): EntryTable {
    return this.#table(this.#entries(key));
  }

  /** `sampling` is a short name for one entry of `methods`. */
  methods(): EntryTable {
    const entries = this.#entries('methods');
    for (const entry of entries) this.#note(entry, methodFlaws(entry));
    const sampling = closestOwner(this.chain, [...this.path, 'sampling']);
    if (sampling === undefined) return this.#table(entries);
    const written = this.rules(['sampling'], 'sampling') ?? [];
    return this.#table([
      ...entries,
      samplingEntry(written, originOf(sampling.owner, [...this.path, 'sampling'])),
    ]);
  }

  categories(): ReadonlyMap<Category, Entry['rules']> {
    const found = CATEGORY_NAMES.map(
      (name) => [name, this.rules(['categories', name], `${name} tools`)] as const,
    );
    return new Map(found.flatMap(([name, rules]) => (rules ? [[name, rules]] : [])));
  }

  trustsAnnotations(): boolean | undefined {
    return closestOwner(this.chain, [...this.path, 'trust_annotations'])?.value as boolean | undefined;
  }

  /** The limits beside `tools` and `default`: those of every call, each overridden key by key. */
  everyCall(): Pick<Section, 'limits' | 'setsRepeat' | 'timeout'> {
    const keys = ['rate_limit', 'budget', 'concurrency', 'repeat', 'timeout'] as const;
    const found = keys.flatMap((key) => {
      const at = closestOwner(this.chain, [...this.path, key]);
      const entry = at && ({ [key]: at.value } as EntryDocument);
      return entry ? compileRules(entry, this.#context(at.owner, [], 'this session')) : [];
    });
    return {
      limits: found.flatMap((rule) => rule.limits),
      setsRepeat: found.some((rule) => rule.setsRepeat),
      timeout: found.find((rule) => rule.timeout)?.timeout,
    };
  }

  #entries(key: TableName): MethodEntry[] {
    const written = this.chain.flatMap(({ document }) =>
      Object.keys(ownValueAt(document, [...this.path, key]) ?? {}),
    );
    return [...new Set(written)].map((name) => {
      const path = [...this.path, key, name];
      const owners = ownersOf(this.chain, path);
      const owner = owners[0]?.owner ?? this.chain[0];
      const plain = owners.map(({ value }): unknown => value).filter((value) => isPlainEntry(value));
      if (key === 'tools' && plain.length === owners.length) {
        const late = lateEntry(name, { owner, path }, () => this.rules([key, name], name) ?? []);
        this.#late.set(late, plain.some(plainRestricts));
        return late;
      }
      const rules = this.rules([key, name], name) ?? [];
      const entry = {
        pattern: pattern(name),
        rules,
        category: categoryOf(owners.map(({ value }) => value)),
        origin: originOf(owner, path),
        owner,
        path,
      };
      if (key !== 'tools' && rules.some(({ action }) => action === 'hide')) {
        const message = `\`hide\` is for tools; ${key} are never cut out of lists`;
        this.#note(entry, [{ message, help: 'use `deny`' }]);
      }
      return entry;
    });
  }

  #table(entries: readonly Entry[]): EntryTable {
    const late = this.#late;
    let restricting: EntryTable['restricting'] | undefined;
    return {
      exact: new Map(
        entries.filter((entry) => entry.pattern.exact).map((entry) => [entry.pattern.text, entry]),
      ),
      globs: entries
        .filter((entry) => !entry.pattern.exact)
        .sort((left, right) => byCloseness(left.pattern, right.pattern)),
      get restricting() {
        restricting ??= entries
          .filter((entry) => late.get(entry) ?? restricts(entry))
          .map((entry) => ({ folded: foldedPattern(entry.pattern), entry }));
        return restricting;
      },
    };
  }

  /** Whether a tool may be cut out of lists. */
  hidesTool({ tools }: Pick<Section, 'tools'>): boolean {
    const entries = [...tools.exact.values(), ...tools.globs];
    return entries.some(
      (entry) => !this.#late.has(entry) && entry.rules.some(({ action }) => action === 'hide'),
    );
  }

  #note({ owner, path }: MethodEntry, flaws: readonly Omit<Flaw, 'path'>[]): void {
    this.diagnostics.push(...flaws.map((flaw) => diagnosticOf({ path, ...flaw }, owner)));
  }

  #context(owner: SourcedDocument, tail: string[], subject: string): RuleContext {
    const { compileExpression, diagnostics, layer } = this;
    const path = [...this.path, ...tail];
    return { owner, path, subject, compileExpression, diagnostics, layer, names: this.#names };
  }
}

/** What the closest document that says so says that the tools do; of several in one entry, the worst. */
function categoryOf(entries: readonly ToolEntryDocument[]): Entry['category'] {
  for (const entry of entries) {
    const found = worstCategory(rulesOf(entry).map(categoryIn));
    if (found) return found;
  }
  return undefined;
}

function foldedPattern(original: Pattern): Pattern {
  return pattern(fold(original.text));
}
