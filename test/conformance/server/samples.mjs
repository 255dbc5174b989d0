import { deflateSync } from 'node:zlib';

/** A red pixel, and silence: made here, so that nobody has to trust a string of base64. */
export const PNG = png([255, 0, 0]).toString('base64');
export const WAV = wav(8).toString('base64');

/** A tool result, or the content of one, that is one text. */
export const text = (words) => ({ content: [textPart(words)] });
export const textPart = (words) => ({ type: 'text', text: words });
export const imagePart = () => ({ type: 'image', data: PNG, mimeType: 'image/png' });
export const audioPart = () => ({ type: 'audio', data: WAV, mimeType: 'audio/wav' });
export const resourcePart = (uri, mimeType, words) => ({
  type: 'resource',
  resource: { uri, mimeType, text: words },
});

function png(color) {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]); // 1 by 1, 8 bits a channel, RGB
  const pixels = deflateSync(Buffer.from([0, ...color]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND')]);
}

function chunk(type, data = Buffer.alloc(0)) {
  const named = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Node 20 has no crc32 of its own. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function wav(samples) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples, 40);
  return Buffer.concat([header, Buffer.alloc(samples, 128)]);
}
