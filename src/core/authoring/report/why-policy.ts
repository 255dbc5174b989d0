import { splitIntoWords } from '../../text/split-words.js';
import type { Category } from '../../tools/category.js';
import type { Parameters } from '../../tools/parameters.js';

/** What a category and its risk mean, for people who see them for the first time. */
export const MEANING: Readonly<Record<Category, string>> = {
  read: 'It looks and changes nothing.',
  write: 'It makes or changes things; what it did can be put right, with some work.',
  execute: 'It runs what it is given, so it can do whatever its machine or account can.',
  destructive: 'It removes or overwrites things, or stops them for everybody. That may not be undone.',
  financial: 'It moves money or commits to paying some.',
};

const GENERAL: Readonly<Record<Category, string>> = {
  read: 'What it returns is put before the model: text of strangers may carry orders, and what is private may leave through another tool.',
  write:
    'An agent in a loop repeats a change hundreds of times before anybody looks. A rate limit makes that a few.',
  execute:
    'A model that was talked into something by what it has read runs it here. A person should see each call first.',
  destructive:
    'One mistaken call is enough, and repeating it makes it worse. Refuse it, or have a person look at what would be lost.',
  financial: 'Each call costs. Have a person approve it, and cap the amount by its arguments.',
};

interface Topic {
  of: readonly Category[];
  says: RegExp;
  why: string;
  /** What a condition can do about it, where there is such a parameter; its name is put in the place of `?`. */
  condition?: { on: RegExp; says: string };
}

const CHANGING: readonly Category[] = ['write', 'execute', 'destructive', 'financial'];
const ANY: readonly Category[] = ['read', ...CHANGING];

/** What is special about some things. Looked for in the words of the name; the first two that fit are told. */
const TOPICS: readonly Topic[] = [
  {
    of: ['write', 'execute'],
    says: /\b(?:create|generate|issue|make|mint|add|rotate|new|register)\b.*\b(?:keys?|tokens?|credentials?|secrets?|certificates?|passwords?)\b/,
    why: 'It makes a credential. Whoever gets hold of it acts in your name until it is revoked, and nobody counts keys that a loop has made.',
  },
  {
    of: ['read'],
    says: /\b(?:secrets?|credentials?|passwords?|tokens?|env|keys?)\b/,
    why: 'What it shows may be a secret, and the model remembers it for the rest of the conversation.',
  },
  {
    of: CHANGING,
    says: /\b(?:users?|roles?|permissions?|members?|polic(?:y|ies)|grants?|acls?|collaborators?|invites?)\b/,
    why: 'It changes who may do what. Such a change outlives the conversation.',
  },
  {
    of: CHANGING,
    says: /\b(?:emails?|mails?|messages?|sms|posts?$|tweets?|comments?|send|reply|publish|notify|invite)\b/,
    why: 'Others see what it sends at once, under your name, and it cannot be called back.',
  },
  {
    of: CHANGING,
    says: /\b(?:sql|quer(?:y|ies)|database|statements?)\b/,
    why: 'A statement may read, change or drop anything that its login may. Give that login few rights as well.',
  },
  {
    of: ['execute'],
    says: /\b(?:shell|bash|commands?|exec|terminal|process|script|code|eval(?:uate)?)\b/,
    why: 'A shell gets round every other rule: it can edit the policy and start servers without one.',
  },
  {
    of: CHANGING,
    says: /\b(?:files?|director(?:y|ies)|folders?|paths?)\b/,
    why: 'A file may be code that runs later.',
    condition: {
      on: /path|file|director|folder/i,
      says: "`within(?, '~/projects')` in a condition keeps it in a folder.",
    },
  },
  {
    of: CHANGING,
    says: /\b(?:deploy(?:ment)?s?|release|production|restart|reboot|scale|failover|promote|broker|cluster|instances?)\b/,
    why: 'Systems that run depend on it; others notice before you do.',
  },
  {
    of: ANY,
    says: /\b(?:fetch|urls?|http|browse|navigate|webhooks?|download|upload)\b/,
    why: 'It reaches out to addresses that the model chooses, and what the model knows can be written into one.',
    condition: { on: /ur[il]$/i, says: '`host(?)` in a condition compares it with the hosts you want.' },
  },
];

const MOST_TOLD = 2;
/** A free-form parameter says what a tool is about as much as its name does. */
const TELLING = /^(?:sql|command|script)$/;

/** Why a tool needs a policy, one sentence or two each, the most special first. */
export function whyPolicy(name: string, category: Category, { list }: Parameters): string[] {
  const own = splitIntoWords(name.slice(0, 300)).join(' ');
  const text = [
    own,
    ...list.map((each) => each.name.toLowerCase()).filter((each) => TELLING.test(each)),
  ].join(' ');
  const special = TOPICS.filter(({ of, says }) => of.includes(category) && says.test(text));
  return [...special.slice(0, MOST_TOLD).map((topic) => topicText(topic, list)), GENERAL[category]];
}

function topicText({ why, condition }: Topic, list: Parameters['list']): string {
  const on = list.find(({ name }) => /^\w{1,60}$/.test(name) && condition?.on.test(name));
  return on && condition ? `${why} ${condition.says.replace('?', `args.${on.name}`)}` : why;
}
