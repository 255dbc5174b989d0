/**
 * Stands in for what cosmiconfig reads YAML and runs code with, and for its search that does not block: policies are only
 * found by it. A file of its own, or a run with a policy would load all that rarely used parts share.
 */
module.exports = {};
