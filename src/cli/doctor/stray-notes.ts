/** What the run under test has told of lines on the server's stdout that are not messages. */
export interface StrayNotes {
  /** Each follows "it wrote". Safe to print. */
  wrote: { said: string; help: string }[];
  /** How many more lines there were. */
  more: string | undefined;
  /** What else is on stderr. */
  rest: string;
}

const NOTE = /^policy-wrap: the server wrote (.+)\n {2}help: (.+)\n/gm;
const MORE = /^policy-wrap: (\d+ more lines?) of the server w\w+ not passed on\n/m;
/** What tells least: a banner, then a part of a message. */
const LEAST = [/^(?:a line that is not|JSON that is not) /, /^a part of a message/];

/** Separates what policy-wrap tells from what the server says. What a server says in the same words is taken for it: no harm comes of it. */
export function strayNotes(stderr: string): StrayNotes {
  const wrote = [...stderr.matchAll(NOTE)].map(([, said = '', help = '']) => ({ said, help }));
  const rankOf = ({ said }: { said: string }) => {
    const least = LEAST.findIndex((each) => each.test(said));
    return least < 0 ? LEAST.length : least;
  };
  wrote.sort((one, other) => rankOf(other) - rankOf(one));
  return { wrote, more: MORE.exec(stderr)?.[1], rest: stderr.replace(NOTE, '').replace(MORE, '') };
}
