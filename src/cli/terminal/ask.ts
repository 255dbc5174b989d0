import * as util from 'node:util';
import { isCancel, multiselect, select } from '@clack/prompts';
import { UserError } from '../../platform/user-error.js';

/** Sequences that set colours, of which nothing is left where colour is off. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const COLOURS = /\u001b\[[\d;]*m/g;

export interface Choice<T> {
  value: T;
  label: string;
  hint?: string;
}

/** Whether there is somebody to ask. What asks needs a later Node 20 than the rest. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && typeof util.styleText === 'function';
}

/**
 * Has a person choose one of several answers, the first unless they move.
 * @throws {UserError} when they stop instead
 */
export async function choose<T extends string>(message: string, answers: readonly Choice<T>[]): Promise<T> {
  const options = answers.map((answer) => ({ ...answer }));
  const chosen = await select<string>({ message, options, output: output() });
  if (isCancel(chosen)) throw new UserError('stopped, so nothing is written');
  return chosen as T;
}

/**
 * Has a person choose some of several answers.
 * @throws {UserError} when they stop instead
 */
export async function chooseSome<T extends string>(
  message: string,
  answers: readonly Choice<T>[],
  initialValues: T[],
): Promise<T[]> {
  const options = answers.map((answer) => ({ ...answer }));
  const chosen = await multiselect<string>({ message, options, initialValues, output: output() });
  if (isCancel(chosen)) throw new UserError('stopped, so nothing is written');
  return chosen as T[];
}

/** Where the questions are shown: without colours where those are off, and 80 columns wide where nobody says how wide. */
function output(): NodeJS.WriteStream {
  const { stderr } = process;
  const plain = (text: string) => stderr.write(String(text).replace(COLOURS, ''));
  return Object.create(stderr, {
    columns: { get: () => stderr.columns || 80 },
    rows: { get: () => stderr.rows || 24 },
    ...(process.env['NO_COLOR'] && { write: { value: plain } }),
  }) as NodeJS.WriteStream;
}
