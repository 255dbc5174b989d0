;; The end of a JSON string in the bytes of a window, sixteen at a time (RFC 8259, section 7). Made into
;; long-string-code.ts by scripts/long-string.mjs.
(module
  (memory (export "memory") 2)
  ;; How many bytes the escape has that a letter begins after a backslash; 0 where it begins none. Behind the window.
  (data (i32.const 0x1ff22) "\02")
  (data (i32.const 0x1ff2f) "\02")
  (data (i32.const 0x1ff5c) "\02")
  (data (i32.const 0x1ff62) "\02")
  (data (i32.const 0x1ff66) "\02")
  (data (i32.const 0x1ff6e) "\02")
  (data (i32.const 0x1ff72) "\02")
  (data (i32.const 0x1ff74) "\02\06")
  ;; From $at to before $end, in the first page. Returns where the closing quote is; -1 - place where the window ends
  ;; before the string does (all before that place is done); the least number where it is no string, or has an escaped
  ;; surrogate. Blocks are at places that do not depend on what is in them, so that the processor can go ahead.
  (func (export "quote") (param $at i32) (param $end i32) (result i32)
    (local $bytes v128) (local $mask i32) (local $size i32) (local $from i32) (local $place i32) (local $length i32)
    (loop $block
      (local.set $bytes (v128.load (local.get $at)))
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
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br $block))))
        (else
          (local.set $size (i32.sub (local.get $end) (local.get $at)))
          (local.set $mask (i32.and (local.get $mask)
            (i32.sub (i32.shl (i32.const 1) (local.get $size)) (i32.const 1))))))
      (local.set $from (local.get $size))
      (block $done
        (loop $escape
          (br_if $done (i32.eqz (local.get $mask)))
          (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $mask))))
          (if (i32.ne (i32.load8_u (local.get $place)) (i32.const 0x5c))
            (then
              (if (i32.lt_u (i32.load8_u (local.get $place)) (i32.const 0x20))
                (then (return (i32.const -0x80000000))))
              (return (local.get $place))))
          ;; An escape that the window cuts is looked at again with what follows.
          (if (i32.ge_u (i32.add (local.get $place) (i32.const 1)) (local.get $end))
            (then (return (i32.sub (i32.const -1) (local.get $place)))))
          (local.set $length (i32.load8_u offset=0x1ff00 (i32.load8_u offset=1 (local.get $place))))
          (if (i32.ne (local.get $length) (i32.const 2))
            (then
              (if (i32.eqz (local.get $length)) (then (return (i32.const -0x80000000))))
              (if (i32.gt_u (i32.add (local.get $place) (i32.const 6)) (local.get $end))
                (then (return (i32.sub (i32.const -1) (local.get $place)))))
              (if (i32.eqz (call $isUnit (local.get $place))) (then (return (i32.const -0x80000000))))))
          ;; What is behind the block does not belong to it.
          (local.set $length (i32.sub (i32.add (local.get $place) (local.get $length)) (local.get $at)))
          (if (i32.ge_u (local.get $length) (local.get $size))
            (then
              (local.set $from (local.get $length))
              (br $done)))
          (local.set $mask (i32.and (local.get $mask) (i32.shl (i32.const -1) (local.get $length))))
          (br $escape)))
      (local.set $at (i32.add (local.get $at) (local.get $from)))
      (br_if $block (i32.lt_u (local.get $at) (local.get $end))))
    (i32.sub (i32.const -1) (local.get $at)))
  ;; Whether the four digits of the escape that begins here are hexadecimal, and not half of a surrogate pair.
  (func $isUnit (param $at i32) (result i32)
    (if (i32.and
          (i32.eq (i32.or (i32.load8_u offset=2 (local.get $at)) (i32.const 0x20)) (i32.const 0x64))
          (i32.gt_u (i32.load8_u offset=3 (local.get $at)) (i32.const 0x37)))
      (then (return (i32.const 0))))
    (i32.and
      (i32.and
        (call $isHex (i32.load8_u offset=2 (local.get $at)))
        (call $isHex (i32.load8_u offset=3 (local.get $at))))
      (i32.and
        (call $isHex (i32.load8_u offset=4 (local.get $at)))
        (call $isHex (i32.load8_u offset=5 (local.get $at))))))
  (func $isHex (param $byte i32) (result i32)
    (i32.or
      (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
      (i32.lt_u (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61)) (i32.const 6)))))
