/** All that needs the YAML and schema libraries, so that they are loaded together and only when there is a file. */
export { loadChain } from './chain.js';
export { policyText } from './yaml/policy-text.js';
