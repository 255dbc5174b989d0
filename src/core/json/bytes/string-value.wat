;; The value of a JSON string in the bytes of a window, sixteen at a time (RFC 8259, section 7). Made into
;; string-value-code.ts by scripts/long-string.mjs.
(module
  (memory (export "memory") 2)
  ;; How many bytes the value of the last window has: they begin at 0x10000.
  (global $written (export "written") (mut i32) (i32.const 0))
  ;; How many more these are than the code units of UTF-16.
  (global $extra (export "extra") (mut i32) (i32.const 0))
  ;; What a letter stands for after a backslash; 0 where it is none of those. Behind the window.
  (data (i32.const 0xff22) "\22")
  (data (i32.const 0xff2f) "/")
  (data (i32.const 0xff5c) "\5c")
  (data (i32.const 0xff62) "\08")
  (data (i32.const 0xff66) "\0c")
  (data (i32.const 0xff6e) "\0a")
  (data (i32.const 0xff72) "\0d")
  (data (i32.const 0xff74) "\09")
  ;; From $at to before $end, in the first page. Returns where the closing quote is; -1 - place where the window ends
  ;; before the string does (all before that place is done); the least number where it is no string, or has an escaped
  ;; surrogate. The bytes must be UTF-8.
  ;; Blocks are at places that do not depend on what is in them, so that the processor can go ahead: half of the time of a
  ;; block behind each escape.
  (func (export "value") (param $at i32) (param $end i32) (result i32)
    (local $to i32) (local $bytes v128) (local $mask i32) (local $size i32) (local $from i32) (local $place i32)
    (local $byte i32)
    (local.set $to (i32.const 0x10000))
    (global.set $extra (i32.const 0))
    (loop $block
      (local.set $bytes (v128.load (local.get $at)))
      ;; More than is wanted, here and below, but what follows is written over it.
      (v128.store (local.get $to) (local.get $bytes))
      ;; A quote, a backslash or a control character.
      (local.set $mask (i8x16.bitmask (v128.or
        (v128.or
          (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))
          (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
        (i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20))))))
      (local.set $size (i32.const 16))
      (if (i32.le_u (i32.add (local.get $at) (i32.const 16)) (local.get $end))
        (then
          (if (i32.eqz (local.get $mask))
            (then
              (if (v128.any_true (v128.and (local.get $bytes) (i8x16.splat (i32.const 0x80))))
                (then (global.set $extra (i32.add (global.get $extra) (i32.sub
                  (i32.popcnt (i8x16.bitmask (i8x16.lt_s (local.get $bytes) (i8x16.splat (i32.const -64)))))
                  (i32.popcnt (i8x16.bitmask
                    (i8x16.ge_u (local.get $bytes) (i8x16.splat (i32.const 0xf0))))))))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (local.set $to (i32.add (local.get $to) (i32.const 16)))
              (br $block))))
        (else
          (local.set $size (i32.sub (local.get $end) (local.get $at)))
          (local.set $mask (i32.and (local.get $mask) (call $lowest (local.get $size))))))
      (local.set $from (i32.const 0))
      (block $done
        (loop $escape
          (br_if $done (i32.eqz (local.get $mask)))
          (local.set $place (i32.ctz (local.get $mask)))
          (local.set $to (i32.add (local.get $to) (i32.sub (local.get $place) (local.get $from))))
          (global.set $written (i32.sub (local.get $to) (i32.const 0x10000)))
          (local.set $byte (i32.load8_u (i32.add (local.get $at) (local.get $place))))
          (if (i32.ne (local.get $byte) (i32.const 0x5c))
            (then
              (if (i32.lt_u (local.get $byte) (i32.const 0x20)) (then (return (i32.const -0x80000000))))
              (call $count (local.get $bytes) (local.get $place))
              (return (i32.add (local.get $at) (local.get $place)))))
          ;; What is cut by the window is looked at again with what follows.
          (if (i32.gt_u (i32.add (local.get $at) (i32.add (local.get $place) (i32.const 2))) (local.get $end))
            (then
              (call $count (local.get $bytes) (local.get $place))
              (return (i32.sub (i32.const -1) (i32.add (local.get $at) (local.get $place))))))
          (local.set $byte (i32.load8_u offset=0xff00
            (i32.load8_u offset=1 (i32.add (local.get $at) (local.get $place)))))
          (if (local.get $byte)
            (then
              (i32.store8 (local.get $to) (local.get $byte))
              (local.set $to (i32.add (local.get $to) (i32.const 1)))
              (local.set $from (i32.add (local.get $place) (i32.const 2))))
            (else
              (if (i32.ne
                    (i32.load8_u offset=1 (i32.add (local.get $at) (local.get $place)))
                    (i32.const 0x75))
                (then (return (i32.const -0x80000000))))
              (if (i32.gt_u (i32.add (local.get $at) (i32.add (local.get $place) (i32.const 6))) (local.get $end))
                (then
                  (call $count (local.get $bytes) (local.get $place))
                  (return (i32.sub (i32.const -1) (i32.add (local.get $at) (local.get $place))))))
              (local.set $byte (call $unit (i32.add (local.get $at) (local.get $place))))
              (if (i32.eq (i32.and (local.get $byte) (i32.const 0xf800)) (i32.const 0xd800))
                (then (return (i32.const -0x80000000))))
              (local.set $to (i32.add (local.get $to) (call $put (local.get $to) (local.get $byte))))
              (local.set $from (i32.add (local.get $place) (i32.const 6)))))
          (v128.store (local.get $to) (v128.load (i32.add (local.get $at) (local.get $from))))
          ;; What is behind the block does not belong to it.
          (if (i32.ge_u (local.get $from) (local.get $size))
            (then (local.set $mask (i32.const 0)))
            (else (local.set $mask
              (i32.and (local.get $mask) (i32.shl (i32.const -1) (local.get $from))))))
          (br $escape)))
      (if (v128.any_true (v128.and (local.get $bytes) (i8x16.splat (i32.const 0x80))))
        (then (call $count (local.get $bytes) (local.get $size))))
      (if (i32.lt_u (local.get $from) (local.get $size))
        (then
          (local.set $to (i32.add (local.get $to) (i32.sub (local.get $size) (local.get $from))))
          (local.set $from (local.get $size))))
      (local.set $at (i32.add (local.get $at) (local.get $from)))
      (br_if $block (i32.lt_u (local.get $at) (local.get $end))))
    (global.set $written (i32.sub (local.get $to) (i32.const 0x10000)))
    (i32.sub (i32.const -1) (local.get $at)))
  ;; So many of the lowest bits.
  (func $lowest (param $count i32) (result i32)
    (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1)))
  ;; What the first bytes have more than code units: a byte that begins no character is one more, but of four that are one
  ;; character, two are code units.
  (func $count (param $bytes v128) (param $size i32)
    (local $wanted i32)
    (local.set $wanted (call $lowest (local.get $size)))
    (global.set $extra (i32.sub
      (i32.add
        (global.get $extra)
        (i32.popcnt (i32.and (local.get $wanted)
          (i8x16.bitmask (i8x16.lt_s (local.get $bytes) (i8x16.splat (i32.const -64)))))))
      (i32.popcnt (i32.and (local.get $wanted)
        (i8x16.bitmask (i8x16.ge_u (local.get $bytes) (i8x16.splat (i32.const 0xf0)))))))))
  ;; The code unit of the escape that begins here; a surrogate where its digits are not hexadecimal.
  (func $unit (param $at i32) (result i32)
    (local $unit i32) (local $index i32) (local $digit i32)
    (loop $next
      (local.set $digit (call $digit (i32.load8_u offset=2 (i32.add (local.get $at) (local.get $index)))))
      (if (i32.gt_u (local.get $digit) (i32.const 15)) (then (return (i32.const 0xd800))))
      (local.set $unit (i32.or (i32.shl (local.get $unit) (i32.const 4)) (local.get $digit)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $index) (i32.const 4))))
    (local.get $unit))
  ;; More than 15 where it is none.
  (func $digit (param $byte i32) (result i32)
    (local $letter i32)
    (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
      (then (return (i32.sub (local.get $byte) (i32.const 0x30)))))
    (local.set $letter (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61)))
    (if (i32.lt_u (local.get $letter) (i32.const 6))
      (then (return (i32.add (local.get $letter) (i32.const 10)))))
    (i32.const 16))
  ;; Writes a code unit that is no surrogate in UTF-8; how many bytes these are.
  (func $put (param $to i32) (param $unit i32) (result i32)
    (if (i32.lt_u (local.get $unit) (i32.const 0x80))
      (then
        (i32.store8 (local.get $to) (local.get $unit))
        (return (i32.const 1))))
    (if (i32.lt_u (local.get $unit) (i32.const 0x800))
      (then
        (i32.store8 (local.get $to)
          (i32.or (i32.const 0xc0) (i32.shr_u (local.get $unit) (i32.const 6))))
        (i32.store8 offset=1 (local.get $to) (call $rest (local.get $unit)))
        (global.set $extra (i32.add (global.get $extra) (i32.const 1)))
        (return (i32.const 2))))
    (i32.store8 (local.get $to)
      (i32.or (i32.const 0xe0) (i32.shr_u (local.get $unit) (i32.const 12))))
    (i32.store8 offset=1 (local.get $to) (call $rest (i32.shr_u (local.get $unit) (i32.const 6))))
    (i32.store8 offset=2 (local.get $to) (call $rest (local.get $unit)))
    (global.set $extra (i32.add (global.get $extra) (i32.const 2)))
    (i32.const 3))
  (func $rest (param $bits i32) (result i32)
    (i32.or (i32.const 0x80) (i32.and (local.get $bits) (i32.const 0x3f)))))
