/** The name of the file, beside a policy, that keeps what tools were like. */
export const LOCK_NAME = 'policy-wrap.lock';
