import { isSecretName } from '../names/secret-name.js';
import type { SecretSpan } from './spans.js';

const ELEMENT = /<([A-Za-z_][\w.:-]{0,63})((?:\s[^<>]{0,512})?)>/y;
const NAME_ATTRIBUTE = /\s(?:name|key|id)\s{0,8}=\s{0,8}\\?["']([^"'<>\\]{1,128})/i;
const NAME_ELEMENT = /^(?:key|name)$/i;
/** Between an element with a name and the one with its value. */
const BETWEEN = /<\/[\w.:-]{1,64}>(?:\s|\\[nrt]){0,64}/y;
const CDATA = '<![CDATA[';

/** The secret content of an element that begins here: `<password>…</password>`, `<string name="api_key">…</string>`. */
export function markupSpan(text: string, at: number): SecretSpan | undefined {
  const element = elementAt(text, at);
  if (element === undefined) return undefined;
  const { local, attributes, content } = element;
  const named = NAME_ATTRIBUTE.exec(attributes)?.[1];
  if (isSecretName(local) || (named !== undefined && isSecretName(named))) return content;
  const isName = NAME_ELEMENT.test(local) && isSecretName(text.slice(content.start, content.end).trim());
  return isName ? nextContent(text, content.end) : undefined;
}

/** Whether an element of this name, without attributes, may hold a secret or say that the one after it does. */
export function mayHoldSecret(local: string): boolean {
  return isSecretName(local) || NAME_ELEMENT.test(local);
}

interface Element {
  local: string;
  attributes: string;
  content: SecretSpan;
}

/** An element with text in it and nothing else. */
function elementAt(text: string, at: number): Element | undefined {
  ELEMENT.lastIndex = at;
  const [tag, name = '', attributes = ''] = ELEMENT.exec(text) ?? [];
  if (tag === undefined || attributes.endsWith('/')) return undefined;
  const start = at + tag.length;
  const isData = text.startsWith(CDATA, start);
  const end = isData ? text.indexOf(']]>', start) : text.indexOf('<', start);
  if (end <= start || (!isData && !text.startsWith('</', end))) return undefined;
  const content = { start: isData ? start + CDATA.length : start, end };
  return { local: name.slice(name.indexOf(':') + 1), attributes, content };
}

/** `<key>password</key><string>…</string>` of property lists, and the like. */
function nextContent(text: string, at: number): SecretSpan | undefined {
  BETWEEN.lastIndex = at;
  const between = BETWEEN.exec(text)?.[0];
  return between === undefined ? undefined : elementAt(text, at + between.length)?.content;
}
