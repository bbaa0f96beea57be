// A process that starts the embedded PostgreSQL and stays, for tests that kill it. Arguments: compiled folder, data folder, and
// "throwaway" for a server that need not be durable.
const { join } = require('node:path');

const [compiled, dataDir, mode] = process.argv.slice(2);
const { startEmbedded } = require(join(compiled, 'src/platform/database/embedded'));

startEmbedded({ dataDir, isThrowaway: mode === 'throwaway', log: () => undefined }).then(
  ({ ownerUrl, stop }) => {
    process.send({ ownerUrl });
    process.once('message', () => stop().then(() => process.exit(0)));
  },
  (error) => {
    process.send({ error: error.message });
    process.exit(1);
  },
);
