/**
 * Stands in for what writes Protocol Buffers messages as JSON or bytes, and reads them from JSON: times are
 * read and written by functions of our own, and conditions meet no other messages.
 */
function absent() {
  throw new Error('messages of Protocol Buffers have no other form here');
}

export {
  absent as enumFromJson,
  absent as enumToJson,
  absent as fromJson,
  absent as fromJsonString,
  absent as isEnumJson,
  absent as mergeFromJson,
  absent as mergeFromJsonString,
  absent as toBinary,
  absent as toJson,
  absent as toJsonString,
  absent as writeField,
};
