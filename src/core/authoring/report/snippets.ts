import type { Action } from '../../policy/document/document.js';
import { yamlText } from '../../text/yaml-text.js';

/** A piece of policy about one tool, ready to be pasted. */
export interface Snippet {
  title: string;
  /** YAML: the map `tools` with the one entry. */
  text: string;
}

/** Longer names cannot be keys of YAML as people write them (YAML 1.2, section 7.4: 1,024 characters). */
const LONGEST_NAME = 500;

/** What else a snippet is of use for. */
export interface Occasions {
  /** Of a parameter that chooses what the tool does. */
  choices?: Choices | undefined;
  /** Whether the policy limits how often the same call may come: who polls a state has to ask again and again. */
  limitsRepeats?: boolean;
  /** What an entry says already, in the place of which a snippet is put. */
  action?: Action | undefined;
}

/** The things that people want most often; none where no policy file can name the tool. */
export function snippetsFor(name: string, { choices, limitsRepeats, action }: Occasions = {}): Snippet[] {
  const key = patternFor(name);
  if (key === undefined) return [];
  const stated = action ? `action: ${action}, ` : '';
  const entry = (title: string, ...lines: string[]) => ({
    title,
    text: `tools:\n  ${yamlText(key)}:${lines.length === 1 ? lines[0] : lines.map((line) => `\n    ${line}`).join('')}\n`,
  });
  return [
    entry('Allow it', ' allow'),
    entry('Allow it, so many times', 'action: allow', 'rate_limit: { max: 10, window: 60 }'),
    ...(limitsRepeats
      ? [entry('Let the same call come any number of times', ` { ${stated}repeat: false }`)]
      : []),
    entry('Ask a person', ' require_approval'),
    ...(choices ? [entry('Ask a person by what it is to do', ...askingAbout(choices))] : []),
    entry(
      'Deny it, with a reason that the agent can read',
      'action: deny',
      'reason: A person does this by hand.',
    ),
  ];
}

/** What a parameter may be: what is worse than to write, and what is known to be no more than that. */
export interface Choices {
  parameter: string;
  dangerous: readonly string[];
  mild: readonly string[];
}

/** An argument that is missing, or not a string, is asked about too; of other values the category decides. */
function askingAbout({ parameter, dangerous, mild }: Choices): string[] {
  const argument = /^[A-Za-z_]\w*$/.test(parameter)
    ? `args.${parameter}`
    : `args[${JSON.stringify(parameter)}]`;
  const isOneOf = (values: readonly string[]) => {
    const listed = values.map((value) => JSON.stringify(value));
    return yamlText(
      listed.length === 1 ? `${argument} == ${listed[0]}` : `${argument} in [${listed.join(', ')}]`,
    );
  };
  return [
    `- when: ${isOneOf(dangerous)}`,
    '  action: require_approval',
    `- when: ${isOneOf(mild)}`,
    '  action: allow',
  ];
}

/** Whether the entry is about other names too: a policy cannot name `*` and `?` themselves. */
export function isLoose(name: string): boolean {
  return /[*?]/.test(name);
}

/** `*` of a name is written as `?`, which stands for any one character and so for fewer names. */
function patternFor(name: string): string | undefined {
  const bad = name === '' || name.length > LONGEST_NAME || /\p{Cs}|\0/u.test(name);
  return bad ? undefined : name.replaceAll('*', '?');
}
