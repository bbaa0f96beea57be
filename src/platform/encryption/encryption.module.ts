import { Global, Logger, Module } from '@nestjs/common';
import { Settings } from '../config';
import { Unavailable } from '../database/failures';
import { describeFault } from '../logging/fault';
import { Backlog } from './backlog';
import { DataKeys } from './data-keys';
import { FieldCipher } from './field-cipher';
import { KeyFiles } from './key-files';
import { KeyRing } from './key-ring';
import { KeyService } from './key-service';
import { ReEncryption } from './re-encryption';

const REFRESH_MS = 30_000;
const UNDEFINED_TABLE = '42P01';

const keyService = ({ fieldKeysDir, dataDir }: Settings): KeyService =>
  fieldKeysDir === undefined ? KeyFiles.inDevelopment(dataDir) : new KeyFiles(fieldKeysDir);

/** A database that is away or not migrated yet is waited for, and readiness says so; a key that does not open ends the start. */
const mayWait = (error: unknown): boolean =>
  error instanceof Unavailable || (error as { code?: string }).code === UNDEFINED_TABLE;

const keyRing = async (keys: DataKeys): Promise<KeyRing> => {
  const log = new Logger(KeyRing.name);
  const ring = new KeyRing(() => keys.load());
  await ring.refresh().catch((error: unknown) => {
    if (!mayWait(error)) throw error;
  });
  ring.refreshEvery(REFRESH_MS, (error) => {
    log.warn({ fault: describeFault(error), msg: 'the field keys could not be read anew' });
  });
  return ring;
};

/** Fields sealed before they reach the database: `FieldCipher` for the stores, the rest keeps keys and columns in order. */
@Global()
@Module({
  providers: [
    { provide: KeyService, useFactory: keyService, inject: [Settings] },
    DataKeys,
    { provide: KeyRing, useFactory: keyRing, inject: [DataKeys] },
    FieldCipher,
    Backlog,
    ReEncryption,
  ],
  exports: [FieldCipher, DataKeys, KeyRing],
})
export class EncryptionModule {}
