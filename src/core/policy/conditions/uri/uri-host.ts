import { normalForm } from '../../../text/fold.js';

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
};

/** Whether URL parsers read a host after the scheme, however many slashes are between them (WHATWG URL, section 4.2: special schemes). */
export function alwaysHasHost(scheme: string): boolean {
  return Object.hasOwn(DEFAULT_PORTS, scheme);
}

/**
 * The host of an authority in lower case, without user, default port and last dot, and an address of four numbers in its usual form, as
 * WHATWG URL (section 3.5) has it.
 */
export function hostOf(authority: string, scheme: string): string {
  const own = asCompared(authority.slice(authority.lastIndexOf('@') + 1));
  const [, name = own, port = ''] = /^(.*?)(?::(\d*))?$/s.exec(own) ?? [];
  const dotted = name.replace(/[\u3002\uff61]/g, '.').replace(/\.$/, '');
  const host = alwaysHasHost(scheme) ? (address(dotted) ?? dotted) : dotted;
  return port === '' || port === DEFAULT_PORTS[scheme] ? host : `${host}:${port}`;
}

/** As IDNA has it: what is not meant to be seen is left out (UTS 46, section 4), also where it is seen only in another form. */
function asCompared(host: string): string {
  return normalForm(host.replace(IGNORED, ''), 'NFKC').replace(IGNORED, '').toLowerCase();
}

const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;

/** `0x7f.1`, `127.1`, `2130706433` and `[::ffff:7f00:1]` are 127.0.0.1; undefined for what is no such address. */
function address(host: string): string | undefined {
  if (host.length > 64) return undefined;
  const mapped =
    /^\[(?:0*:){1,6}(?:ffff|0*):(?:(\d{1,3}(?:\.\d{1,3}){3})|([\da-f]{1,4}):([\da-f]{1,4}))\]$/.exec(host);
  if (mapped) {
    const [, quad, high = '0', low = '0'] = mapped;
    return quad ? address(quad) : quadOf(Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16));
  }
  const numbers = host.split('.').map(numberOf);
  const last = numbers.pop();
  if (last === undefined || numbers.length > 3 || last >= 256 ** (4 - numbers.length)) return undefined;
  let sum = last;
  for (const [index, number] of numbers.entries()) {
    if (number === undefined || number > 255) return undefined;
    sum += number * 256 ** (3 - index);
  }
  return quadOf(sum);
}

function numberOf(text: string): number | undefined {
  if (/^0x[\da-f]*$/.test(text)) return Number.parseInt(text.slice(2) || '0', 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function quadOf(sum: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(sum / 2 ** bits) % 256).join('.');
}
