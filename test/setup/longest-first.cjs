const { default: Sequencer } = require('@jest/test-sequencer');
const { isGroup } = require('./together.cjs');

/** Over ten seconds each, in small files. */
const LONG = /(null-simulation|mutation|oracle|evaluate|embedded-postgres)\.spec\.ts$/;

/**
 * What is long begins first, so that at the end no worker waits for another. Jest goes by what it has measured on this machine,
 * and on a fresh clone by the size of files, which for a group says nothing.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (isGroup(path) ? 0 : LONG.test(path) ? 1 : 2);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
