/** As far as it is used here: the declarations for browsers have far more. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
};

/** What the code exports besides its functions. */
interface WithMemory {
  memory: { buffer: ArrayBuffer };
}

/**
 * Compiles WebAssembly; false where there is none (`--jitless`, a bound on addresses).
 * @param digits the code, hexadecimal
 */
export function compileCode<Exports>(digits: string): (Exports & WithMemory) | false {
  try {
    const code = Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    return new WebAssembly.Instance(new WebAssembly.Module(code)).exports as Exports & WithMemory;
  } catch {
    return false;
  }
}
