export { DirectoryImporter } from './facilities/import-directory';
export type { ChangedRows, DirectoryImport, ImportOutcome } from './facilities/import-directory';
export { PartnersModule } from './partners.module';
export { MeetingsImporter } from './meetings/import-meetings';
export type { MeetingsImport, MeetingsOutcome } from './meetings/import-meetings';
