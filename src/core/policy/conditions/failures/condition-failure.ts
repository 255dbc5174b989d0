/** A failure whose message repeats nothing of the arguments but their names and types, so that it may be sent and written down. */
export class ConditionFailure extends Error {}
