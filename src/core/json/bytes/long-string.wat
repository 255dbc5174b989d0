;; The end of a JSON string in the bytes of a window, sixteen at a time (RFC 8259, section 7). Made into
;; long-string-code.ts by scripts/long-string.mjs.
(module
  (memory (export "memory") 1)
  ;; From $at to before $end. Returns where the closing quote is; -1 - place where the window ends before the string
  ;; does (all before that place is done); the least number where it is no string, or has an escaped surrogate.
  (func (export "quote") (param $at i32) (param $end i32) (result i32)
    (local $bytes v128) (local $mask i32) (local $byte i32)
    (loop $next
      (if (i32.le_u (i32.add (local.get $at) (i32.const 16)) (local.get $end))
        (then
          (local.set $bytes (v128.load (local.get $at)))
          ;; A quote, a backslash or a control character.
          (local.set $mask (i8x16.bitmask (v128.or
            (v128.or
              (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))
              (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
            (i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20))))))
          (if (i32.eqz (local.get $mask))
            (then
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br $next)))
          (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $mask)))))
        (else
          (if (i32.ge_u (local.get $at) (local.get $end))
            (then (return (i32.sub (i32.const -1) (local.get $at)))))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.eq (local.get $byte) (i32.const 0x22)) (then (return (local.get $at))))
      (if (i32.lt_u (local.get $byte) (i32.const 0x20)) (then (return (i32.const -0x80000000))))
      (if (i32.ne (local.get $byte) (i32.const 0x5c))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next)))
      ;; An escape that the window cuts is looked at again with what follows.
      (if (i32.ge_u (i32.add (local.get $at) (i32.const 1)) (local.get $end))
        (then (return (i32.sub (i32.const -1) (local.get $at)))))
      (local.set $byte (i32.load8_u offset=1 (local.get $at)))
      (if (call $isShort (local.get $byte))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 2)))
          (br $next)))
      (if (i32.ne (local.get $byte) (i32.const 0x75)) (then (return (i32.const -0x80000000))))
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 6)) (local.get $end))
        (then (return (i32.sub (i32.const -1) (local.get $at)))))
      (if (i32.eqz (call $isUnit (local.get $at))) (then (return (i32.const -0x80000000))))
      (local.set $at (i32.add (local.get $at) (i32.const 6)))
      (br $next))
    (unreachable))
  ;; One of " / \ b f n r t
  (func $isShort (param $byte i32) (result i32)
    (i32.or
      (i32.or
        (i32.or (i32.eq (local.get $byte) (i32.const 0x22)) (i32.eq (local.get $byte) (i32.const 0x2f)))
        (i32.or (i32.eq (local.get $byte) (i32.const 0x5c)) (i32.eq (local.get $byte) (i32.const 0x62))))
      (i32.or
        (i32.or (i32.eq (local.get $byte) (i32.const 0x66)) (i32.eq (local.get $byte) (i32.const 0x6e)))
        (i32.or (i32.eq (local.get $byte) (i32.const 0x72)) (i32.eq (local.get $byte) (i32.const 0x74))))))
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
