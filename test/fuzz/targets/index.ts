import type { Target } from '../target.js';
import { answer } from './answer.js';
import { decode } from './decode.js';
import { fast } from './fast.js';
import { harmless } from './harmless.js';
import { json } from './json.js';
import { line } from './line.js';
import { message } from './message.js';
import { names } from './names.js';
import { peeked } from './peek.js';
import { policy } from './policy.js';
import { tools } from './tools.js';

export const TARGETS: Readonly<Record<string, Target>> = {
  line,
  decode,
  json,
  fast,
  message,
  peek: peeked,
  answer,
  tools,
  policy,
  names,
  harmless,
};
