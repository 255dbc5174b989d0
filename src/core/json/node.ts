/** Where a value is in a JSON text: offsets in UTF-16 code units, `end` exclusive. */
export interface JsonNode {
  kind: 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';
  start: number;
  end: number;
  /** Of an object that is within the levels to keep: its members by unescaped key, in their order. */
  members?: ReadonlyMap<string, JsonNode> | undefined;
  /** Of an array that is within the levels to keep. */
  elements?: readonly JsonNode[] | undefined;
}
