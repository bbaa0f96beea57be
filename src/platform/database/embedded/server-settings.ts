/** Kept on the command line, so that a new version's settings hold for an old data folder too. */
const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '256MB',
  jit: 'off',
  // Values of people's records must not reach the server's log: no statements, no "Key (…)=(…)" details.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
};

/** What was acknowledged survives a crash of the server and of the machine. */
const durable = { max_connections: '100', fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** For data that nobody will miss: speed over everything. */
const throwaway = { max_connections: '300', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export const serverArguments = (isThrowaway: boolean): string[] =>
  Object.entries({ ...always, ...(isThrowaway ? throwaway : durable) }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
