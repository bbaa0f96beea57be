import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const compiled = new Map();
const options = {
  swcrc: false,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'commonjs' },
};
/** What is under test is this repository's own source, compiled and run without touching the disk. */
export const compile = (file, text) => {
  const { code } = transformSync(text, { ...options, filename: file });
  return new Function('require', 'exports', 'module', code);
};

const resolve = (from, name) =>
  [`${join(dirname(from), name)}.ts`, join(dirname(from), name, 'index.ts')].find((file) => existsSync(file));

/** Modules of this repository, compiled in memory and each evaluated once; `instead` gives other programs for some files. */
export class Memory {
  #modules = new Map();
  #instead;

  constructor(instead = new Map()) {
    this.#instead = instead;
  }

  load(file) {
    const known = this.#modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.#modules.set(file, module);
    const outside = createRequire(file);
    const run = this.#instead.get(file) ?? this.#ofDisk(file);
    run((name) => this.#required(file, name, outside), module.exports, module);
    return module.exports;
  }

  #required(from, name, outside) {
    if (!name.startsWith('.')) return outside(name);
    return this.load(resolve(from, name) ?? join(dirname(from), name));
  }

  #ofDisk(file) {
    if (!compiled.has(file)) compiled.set(file, compile(file, readFileSync(file, 'utf8')));
    return compiled.get(file);
  }
}
