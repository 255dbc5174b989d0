/** One thing that was looked at. All texts may be shown in a terminal. */
export interface CheckResult {
  name: string;
  /** `note`: it works, and there is something to know about it. */
  status: 'works' | 'note' | 'broken';
  text: string;
  /** Each on a line of its own. */
  details?: string[];
}
