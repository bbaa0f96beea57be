const { default: Sequencer } = require('@jest/test-sequencer');
const { isGroup } = require('./together.cjs');

/** Half a minute, in a small file. */
const LONG = /embedded-postgres\.spec\.ts$/;

/**
 * What is long begins first, so that at the end no worker waits for another. Jest goes by what it has measured on this machine,
 * and on a fresh clone by the size of files, which for a group says nothing.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path, context }) => context.config.displayName?.name === 'proof' || LONG.test(path);
    const rank = (test) => (isGroup(test.path) ? 0 : isLong(test) ? 1 : 2);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
