import type { CommandRow, Page, Row } from './page';

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one));

/** Whether the other’s relation reaches everybody this one’s does. That it is an emergency clears Part 2, too. */
const isReached = (relation: string, other: string): boolean =>
  other === relation || (other === 'ANYONE' && relation !== 'EMERGENCY');

/** A consent named by the row itself clears Part 2, which no other consent does: only the same is as good. */
const isNoNarrower = (row: Row, other: Row): boolean =>
  other.consent === row.consent &&
  other.part2Consent === row.part2Consent &&
  (other.purposes === null || (row.purposes !== null && isWithin(row.purposes, other.purposes))) &&
  (!other.isOnlyWhileOpen || row.isOnlyWhileOpen);

/** Whether the other row gives the role everything this one gives it, and whenever this one does. */
const isImplied = (row: Row, role: string, other: Row): boolean =>
  other.roles.has(role) &&
  isReached(row.relation, other.relation) &&
  isNoNarrower(row, other) &&
  isWithin(row.shows, other.shows);

const isImpliedStep = (row: CommandRow, role: string, other: CommandRow): boolean =>
  other.command === row.command && other.roles.has(role) && isReached(row.relation, other.relation);

/** What could be taken out of the table and nobody would notice. */
export const saidTwice = (page: Page): string[] =>
  [...page.types].flatMap(([type, { rows, commands }]) => [
    ...rows.flatMap((row, index) =>
      [...row.roles].flatMap((role) =>
        rows.some((other) => other !== row && isImplied(row, role, other))
          ? [`${type}, row ${index + 1}: ${row.relation} ${role}`]
          : [],
      ),
    ),
    ...commands.flatMap((row) =>
      [...row.roles].flatMap((role) =>
        commands.some((other) => other !== row && isImpliedStep(row, role, other))
          ? [`${type}:${row.command}: ${row.relation} ${role}`]
          : [],
      ),
    ),
  ]);
