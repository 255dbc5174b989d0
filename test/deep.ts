/** The folders that are called after a kind of test; most others mirror `src/`. */
export const DEEP_FOLDERS = [
  'bench',
  'conformance',
  'differential',
  'docs',
  'e2e',
  'examples',
  'faults',
  'fuzz',
];

/**
 * What needs the built program, a browser or many seconds is deep: it is in one of these folders, or its name ends in
 * `.deep.test.ts`. All else is fast.
 */
export const DEEP = [`test/{${DEEP_FOLDERS.join(',')}}/**/*.test.ts`, 'test/**/*.deep.test.ts'];

/**
 * Deep tests that mostly wait, for what ends a process or for the end of a time. More of them run side by side than the
 * machine has cores. Each passes on a machine that is busy with something else.
 */
export const WAITING = [
  'test/e2e/{approval-slow,approval-undecided,held-calls,piped-input,request-states}.test.ts',
  'test/faults/{client-ends,grandchildren,server-ends,signals}.test.ts',
];

/** Whether a file is deep. @param file its path from the root, with slashes */
export function isDeep(file: string): boolean {
  return file.endsWith('.deep.test.ts') || DEEP_FOLDERS.some((folder) => file.startsWith(`test/${folder}/`));
}
