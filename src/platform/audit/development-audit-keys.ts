import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readAuditKeys } from '../config/audit-keys';
import { keptFile } from '../config/kept-file';
import type { AuditKey } from './audit-keys';

const FILE = 'development-audit-key';

/** The key of this data directory, made on first use, readable by its owner only. Never used in production. */
export const developmentAuditKeys = (directory: string): readonly AuditKey[] =>
  readAuditKeys(keptFile(join(directory, FILE), () => `development ${randomBytes(32).toString('hex')}\n`));
