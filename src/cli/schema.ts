import { EXIT } from './exit.js';

/** Prints the JSON Schema of the policy file. */
export async function schema(): Promise<number> {
  const { policyJsonSchema } = await import('../config/policy-file.js');
  process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  return EXIT.fine;
}
