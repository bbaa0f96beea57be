require('../setup/together.cjs').playGroup(__filename);
