import { SEALED_CONSENTS } from '../consent';
import { openDatabase } from '../open-database';
import { AnchorFile } from '../platform/audit/anchor-file';
import { AuditKeys } from '../platform/audit/audit-keys';
import { developmentAuditKeys } from '../platform/audit/development-audit-keys';
import { trailFaults, TrailVerifier, type Finding } from '../platform/audit/verify-trail';
import { settingsFrom, type Settings } from '../platform/config';
import { withTrail } from '../platform/database/trail-source';
import { wallsOfThisProgram } from '../platform/database/wall-catalogue';

const line = ({ fault, block, entryId, disclosureId, consentId, wall }: Finding): string => {
  if (wall !== undefined) return `${fault} at ${wall}: ${trailFaults[fault]}`;
  const record = disclosureId === undefined ? consentId && `consent ${consentId}` : `disclosure ${disclosureId}`;
  if (record !== undefined) {
    const named = entryId === null ? '' : `, entry ${entryId}`;
    return `${fault} at ${record}${named}: ${trailFaults[fault]}`;
  }
  const place = [
    block === null ? 'not sealed yet' : `block ${block}`,
    ...(entryId === null ? [] : [`entry ${entryId}`]),
  ];
  return `${fault} at ${place.join(', ')}: ${trailFaults[fault]}`;
};

const verify = async (settings: Settings, isJson: boolean): Promise<boolean> => {
  const { auditKeys, dataDir, auditAnchorFile = '', databaseUrl: appUrl = '', commandDatabaseUrl = appUrl } = settings;
  const keys = new AuditKeys(auditKeys ?? developmentAuditKeys(dataDir));
  const anchors = new AnchorFile(auditAnchorFile);
  const addresses = { appUrl, databaseUrl: commandDatabaseUrl };
  const place = { ...addresses, anchors, walls: wallsOfThisProgram(), sealed: SEALED_CONSENTS };
  return withTrail(place, async (trail) => {
    const verifier = new TrailVerifier(keys, trail);
    const say = (text: string): void => void process.stdout.write(`${text}\n`);
    let found = 0;
    try {
      for await (const finding of verifier.findings()) {
        found += 1;
        say(isJson ? JSON.stringify(finding) : line(finding));
      }
    } catch (error) {
      // Where something is wrong already, that the rest cannot be read is no reason to say less.
      if (found === 0) throw error;
      process.stderr.write(`The rest could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    const { entries, blocks, anchors: anchored, waiting, unsigned, disclosures, consents } = verifier.tally;
    say(
      isJson
        ? JSON.stringify({ found, ...verifier.tally })
        : `${found === 0 ? 'The trail is whole' : `${found} things are wrong`}: ${entries} entries (${waiting} not sealed yet, ${unsigned} from before signing), ${blocks} blocks, ${anchored} anchors, ${disclosures} disclosures, ${consents} consents and revocations.`,
    );
    return found === 0;
  });
};

/**
 * `npm run audit:verify [-- --json]`: the walls of the database against what the
 * migrations make, every entry against its code, every block against its entries, the chain, the anchors
 * outside the database, and every line of the disclosure ledger, consent and revocation against the entry that names it. Exit code 0: whole; 1: something is wrong, each place on a line of its own; 2: could not be verified.
 */
const run = async (args: readonly string[]): Promise<void> => {
  if (args.some((arg) => arg !== '--json')) throw new Error('Usage: npm run audit:verify [-- --json]');
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    process.exitCode = (await verify(database.settings, args.includes('--json'))) ? 0 : 1;
  } finally {
    await database.close();
  }
};

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
