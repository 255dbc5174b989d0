/** Written into the program by the build. */
declare const POLICY_WRAP_VERSION: string | undefined;
declare const POLICY_WRAP_HOMEPAGE: string | undefined;

/** Where the documentation is: the home page of the package. */
export const DOCS_ADDRESS =
  typeof POLICY_WRAP_HOMEPAGE === 'string' ? POLICY_WRAP_HOMEPAGE : 'README.md, docs/';

/** The version of the package. */
export function version(): string {
  return typeof POLICY_WRAP_VERSION === 'string' ? POLICY_WRAP_VERSION : 'unbuilt';
}

/** The JSON Schema of policy files, in the package. */
export const SCHEMA_FILE = 'schema/policy-wrap.schema.json';

/** Where everybody can read the published schema of this major version: for editors that find no package beside the file. */
export function schemaAddress(): string {
  return `https://unpkg.com/policy-wrap${/^\d+/.test(version()) ? `@${Number.parseInt(version(), 10)}` : ''}/${SCHEMA_FILE}`;
}
