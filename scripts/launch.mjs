import { existsSync } from 'node:fs';
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const minimumNode = [20, 19];

const refuseOldNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isOld = major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1]);
  if (isOld) {
    throw new Error(`Handrail needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
};

/**
 * Builds if needed and becomes the compiled program: one process, so signals, exit code and `kill` reach it directly.
 * `entry` is a path under `dist/`; `args` is what the program sees after its own name.
 */
export const launch = async (entry, args) => {
  try {
    refuseOldNode();
    await build();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const file = fileURLToPath(new URL(`../dist/${entry}`, import.meta.url));
  if (!existsSync(file)) {
    console.error(`There is no such program: dist/${entry}.`);
    process.exit(1);
  }
  process.setSourceMapsEnabled(true);
  process.argv.splice(1, process.argv.length, file, ...args);
  Module.runMain();
};
