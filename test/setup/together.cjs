// A whole run plays the database specs in a few groups: what a spec loads, some 3,000 modules, is then loaded once for each group
// and not once for each file. Every spec keeps its file, its database and its application, and a spec that is named runs by itself.
const { readFileSync, readdirSync, statSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const tests = join(__dirname, '..');
const groupsFolder = join(tests, 'together');

/** In the first line of a spec, with the reason: it changes what others in its process would meet. */
const ALONE = '/** @alone ';

const groups = readdirSync(groupsFolder).sort();
const specs = readdirSync(tests, { recursive: true })
  .map((name) => join(tests, name))
  .filter((path) => path.endsWith('.spec.ts'))
  .sort();
const isAlone = (path) => readFileSync(path, 'utf8').startsWith(ALONE);

const specsAlone = () => specs.filter(isAlone);

/** Dealt like cards by size, there and back, so that groups take about as long. */
const dealt = () => {
  const together = specs.filter((path) => !isAlone(path));
  const bySize = together.map((path) => ({ path, size: statSync(path).size })).sort((a, b) => b.size - a.size);
  const hands = groups.map(() => []);
  for (const [at, { path }] of bySize.entries()) {
    const place = at % groups.length;
    const isBack = Math.floor(at / groups.length) % 2 === 1;
    hands[isBack ? groups.length - 1 - place : place].push(path);
  }
  return hands;
};

/** Hooks at the top of a spec belong to its `describe`. One that cannot be loaded fails as one test, not with its whole group. */
const play = (path) => {
  describe(relative(join(tests, '..'), path), () => {
    try {
      require(path);
    } catch (error) {
      it('loads', () => {
        throw error;
      });
    }
  });
};

/** The share of one file of the folder of groups. */
const playGroup = (file) => {
  for (const path of dealt()[groups.indexOf(basename(file))]) play(path);
};

const isGroup = (path) => dirname(path) === groupsFolder;

module.exports = { isGroup, playGroup, specs, specsAlone };
