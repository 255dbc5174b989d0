/** Why a call could not be done, in words for the model; it becomes a tool result with `isError`. */
export class Refusal extends Error {}
