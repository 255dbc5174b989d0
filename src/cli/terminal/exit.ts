/** A mistake on the command line is an error like any other. */
export { EXIT, UserError as UsageError } from '../../platform/user-error.js';
