import { openRun, removeTraces } from './open-run';

const closeTestServer = async (): Promise<void> => {
  const open = openRun();
  if (open === undefined) return;
  try {
    if (process.env['TEST_DATABASE_URL']) await removeTraces(open.run);
  } finally {
    await open.server.stop();
  }
};

export = closeTestServer;
