/** Written into the program by the build. */
declare const POLICY_WRAP_HOMEPAGE: string | undefined;

/** Where the documentation is: the home page of the package. */
export const DOCS_ADDRESS =
  typeof POLICY_WRAP_HOMEPAGE === 'string' ? POLICY_WRAP_HOMEPAGE : 'README.md, docs/';
