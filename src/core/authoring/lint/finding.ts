import type { Diagnostic, Part, Place } from '../../policy/document/diagnostic.js';

/** One thing that shows when a policy is compared with the tools of a server. Its message is safe to print. */
export interface Finding extends Diagnostic {
  /** What kind it is, the same in all versions: `no-such-tool`. */
  rule: string;
  place: Place;
  /** Which part of what is written there, until the place is known exactly. */
  part?: Part | undefined;
  help: string;
  /** The tools that it is about, as the server calls them. Not safe to print. */
  tools?: readonly string[] | undefined;
}
