/** Written into the program by the build. */
declare const POLICY_WRAP_VERSION: string | undefined;

/** The version of the package. */
export function version(): string {
  return typeof POLICY_WRAP_VERSION === 'string' ? POLICY_WRAP_VERSION : 'unbuilt';
}
