import path from 'node:path';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';
import { type Place, PROGRAM } from './place.js';

/** The arguments of node that start a server, or that start it behind the program under test. */
export function behind(place: Place, server: readonly string[], options: readonly string[] = []): string[] {
  place.policy('version: 1\ndefault: allow\n');
  return [PROGRAM, ...options, '--', process.execPath, ...server];
}
