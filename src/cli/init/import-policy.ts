/** Turns a policy of PolicyLayer or Intercept into ours. */
export async function importPolicy(_file: string, _options: { output?: string }): Promise<number> {
  throw new Error('not there yet');
}
