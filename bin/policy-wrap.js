#!/usr/bin/env node
// Compiled code is kept between starts where Node can do that (22.1 and later).
require('node:module').enableCompileCache?.();
require('../dist/main.cjs');
