import { suggest } from '../../../text/did-you-mean.js';
import { matches, pattern } from '../../../text/glob.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import { hidden } from '../../../text/visible.js';
import { requestMethods } from '../../../wire/methods.js';
import { clientName } from './client-name.js';
import { foreignPattern, WITHOUT_FOLDER } from './foreign-pattern.js';
import type { NamedTable } from './named-tables.js';

/** Why a name or glob of a policy matches nothing, as far as its form shows. */
export interface OddName {
  message: string;
  help: string;
  /** What was probably meant: names and globs that together stand for it. Empty where that is not known. */
  meant: readonly string[];
  /** What it has in common with others that are odd for the same cause; undefined where it is sure to match nothing. */
  prefix?: string | undefined;
}

const QUOTE = `["'\`“”„‟‘’‚‛«»‹›]`;
const QUOTED = new RegExp(`^${QUOTE}+(.*?)${QUOTE}*$|^(.*?)${QUOTE}+$`, 'su');

/**
 * What of a name shows that it is not one that a server has; undefined for usual names and globs.
 * @param ofServer whether it is written below `servers`, so that nothing else is meant
 */
export function oddName(text: string, table: NamedTable, ofServer = false): OddName | undefined {
  return (
    quoted(text, table) ??
    spaced(text, table) ??
    patterned(text, table) ??
    (table === 'tools' ? keyOfRule(text) : undefined) ??
    (table === 'resources' ? schemeless(text) : undefined) ??
    (table === 'methods' ? unknownMethod(text) : undefined) ??
    foreign(text, table, ofServer)
  );
}

function quoted(text: string, table: NamedTable): OddName | undefined {
  const found = QUOTED.exec(text);
  if (found === null) return undefined;
  const message = `the quotes are a part of the name ${quotedName(text)}, and usual names have none`;
  return odd(message, [found[1] ?? found[2] ?? ''], table);
}

function spaced(text: string, table: NamedTable): OddName | undefined {
  if (text.trim() !== text)
    return odd(`the white space around ${quotedName(text)} is a part of the name`, [text.trim()], table);
  const shown = text.replace(hidden(), '');
  return shown === text
    ? undefined
    : odd(`${quotedName(text)} has a character that nobody sees`, [shown], table);
}

function patterned(text: string, table: NamedTable): OddName | undefined {
  const found = foreignPattern(text, table);
  if (found === undefined) return undefined;
  const { sign, meant, help } = found;
  const message =
    sign === WITHOUT_FOLDER
      ? `${WITHOUT_FOLDER} in ${quotedName(text)} needs a folder, where other languages of patterns take none as well`
      : `${quotedName(text)} ${matchedBy(text, sign)}, because a glob has * and ? alone`;
  return meant.length > 0 ? odd(message, meant, table) : { message, help, meant };
}

const KEYS_OF_RULES = /^(?:action|when|reason|category|rate_limit|budget|repeat|concurrency|timeout)$/;

/** What is written one level too high. */
function keyOfRule(text: string): OddName | undefined {
  if (!KEYS_OF_RULES.test(text)) return undefined;
  return {
    message: `${quotedName(text)} is a key of a rule, and is taken for the name of a tool here`,
    help: `write it below the name of a tool, or below "*" for all: \`"*": { ${text}: … }\``,
    meant: [],
  };
}

/** What cannot be the beginning of a URI. */
function schemeless(text: string): OddName | undefined {
  const [start = ''] = /^[^*?]*/.exec(text) ?? [];
  const isUri = start === text ? /^[a-z][a-z0-9+.-]*:/i : /^(?:[a-z][a-z0-9+.-]*(?::.*)?)?$/is;
  if (isUri.test(start) || /^@[\w.-]+:/.test(text)) return undefined;
  return {
    message: `${quotedName(text)} has no scheme, and a resource is named by its URI`,
    help: 'write all of the URI, such as "file:///srv/*"',
    meant: [],
  };
}

/** What resembles a method of the protocol and is none. All others may be of an extension, or of a revision to come. */
function unknownMethod(text: string): OddName | undefined {
  const known = requestMethods();
  const wanted = pattern(text);
  if (known.some((method) => matches(wanted, method))) return undefined;
  const rooms = known.map((method) => method.replace(/\/.*/, '/*'));
  const close = suggest(text, wanted.exact ? known : rooms);
  if (close === undefined) return undefined;
  const message = wanted.exact
    ? `no revision of MCP has the method ${quotedName(text)}`
    : `no method of MCP matches ${quotedName(text)}`;
  return { message, help: `did you mean ${quotedName(close)}?`, meant: [close] };
}

function foreign(text: string, table: NamedTable, ofServer: boolean): OddName | undefined {
  if (table === 'methods') return undefined;
  const found = clientName(text, table);
  if (found === undefined) return undefined;
  const { server, name, prefix, isCertain } = found;
  const what = table === 'servers' ? 'tools' : table;
  const message = isCertain
    ? `${quotedName(text)} is how clients show ${what}, and not a name that a server has`
    : `${quotedName(text)} looks like a name that a client shows, with ${quotedName(prefix)} in front of the server's own`;
  const section =
    server === undefined || ofServer ? undefined : `servers: { ${keyText(server)}: { ${table}: … } }`;
  return {
    message,
    help: table === 'servers' ? `write ${quotedName(name)}` : clientHelp(name, section),
    meant: [name],
    prefix: isCertain ? undefined : prefix,
  };
}

/** What is for all of one server must not be written where it holds for every other as well. */
function clientHelp(name: string, section: string | undefined): string {
  if (section === undefined) return `write ${quotedName(name)}`;
  return /^[*?]/.test(name)
    ? `write ${quotedName(name)} below \`${section}\``
    : `write ${quotedName(name)}; what is for one server alone is written below \`${section}\``;
}

function keyText(name: string): string {
  return /^[a-z][\w.-]*$/i.test(name) ? name : JSON.stringify(name);
}

function odd(message: string, written: readonly string[], table: NamedTable): OddName {
  const meant = [...new Set(written.flatMap((name) => certainlyMeant(name, table)))].filter(Boolean);
  const help =
    meant.length === 0
      ? 'write the name as the server has it'
      : meant.length === 1
        ? `write ${quotedName(meant[0] ?? '')}`
        : `write an entry for each: ${nameList(meant.map(quotedName))}`;
  return { message, help, meant };
}

/** What a glob matches that was written as something else. */
function matchedBy(text: string, sign: string): string {
  const runs = text.split(/[*?]+/);
  if (runs.length === 1) return 'only matches what is called exactly so';
  const run = runs.findIndex((each) => each.includes(sign));
  if (run < 0) return 'only matches what fits it as a glob';
  const literal = quotedName(runs[run] ?? '');
  if (run === 0) return `only matches names that begin with ${literal}`;
  return `only matches names ${run === runs.length - 1 ? 'that end with' : 'with'} ${literal}${run === runs.length - 1 ? '' : ' in them'}`;
}

/** Two things may be odd with one name. */
function certainlyMeant(name: string, table: NamedTable): readonly string[] {
  const again = oddName(name, table);
  return again && again.prefix === undefined ? again.meant : [name];
}
