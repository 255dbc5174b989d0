import { suggest } from '../../../text/did-you-mean.js';
import { toMilliseconds } from '../../../text/duration.js';
import { nameOf, type Path } from '../describe-value.js';
import { ACTIONS, CHANNELS } from '../keywords.js';
import { kindOfPlace } from './places.js';

/** What people call the ways to reach a person. */
const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  browser: 'page',
  web: 'page',
  ui: 'page',
  http: 'page',
  cli: 'terminal',
  tty: 'terminal',
  console: 'terminal',
  shell: 'terminal',
  client: 'elicitation',
  form: 'elicitation',
  ide: 'elicitation',
  elicit: 'elicitation',
  slack: 'command',
  webhook: 'command',
  email: 'command',
  teams: 'command',
  script: 'command',
  program: 'command',
};

const ENDLESS = /^(?:forever|always|never|unlimited|infinite|infinity|none|no|off)$/i;

const UNITS: readonly (readonly [RegExp, number, string])[] = [
  [/^(?:seconds?|secs?|s)$/, 1, 's'],
  [/^(?:minutes?|mins?|m)$/, 1, 'm'],
  [/^(?:hours?|hrs?|h)$/, 1, 'h'],
  [/^(?:days?|d)$/, 1, 'd'],
  [/^(?:weeks?|w)$/, 7, 'd'],
];

/** How what is written in short is written in full; undefined where that is not known. */
export function shortForm(path: Path, value: unknown): string | undefined {
  const key = String(path.at(-1));
  if (typeof path.at(-1) === 'number') return channelHelp(path, value);
  const owner = kindOfPlace(path.slice(0, -1));
  if (owner === undefined) return ofEntry(path, value);
  switch (key) {
    case 'rate_limit':
    case 'repeat':
      return limitHelp(key, value);
    case 'budget':
      return typeof value === 'number'
        ? `write \`budget: { sum: args.amount, max: ${value}, window: 1d }\`, with what a call adds and in which time`
        : undefined;
    case 'sum':
      return typeof value === 'number'
        ? 'write what one call adds, such as `sum: args.amount`; calls are counted by `rate_limit`'
        : undefined;
    case 'via':
      return typeof value === 'string' ? `write a list: \`via: [${channelOf(value) ?? 'page'}]\`` : undefined;
    case 'remember':
      return rememberHelp(value);
    case 'sampling':
      return typeof value === 'boolean' ? `write \`sampling: ${value ? 'allow' : 'deny'}\`` : undefined;
    case 'audit':
      return typeof value === 'string'
        ? `write \`audit: { file: ${value} }\``
        : 'write `audit: { file: auto }`';
    case 'approvals':
      return 'write how people are asked, such as `approvals: { via: [page] }`';
    case 'tools':
    case 'resources':
    case 'prompts':
    case 'methods':
      return Array.isArray(value)
        ? `write names with what holds for each: \`${key}: { name: deny }\``
        : undefined;
    case 'servers':
      return 'write names of servers with what holds for each: `servers: { name: { tools: { x: deny } } }`';
    default:
      return ofEntry(path, value) ?? durationHelp(key, value);
  }
}

/** Of an entry, or of the part of a server. */
function ofEntry(path: Path, value: unknown): string | undefined {
  const owner = path.at(-2);
  const action = typeof value === 'string' && ACTIONS.find((each) => each === value);
  if (owner === 'servers') return action ? `write \`${nameOf(path)}: { default: ${action} }\`` : undefined;
  const isEntry = kindOfPlace(path) === 'rule';
  return isEntry && (typeof value === 'boolean' || value === null)
    ? `write the action that is meant: ${ACTIONS.join(', ')}`
    : undefined;
}

/** What is meant by a word for a channel. */
export function channelOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(CHANNEL_WORDS, lower)
    ? CHANNEL_WORDS[lower]
    : CHANNELS.find((channel) => channel === lower);
}

function channelHelp(path: Path, value: unknown): string | undefined {
  if (path.at(-2) !== 'via' || typeof value !== 'string') return undefined;
  const meant = channelOf(value);
  const all = `there are ${CHANNELS.join(', ')}`;
  const close = meant ?? suggest(value, CHANNELS);
  if (close === undefined) return all;
  return meant === 'command'
    ? `a program may ask there: \`via: [command]\` with \`command: the-program\`; ${all}`
    : `did you mean '${close}'?`;
}

function limitHelp(key: string, value: unknown): string | undefined {
  if (typeof value === 'number')
    return `write \`${key}: { max: ${value}, window: 1m }\`, with the time in which so many may pass`;
  if (typeof value !== 'string') return undefined;
  const { max, time } =
    /^\s*(?<max>\d+)\s*(?:x|times|calls?|requests?)?\s*(?:\/|per|an?|every|in)\s*(?<time>[\d\s]*[a-z]+)\s*$/i.exec(
      value,
    )?.groups ?? {};
  const window = time && asDuration(time);
  return window
    ? `write \`${key}: { max: ${max}, window: ${window} }\``
    : `write a map, such as \`${key}: { max: 5, window: 1m }\``;
}

function rememberHelp(value: unknown): string | undefined {
  if (value === true || (typeof value === 'string' && /^(?:forever|always|yes|on)$/i.test(value)))
    return 'write `session` for as long as the server runs, or a time such as 8h: no approval counts forever';
  if (typeof value === 'string' && /^(?:never|none|no|off)$/i.test(value)) return 'write `remember: false`';
  return durationHelp('remember', value);
}

function durationHelp(key: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const duration = asDuration(value);
  if (duration !== undefined) return `write \`${key}: ${duration}\``;
  if (!ENDLESS.test(value)) return undefined;
  if (key === 'hold')
    return /^(?:never|none|no|off)$/i.test(value)
      ? 'write a short time, such as 1s'
      : 'write `hold: unlimited`';
  return 'it has to end some time: write how long, such as 1d';
}

/** `5min` and `1 hour` as they are to be written. */
function asDuration(text: string): string | undefined {
  const { count = '1', unit = '' } = /^\s*(?<count>\d+)?\s*(?<unit>[a-z]+)\s*$/i.exec(text)?.groups ?? {};
  const found = UNITS.find(([words]) => words.test(unit.toLowerCase()));
  if (found === undefined) return undefined;
  const written = `${Number(count) * found[1]}${found[2]}`;
  const length = toMilliseconds(written);
  return length === undefined || length === 0 ? undefined : written;
}
