import { quotedName } from '../../text/name-list.js';
import { counted } from '../../text/plural.js';
import type { ToolListReading } from './read-list.js';

/** More are counted, not named: a server must not fill a terminal. */
const MOST_NAMED = 5;

/** What a person should know of a tool list that is not as it should be, one clause each, safe to print. */
export function oddities({ elements, flaw, complete }: ToolListReading): string[] {
  const odd = elements.flatMap((element, index) => (element.flaw === undefined ? [] : [{ element, index }]));
  const named = odd.slice(0, MOST_NAMED).map(({ element, index }) => {
    const [name] = element.names;
    return name === undefined
      ? `element ${index + 1} of the server's tool list is not a tool (${element.flaw})`
      : `the server's definition of the tool ${quotedName(name)} has no single reading (${element.flaw}), so the tool counts as destructive`;
  });
  const more = odd.length - named.length;
  return [
    ...named,
    ...(more > 0
      ? [`${counted(more, 'more element')} of the server's tool list cannot be read for certain`]
      : []),
    ...(flaw === undefined && complete ? [] : [aboutList(flaw ?? 'its end cannot be found', complete)]),
  ];
}

function aboutList(flaw: string, complete: boolean): string {
  return `the server's tool list has no single reading (${flaw})${complete ? '' : ', so tools that are not found in it count as destructive'}`;
}
