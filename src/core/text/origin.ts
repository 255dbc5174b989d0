/** Where a part of the policy is written. */
export interface Origin {
  /** JSON Pointer (RFC 6901) without escapes, since people read it: `/tools/delete_*`. */
  pointer: string;
  /** The file as people call it, or `preset standard`. */
  source: string;
  /** Counted from 1; undefined for presets. */
  line: number | undefined;
}

/** A part of a text, in UTF-16 code units. */
export interface Span {
  start: number;
  length: number;
}
