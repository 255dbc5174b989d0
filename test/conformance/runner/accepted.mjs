/**
 * Checks that pass with and without the wrapper although it answers otherwise than the server, as it promises to: what
 * cannot be judged is refused. Whether a check passes is never accepted to differ.
 */
export const ACCEPTED = new Map([
  [
    'input-required-result-validate-input: sep-2322-error-on-protocol-error',
    'A call with "inputResponses": null is refused; the check asks for an error, and this server asks again.',
  ],
]);
