import { readFileSync, statSync } from 'node:fs';
import { isRecord } from '../core/json/is-record.js';
import type { ListedElement } from '../core/tools/listing/element.js';
import { readToolList } from '../core/tools/listing/read-list.js';
import { type ServerTools, ServerToolsError } from './server-tools.js';
import { toolsOf } from './tool-list.js';

/** Bytes. */
const LARGEST = 64 * 1024 * 1024;
/** Where a list that we have saved says whose it is (MCP `_meta`). */
const SERVER_KEY = 'policy-wrap/server';
const HELP = 'save the list with: policy-wrap inspect --save tools.json -- <server command>';

/** The text of a saved list: what `readSavedList` reads, each element as the server wrote it. */
export function savedListText({ id, elements }: Pick<ServerTools, 'id' | 'elements'>): string {
  const meta = JSON.stringify({ [SERVER_KEY]: id });
  return `{"tools":[\n${elements.map(({ text }) => text).join(',\n')}\n],"_meta":${meta}}\n`;
}

/**
 * Reads a saved answer to `tools/list`: the whole JSON-RPC message, its result, or the list alone.
 * @param id by which policies know the server; undefined where only the file can say it
 * @throws {ServerToolsError}
 */
export function readSavedList(file: string, id: string | undefined): ServerTools {
  const text = read(file);
  const value = parsed(text, file);
  const found = listIn(value);
  const elements = found && elementsIn(text, found.path);
  const why = elements === undefined ? whyNot(value) : notTools(elements);
  if (elements === undefined || why !== undefined)
    throw new ServerToolsError(`${file} holds no list of tools${why === undefined ? '' : `: ${why}`}`, HELP);
  const server = id ?? serverIn(found?.result) ?? '';
  return { id: server, name: '', version: '', protocolVersion: undefined, elements, ...toolsOf(elements) };
}

/** In the text itself, so that what has no single reading is seen here, too. Line ends are between values only, as JSON has it. */
function elementsIn(text: string, path: readonly string[]): readonly ListedElement[] {
  const flat = text.replace(/^\uFEFF/, '').replace(/[\r\n]/g, ' ');
  const before = path.includes('result') ? '' : path.includes('tools') ? '{"result":' : '{"result":{"tools":';
  return readToolList(`${before}${flat}${before === '' ? '' : path.includes('tools') ? '}' : '}}'}`).elements;
}

/** Where the list is: nowhere in a list alone, else below these keys. */
function listIn(value: unknown): { path: string[]; result: unknown } | undefined {
  if (Array.isArray(value)) return { path: [], result: undefined };
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value['tools'])) return { path: ['tools'], result: value };
  const { result } = value;
  return isRecord(result) && Array.isArray(result['tools'])
    ? { path: ['result', 'tools'], result }
    : undefined;
}

function serverIn(result: unknown): string | undefined {
  const meta = isRecord(result) && isRecord(result['_meta']) ? result['_meta'] : {};
  const server = meta[SERVER_KEY];
  return typeof server === 'string' ? server : undefined;
}

/** What else it may be that people have at hand. */
function whyNot(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  if ('error' in value) return 'it is an answer that is an error';
  if ('version' in value && ('default' in value || 'extends' in value || 'categories' in value))
    return 'it is a policy';
  if (isRecord(value['servers']) && value['version'] === 1) return 'it is a policy-wrap.lock';
  if (['mcpServers', 'servers', 'context_servers', 'mcp'].some((key) => isRecord(value[key])))
    return 'it is the config of a client';
  return undefined;
}

/** Where other formats have the schema of the arguments, which MCP has in `inputSchema`. */
const FOREIGN = ['parameters', 'input_schema', 'function', 'inputSchemaJson', 'args', 'schema'];

/** Findings about arguments would vanish without a word. An empty list is one. */
function notTools(elements: readonly ListedElement[]): string | undefined {
  if (elements.length === 0) return undefined;
  if (elements.every(({ names }) => names.length === 0)) return 'none of its elements is a tool with a name';
  for (const { text, isJson } of elements) {
    const tool: unknown = isJson ? JSON.parse(text) : undefined;
    if (!isRecord(tool) || 'inputSchema' in tool) continue;
    if ('decision' in tool && 'risk' in tool) return 'it is what inspect --json prints';
    const foreign = FOREIGN.find((key) => key in tool);
    if (foreign !== undefined) return `its tools have '${foreign}' where MCP has 'inputSchema'`;
  }
  return undefined;
}

function read(file: string): string {
  try {
    if (statSync(file).size > LARGEST)
      throw new ServerToolsError(`${file} is larger than ${LARGEST} bytes`, 'save fewer tools in one file');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ServerToolsError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ServerToolsError(
      code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`,
      HELP,
    );
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new ServerToolsError(`${file} is not JSON: ${why}`, HELP);
  }
}
