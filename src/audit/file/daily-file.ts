import { join } from 'node:path';

/** Characters of the server's id in a file name; file systems allow 255 bytes in all. */
const LONGEST_SERVER = 150;

/** `<folder>/<server>-YYYY-MM-DD.jsonl` of the UTC day. Whatever the server is called, the file is in the folder. */
export function dailyFile(folder: string, server: string, now: Date): string {
  const encoded = encodeURIComponent(server.replace(/\p{Cs}/gu, '\ufffd')).replaceAll('*', '%2A');
  const name = encoded.slice(0, LONGEST_SERVER).replace(/%[0-9A-F]?$/, '');
  return join(folder, `${name}-${now.toISOString().slice(0, 10)}.jsonl`);
}
