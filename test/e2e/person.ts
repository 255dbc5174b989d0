import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { connect, type Elicit, type Kind } from './clients.js';
import { Place, PROGRAM } from './place.js';

/** Longer than it takes to decline without a person. Milliseconds. */
export const PERSON = 400;
export const YES: ElicitResult = { action: 'accept', content: { decision: 'allow_once' } };
export const NO: ElicitResult = { action: 'decline' };

/** A question that the client shows its user. */
export interface Shown {
  message: string;
  answer(result: ElicitResult): void;
  fail(error: Error): void;
  /** Aborted when the question is taken back. */
  signal: AbortSignal;
}

/** What a call of a client ends with. */
export interface Result {
  content: { type: string; text: string }[];
  structuredContent?: unknown;
  isError?: boolean;
}

export interface CallOptions {
  timeout?: number;
  resetTimeoutOnProgress?: boolean;
  onprogress?: (progress: { progress: number }) => void;
  signal?: AbortSignal;
}

/** The user of a client: what it is asked is kept, and answered by the test. */
export class Person {
  readonly shown: Shown[] = [];

  readonly elicit: Elicit = ({ message }, signal) =>
    new Promise((answer, fail) => this.shown.push({ message, answer, fail, signal }));

  /** The question with this number, the first is 1, as soon as there is one. */
  async asked(count: number): Promise<Shown> {
    return eventually(() => this.shown[count - 1]);
  }

  /** Answers the question with this number after a while. */
  async says(count: number, result: ElicitResult, after = PERSON): Promise<void> {
    const shown = await this.asked(count);
    await sleep(after);
    shown.answer(result);
  }
}

/** A client of one of the SDKs with a user, in front of the program and a server. */
export async function userOf(
  kind: Kind,
  policy: string,
  server: (place: Place) => readonly string[],
  variables: (place: Place) => Record<string, string> = () => ({}),
) {
  const place = new Place();
  place.policy(policy);
  const person = new Person();
  const args = [PROGRAM, '--', process.execPath, ...server(place)];
  const env = { ...place.env, ...variables(place) };
  const client = await connect(kind, { args, cwd: place.work, env }, person.elicit);
  const call = async (name: string, args: Record<string, unknown> = {}, options: CallOptions = {}) => {
    const params = { name, arguments: args };
    const result =
      client instanceof Client
        ? await client.callTool(params, undefined, options)
        : await client.callTool(params, options);
    return result as unknown as Result;
  };
  return { place, person, client, call };
}

/** Waits until there is something. */
export async function eventually<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(5);
  }
}
