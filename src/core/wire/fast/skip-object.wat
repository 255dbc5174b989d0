;; Runs through a JSON object, chunk by chunk, without looking at more of it than where it ends. Made into
;; skip-object-code.ts by scripts/long-string.mjs.
;;
;; Memory: 0 depth; 4 whether in a string; 8 whether its last byte is a backslash that escapes the next; 12 what was met
;; (1: "isError" that is true, 2: "task"); 16 where the last string began; from 256 on what a byte is outside of strings;
;; from 65536 on one chunk, after it the byte that ends it.
(module
  (memory (export "memory") 4 4)
  ;; 1 a quote, 2 opens, 3 closes, 4 ends a line
  (data (i32.const 256) "\00\00\00\00\00\00\00\00\00\00\04\00\00\04")
  (data (i32.const 290) "\01")
  (data (i32.const 347) "\02\00\03")
  (data (i32.const 379) "\02\00\03")
  ;; Goes on from $at to before $end, where a line feed is put. Returns the place after the object, where the depth is 0
  ;; then, or of a line feed or carriage return, or $end.
  (func (export "skip") (param $at i32) (param $end i32) (result i32)
    (local $depth i32) (local $inString i32) (local $byte i32) (local $before i32) (local $mask i32) (local $met i32)
    (local $quotes v128) (local $backslashes v128) (local $spaces v128)
    (local.set $quotes (v128.const i8x16 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34))
    (local.set $backslashes (v128.const i8x16 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92))
    (local.set $spaces (v128.const i8x16 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32))
    (local.set $depth (i32.load (i32.const 0)))
    (local.set $inString (i32.load (i32.const 4)))
    (local.set $met (i32.load (i32.const 12)))
    (i32.store8 (local.get $end) (i32.const 10))
    ;; What came before, as far as it says whether a quote is escaped.
    (if (local.get $inString)
      (then
        (i32.store8 (i32.sub (local.get $at) (i32.const 2)) (i32.const 0))
        (i32.store8 (i32.sub (local.get $at) (i32.const 1))
          (select (i32.const 92) (i32.const 0) (i32.load (i32.const 8))))))
    (block $done
      (loop $next
        (if (local.get $inString)
          (then
            ;; To the first quote that is not surely escaped, or control character.
            (block $found
              (loop $block
                (local.set $before (i32.sub (local.get $at) (i32.const 2)))
                (local.set $mask (i8x16.bitmask (v128.or
            (v128.andnot
              (i8x16.eq (v128.load offset=2 (local.get $before)) (local.get $quotes))
              (v128.andnot
                (i8x16.eq (v128.load offset=1 (local.get $before)) (local.get $backslashes))
                (i8x16.eq (v128.load offset=0 (local.get $before)) (local.get $backslashes))))
            (i8x16.lt_u (v128.load offset=2 (local.get $before)) (local.get $spaces)))))
                (br_if $found (local.get $mask))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (loop $blocks
                  (local.set $before (i32.sub (local.get $at) (i32.const 2)))
                  (if (i32.eqz (v128.any_true (v128.or
                      (v128.or
                        (v128.or
            (v128.andnot
              (i8x16.eq (v128.load offset=2 (local.get $before)) (local.get $quotes))
              (v128.andnot
                (i8x16.eq (v128.load offset=1 (local.get $before)) (local.get $backslashes))
                (i8x16.eq (v128.load offset=0 (local.get $before)) (local.get $backslashes))))
            (i8x16.lt_u (v128.load offset=2 (local.get $before)) (local.get $spaces)))
                        (v128.or
            (v128.andnot
              (i8x16.eq (v128.load offset=18 (local.get $before)) (local.get $quotes))
              (v128.andnot
                (i8x16.eq (v128.load offset=17 (local.get $before)) (local.get $backslashes))
                (i8x16.eq (v128.load offset=16 (local.get $before)) (local.get $backslashes))))
            (i8x16.lt_u (v128.load offset=18 (local.get $before)) (local.get $spaces))))
                      (v128.or
                        (v128.or
            (v128.andnot
              (i8x16.eq (v128.load offset=34 (local.get $before)) (local.get $quotes))
              (v128.andnot
                (i8x16.eq (v128.load offset=33 (local.get $before)) (local.get $backslashes))
                (i8x16.eq (v128.load offset=32 (local.get $before)) (local.get $backslashes))))
            (i8x16.lt_u (v128.load offset=34 (local.get $before)) (local.get $spaces)))
                        (v128.or
            (v128.andnot
              (i8x16.eq (v128.load offset=50 (local.get $before)) (local.get $quotes))
              (v128.andnot
                (i8x16.eq (v128.load offset=49 (local.get $before)) (local.get $backslashes))
                (i8x16.eq (v128.load offset=48 (local.get $before)) (local.get $backslashes))))
            (i8x16.lt_u (v128.load offset=50 (local.get $before)) (local.get $spaces)))))))
                    (then
                      (local.set $at (i32.add (local.get $at) (i32.const 64)))
                      (br $blocks))))
                (br $block)))
            (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $mask))))
            (local.set $byte (i32.load8_u (local.get $at)))
            (br_if $done (i32.or
              (i32.eq (local.get $byte) (i32.const 10))
              (i32.eq (local.get $byte) (i32.const 13))))
            ;; Escaped by an odd number of backslashes.
            (if (i32.eq (local.get $byte) (i32.const 34))
              (then
                (local.set $before (local.get $at))
                (loop $backslash
                  (local.set $before (i32.sub (local.get $before) (i32.const 1)))
                  (br_if $backslash (i32.eq (i32.load8_u (local.get $before)) (i32.const 92))))
                (local.set $inString (i32.eqz (i32.and (i32.sub (local.get $at) (local.get $before)) (i32.const 1))))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $next)))
        (local.set $byte (i32.load8_u offset=256 (i32.load8_u (local.get $at))))
        (if (i32.eqz (local.get $byte))
          (then
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $next)))
        (br_if $done (i32.eq (local.get $byte) (i32.const 4)))
        (if (i32.eq (local.get $byte) (i32.const 1))
          (then
            (local.set $met (i32.or (local.get $met) (call $meet (local.get $at))))
            (i32.store (i32.const 16) (local.get $at))
            (local.set $inString (i32.const 1)))
          (else
            ;; 2 and 3 to 1 and -1
            (local.set $depth (i32.add (local.get $depth)
              (i32.sub (i32.const 5) (i32.shl (local.get $byte) (i32.const 1)))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (local.get $depth))))
    (i32.store (i32.const 0) (local.get $depth))
    (i32.store (i32.const 4) (local.get $inString))
    (i32.store (i32.const 12) (local.get $met))
    (if (local.get $inString)
      (then
        (local.set $before (local.get $at))
        (loop $backslash
          (local.set $before (i32.sub (local.get $before) (i32.const 1)))
          (br_if $backslash (i32.eq (i32.load8_u (local.get $before)) (i32.const 92))))
        (i32.store (i32.const 8)
          (i32.eqz (i32.and (i32.sub (local.get $at) (local.get $before)) (i32.const 1))))))
    (local.get $at))
  ;; What the string that begins here is to us.
  (func $meet (param $at i32) (result i32)
    (local $byte i32)
    (if (i64.eq (i64.load (local.get $at)) (i64.const 0x726f727245736922))
      (then
        (if (i32.eq (i32.load8_u offset=8 (local.get $at)) (i32.const 34))
          (then
            (local.set $at (call $skipBlanks (i32.add (local.get $at) (i32.const 9))))
            (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 58))
              (then
                (return (i32.eq (i32.const 0x65757274)
                  (i32.load (call $skipBlanks (i32.add (local.get $at) (i32.const 1))))))))))))
    (i32.shl
      (i32.and
        (i32.eq (i32.load (local.get $at)) (i32.const 0x73617422))
        (i32.eq (i32.load16_u offset=4 (local.get $at)) (i32.const 0x226b)))
      (i32.const 1)))
  (func $skipBlanks (param $at i32) (result i32)
    (loop $blank
      (if (i32.or
          (i32.eq (i32.load8_u (local.get $at)) (i32.const 32))
          (i32.eq (i32.load8_u (local.get $at)) (i32.const 9)))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $blank))))
    (local.get $at)))
