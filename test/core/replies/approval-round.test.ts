import { describe, expect, it } from 'vitest';
import {
  answerIn,
  type Carried,
  carriedIn,
  inputRequiredReply,
  withoutApprovalRound,
} from '../../../src/core/replies/approval-round.js';
import { readMessage } from '../../../src/core/wire/message.js';

const OWN = '"policy-wrap:approval":{"action":"accept","content":{"decision":"allow_once"}}';
const NOTHING: Carried = { inputResponses: undefined, requestState: undefined };

function read(params: string) {
  const text = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a"${params}}}`;
  const message = readMessage(text);
  if (message.kind !== 'request' || message.params === undefined) throw new Error(JSON.stringify(message));
  return { text, params: message.params };
}

function stripped(params: string, carried = NOTHING): string {
  const { text, params: node } = read(params);
  return withoutApprovalRound(text, node, carried).slice(text.indexOf('"a"') + 3, -2);
}

describe('withoutOwnRound', () => {
  it.each([
    ['both members', `,"inputResponses":{${OWN}},"requestState":"pw1.a.b"`, ''],
    [
      'keys in escapes',
      String.raw`,"requestSt\u0061te":"pw1.a.b","input\u0052esponses":{"policy\u002dwrap:approval":{}}`,
      '',
    ],
    [
      'our answer among others',
      `,"inputResponses":{"x": 1.0 , ${OWN} }, "requestState":"pw1.a.b" `,
      ',"inputResponses":{"x": 1.0 } ',
    ],
    ['the state alone', ',"requestState":"pw1.a.b"', ''],
    ['nothing where there is nothing of ours', ',"inputResponses":{}', ',"inputResponses":{}'],
  ])('takes out %s', (_, before, after) => {
    expect(stripped(before)).toBe(after);
  });

  it.each([
    ['both', ',"inputResponses":{"x":1.50},"requestState":"s\\u0041"'],
    ['state alone', ',"requestState":"s"'],
    ['answers alone', ',"inputResponses":{ "x" : {} }'],
    ['no answers at all', ',"inputResponses":{},"requestState":""'],
    [
      'the answer and the state of a nested policy-wrap',
      `,"inputResponses":{${OWN}},"requestState":"pw1.c.d"`,
    ],
  ])('puts back what the request carried: %s', (_, original) => {
    const { text, params } = read(original);
    const carried = carriedIn(text, params);
    const retry = ',"inputResponses":{"policy-wrap:approval":{"action":"accept"}},"requestState":"pw1.a.b"';
    const result = `{"name":"a"${stripped(retry, carried)}}`;
    expect(JSON.parse(result)).toEqual(JSON.parse(`{"name":"a"${original}}`));
    expect(result).toContain(carried.requestState ?? '{');
  });

  it('lets what the retry says go before what the request said', () => {
    const carried = { inputResponses: '{"x":1,"y":2}', requestState: '"s"' };
    expect(stripped(`,"requestState":"pw1.a.b","inputResponses":{"x":3,${OWN}}`, carried)).toBe(
      ',"requestState":"s","inputResponses":{"x":3,"y":2}',
    );
  });
});

describe('answerIn', () => {
  it('reads our answer and no other', () => {
    const { text, params } = read(`,"inputResponses":{"x":{"action":"decline"},${OWN}}`);
    expect(answerIn(text, params)).toEqual({ action: 'accept', content: { decision: 'allow_once' } });
  });

  it.each([
    ['without answers', ''],
    ['without ours', ',"inputResponses":{"x":{"action":"accept"}}'],
    ['with a text', ',"inputResponses":{"policy-wrap:approval":"accept"}'],
    ['with null', ',"inputResponses":{"policy-wrap:approval":null}'],
  ])('finds none %s', (_, more) => {
    const { text, params } = read(more);
    expect(answerIn(text, params)).toBeUndefined();
  });

  it('gives back whatever shape an answer has', () => {
    const { text, params } = read(',"inputResponses":{"policy-wrap:approval":{"action":7,"content":[]}}');
    expect(answerIn(text, params)).toEqual({ action: 7, content: [] });
  });
});

describe('inputRequiredReply', () => {
  it('is one line for whoever ends one at a line separator of Unicode', () => {
    const asked = { idText: '1', kind: 'tool', name: 'a', modern: true, task: false } as const;
    const message = 'a\u2028b\u2029c\u0085d';
    const line = inputRequiredReply(asked, { message, requestedSchema: {} }, 's');
    expect(line).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(line).toContain(String.raw`a\u2028b\u2029c\u0085d`);
  });

  it('asks with a form and carries the state', () => {
    const asked = { idText: '"x"', kind: 'tool', name: 'a', modern: true, task: false } as const;
    const line = inputRequiredReply(
      asked,
      { message: 'Allow?\n', requestedSchema: { type: 'object' } },
      'pw1.a.b',
    );
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      jsonrpc: '2.0',
      id: 'x',
      result: {
        resultType: 'input_required',
        inputRequests: {
          'policy-wrap:approval': {
            method: 'elicitation/create',
            params: { mode: 'form', message: 'Allow?\n', requestedSchema: { type: 'object' } },
          },
        },
        requestState: 'pw1.a.b',
      },
    });
  });
});
