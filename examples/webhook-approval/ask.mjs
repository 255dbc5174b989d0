#!/usr/bin/env node
// Asks a chat: posts what waits to a webhook, then asks for the answer until there is one or the time is up. Whatever
// is not an answer in its exact form is a no.
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** What does not fit into a message of the chat is not asked: nobody approves what nobody sees. Characters. */
const LONGEST = 3_000;
/** Of an answer. Characters. */
const LONGEST_ANSWER = 4_096;
/** Between two looks at the answer, and for each request. Milliseconds. */
const PAUSE = 1_000;
const PATIENCE = 10_000;
/** Before the time is up, so that the answer of the program comes in time. Milliseconds. */
const MARGIN = 3_000;
/** So many looks may fail in a row before the chat counts as lost. */
const MOST_FAILURES = 5;

class No extends Error {}

try {
  print(await ask(await text(process.stdin)));
} catch (error) {
  const known = error instanceof No;
  if (!known) console.error(error instanceof Error ? error.message : error);
  print({ decision: 'deny', reason: known ? error.message : 'The chat could not be asked.' });
}

async function ask(requestText) {
  const request = JSON.parse(requestText);
  if (request.version !== 1) throw new No('The approval program is for another version of policy-wrap.');
  const message = messageFor(request, argumentsIn(requestText));
  if (message.length > LONGEST) throw new No('The arguments are too long to be shown in the chat.');
  // The id of the question is short; this one cannot be guessed by whoever else can reach the answers.
  const id = randomUUID();
  const posted = await send(address('APPROVAL_WEBHOOK_URL'), {
    method: 'POST',
    body: JSON.stringify({ id, text: message }),
  });
  if (!posted.ok) throw new No(`The chat did not take the question (status ${posted.status}).`);
  return answerTo(id, Date.parse(request.endsAt) - MARGIN);
}

async function answerTo(id, end) {
  const answers = address('APPROVAL_ANSWERS_URL');
  const place = new URL(id, answers.href.endsWith('/') ? answers : `${answers.href}/`);
  let failures = 0;
  while (Date.now() < end) {
    try {
      const answer = await send(place, { method: 'GET' });
      if (answer.status === 200) return decisionIn(await answer.text());
      if (answer.status !== 404) throw new Error(`the answers have status ${answer.status}`);
      failures = 0;
    } catch (error) {
      if (error instanceof No || ++failures >= MOST_FAILURES) throw error;
    }
    await sleep(PAUSE);
  }
  throw new No('Nobody answered in the chat.');
}

function decisionIn(answerText) {
  const unclear = new No('The answer from the chat was not understood.');
  if (answerText.length > LONGEST_ANSWER) throw unclear;
  let answer;
  try {
    answer = JSON.parse(answerText);
  } catch {
    throw unclear;
  }
  const { decision, by, reason } = Object(answer);
  if (decision !== 'approve' && decision !== 'deny') throw unclear;
  if (typeof by !== 'string' || by === '') throw unclear;
  return { decision, by, ...(typeof reason === 'string' && { reason }) };
}

/** The arguments as they are written: read and written again, a large number would be another one. */
function argumentsIn(requestText) {
  const [start, end] = [',"arguments":', ',"rule":'];
  return requestText.slice(requestText.indexOf(start) + start.length, requestText.lastIndexOf(end));
}

function messageFor({ server, tool, risk, client, reason }, args) {
  return [
    `${plain(client ?? 'An agent')} wants to call ${plain(tool)} on ${plain(server)} (risk: ${plain(risk)}).`,
    ...(reason === null ? [] : [plain(reason)]),
    `\`\`\`${plain(args)}\`\`\``,
  ].join('\n');
}

/**
 * What others have written, without meaning for the chat: no link, mention or format, no end of the code block, nothing
 * that hides or reorders text. Characters that look alike stand for those with a meaning.
 */
function plain(words) {
  return words
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', '\u02cb')
    .replaceAll('@', '\uff20')
    .replaceAll('*', '\u2217')
    .replaceAll('~', '\u223c')
    .replaceAll('[', '\uff3b')
    .replaceAll(']', '\uff3d');
}

/** Requests carry what an agent wants and answers decide it, so they travel encrypted or not at all. */
function address(name) {
  const url = new URL(process.env[name] ?? '');
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new Error(`${name} does not begin with https://`);
  return url;
}

function send(url, options) {
  const { APPROVAL_TOKEN: token } = process.env;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  return fetch(url, { ...options, headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
}

function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
