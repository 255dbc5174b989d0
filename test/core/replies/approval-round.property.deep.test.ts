import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonNode } from '../../../src/core/json/node.js';
import { type Carried, OWN_KEY, withoutApprovalRound } from '../../../src/core/replies/approval-round.js';
import { readMessage } from '../../../src/core/wire/message.js';
import { runs } from '../../runs.js';
import {
  inAnyOrder,
  member,
  objectOf,
  otherMembers,
  plainJson,
  writtenMembers,
} from '../../texts/objects.js';

const KNOWN = ['name', 'arguments', '_meta', 'task', 'inputResponses', 'requestState', OWN_KEY];
const anyObject = otherMembers(KNOWN).chain(objectOf);
const responsesText = fc
  .tuple(otherMembers(KNOWN), fc.option(member(OWN_KEY, plainJson()), { nil: undefined }))
  .chain(([others, own]) => inAnyOrder(own ? [...others, own] : others).chain(objectOf));
const retry = fc
  .tuple(
    member('name', fc.constant('"a"')),
    member('arguments', anyObject),
    member('inputResponses', responsesText),
    member('requestState', fc.constant('"pw1.a.b"')),
    otherMembers(KNOWN),
    fc.nat(15),
  )
  .chain(([name, args, responses, state, others, which]) => {
    const some = [args, responses, state].filter((_, index) => (which >> index) % 2 === 0);
    return inAnyOrder([name, ...some, ...(which > 7 ? others : [])]).chain(objectOf);
  })
  .map((params) => `{"jsonrpc" : "2.0","params":${params} ,"id":1, "method":"tools/call"}`)
  .filter((text) => readMessage(text).kind === 'request');
const carried: fc.Arbitrary<Carried> = fc.record({
  inputResponses: fc.option(responsesText, { nil: undefined }),
  requestState: fc.option(fc.constantFrom('"s"', '""', String.raw`"\u0061"`), { nil: undefined }),
});

describe('withoutOwnRound on generated retries', () => {
  it('changes our members and nothing else', () => {
    fc.assert(
      fc.property(retry, carried, (text, original) => {
        const params = paramsOf(text);
        const result = withoutApprovalRound(text, params, original);
        expect(result.slice(0, params.start)).toBe(text.slice(0, params.start));
        expect(result.endsWith(text.slice(params.end))).toBe(true);
        const written = writtenMembers(text, params);
        const after = writtenMembers(result, paramsOf(result));
        expect(after.get('requestState')).toBe(original.requestState);
        for (const each of [written, after]) each.delete('requestState');
        const answers = expectedAnswers(text, params, original);
        const node = paramsOf(result).members?.get('inputResponses');
        expect(node && Object.fromEntries(writtenMembers(result, node))).toEqual(answers);
        for (const each of [written, after]) each.delete('inputResponses');
        expect([...after]).toEqual([...written]);
      }),
      runs(2_000),
    );
  });
});

function paramsOf(text: string): JsonNode {
  const message = readMessage(text);
  if (message.kind !== 'request' || message.params === undefined) throw new Error(text);
  return message.params;
}

/** Each answer as it is written, by key. */
function expectedAnswers(text: string, params: JsonNode, { inputResponses }: Carried) {
  const node = params.members?.get('inputResponses');
  const own = writtenMembers(text, node);
  const hadOurs = own.delete(OWN_KEY);
  const before = inputResponses === undefined ? undefined : membersIn(inputResponses);
  if (before === undefined && (node === undefined || (hadOurs && own.size === 0))) return undefined;
  return Object.fromEntries([...(before ?? []), ...own]);
}

function membersIn(object: string): Map<string, string> {
  const text = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","inputResponses":${object}}}`;
  return writtenMembers(text, paramsOf(text).members?.get('inputResponses'));
}
