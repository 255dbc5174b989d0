import { readFileSync, statSync } from 'node:fs';
import { type ServerTools, ServerToolsError } from './server-tools.js';
import { toolsOf } from './tool-list.js';

/** Bytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads a saved answer to `tools/list`: the whole JSON-RPC message, its result, or the list alone.
 * @throws {ServerToolsError}
 */
export function readSavedList(file: string, id: string): ServerTools {
  const elements = listIn(parsed(read(file), file));
  if (elements === undefined)
    throw new ServerToolsError(
      `${file} holds no list of tools`,
      'save the answer to tools/list: an object with `tools`, or the list alone',
    );
  return { id, name: '', version: '', protocolVersion: undefined, ...toolsOf(elements) };
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
      'name a file that holds an answer to tools/list',
    );
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new ServerToolsError(`${file} is not JSON: ${why}`, 'save the answer to tools/list as it came');
  }
}

function listIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { tools, result } = value as { tools?: unknown; result?: unknown };
  return Array.isArray(tools) ? tools : result === value ? undefined : listIn(result);
}
