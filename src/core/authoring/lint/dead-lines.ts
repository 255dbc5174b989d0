import type { Layer, Policy, Rule, Section } from '../../policy/compile/policy.js';
import { isCertain } from '../../policy/decide/resolve.js';
import type { Diagnostic } from '../../policy/document/diagnostic.js';

/** Warns of `default` and categories that can never decide, since an entry names every tool, and of a `default` without an action. */
export function deadLines({ layers }: Policy): Diagnostic[] {
  return layers.flatMap((layer) => [...deadIn(layer), ...withoutAction(layer)]);
}

/** What only limits is no default: where no other decides, the call is refused. */
function withoutAction({ sections }: Layer): Diagnostic[] {
  const rules = sections.flatMap((section) => section.default ?? []);
  const [first] = rules;
  if (first?.origin.line === undefined || rules.some(({ action }) => action !== undefined)) return [];
  const message = '`default` has no action, so tools that nothing else decides about are refused';
  return [
    {
      severity: 'warning',
      message,
      help: 'write `action: deny` in it, if that is meant',
      place: first.origin,
    },
  ];
}

/** The sections of a layer are of the server and, last, of the top level, whose entries come before every default. */
function deadIn({ sections }: Layer): Diagnostic[] {
  const everywhere = catchAllOf(sections.at(-1));
  return sections.flatMap((section) => {
    const catchAll = everywhere ?? catchAllOf(section);
    const rest = [...section.categories.values(), section.default ?? []];
    return catchAll ? rest.flatMap(([first]) => (first ? dead(first, catchAll) : [])) : [];
  });
}

/** The rule of an entry such as `*` that decides about every tool, whatever it is called with. */
function catchAllOf(section: Section | undefined): Rule | undefined {
  return section?.tools.globs
    .filter(({ pattern }) => /^\*+$/.test(pattern.text))
    .flatMap(({ rules }) => rules)
    .find(isCertain);
}

function dead({ origin }: Rule, catchAll: Rule): Diagnostic[] {
  if (origin.line === undefined) return [];
  const place = { ...origin, pointer: origin.pointer.replace(/\/\d+$/, '') };
  const message = `this never decides, because ${catchAll.origin.pointer} names every tool`;
  return [
    {
      severity: 'warning',
      message,
      help: 'put what it says into that entry, or name fewer tools there',
      place,
    },
  ];
}
