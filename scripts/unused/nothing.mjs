/** Stands in for a module that is imported and never used. */
export default {};
