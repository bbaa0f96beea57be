export { DirectoryImporter } from './facilities/import-directory';
export type { ChangedRows, DirectoryImport, ImportOutcome } from './facilities/import-directory';
export { PartnersModule } from './partners.module';
