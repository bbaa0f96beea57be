/** The access matrix as its readers have it: parsed from the page, from nothing else. */
export interface Row {
  readonly relation: string;
  readonly roles: ReadonlySet<string>;
  readonly consent: string | null;
  readonly part2Consent: string | null;
  readonly purposes: ReadonlySet<string> | null;
  readonly isOnlyWhileOpen: boolean;
  readonly shows: ReadonlySet<string>;
  readonly leavesOut: ReadonlySet<string>;
  /** Said with these words, and with nothing in the third column. */
  readonly isForEveryone: boolean;
}

export interface CommandRow {
  readonly command: string;
  readonly relation: string;
  readonly roles: ReadonlySet<string>;
}

export interface Section {
  readonly rows: readonly Row[];
  readonly commands: readonly CommandRow[];
  readonly classOf: ReadonlyMap<string, string>;
  /** Class → the properties with the agency whose words they are. */
  readonly wordsOf: ReadonlyMap<string, readonly string[]>;
  /** Field → the type whose rows it shows, or is worked out from. */
  readonly leadsTo: ReadonlyMap<string, string>;
  readonly ledger: { readonly subject: string; readonly subjectIn: string } | null;
}

export interface RoleRow {
  readonly purposes: readonly string[];
  readonly kinds: readonly string[];
}

export interface Page {
  readonly prohibitions: ReadonlyMap<
    string,
    { readonly roles: readonly string[]; readonly classes: readonly string[] }
  >;
  readonly roles: ReadonlyMap<string, RoleRow>;
  readonly consents: readonly string[];
  readonly relations: readonly string[];
  readonly reasons: readonly string[];
  readonly protectedClasses: ReadonlySet<string>;
  /** The protected ones, and others that are shown with a row in the trail only. */
  readonly accountedClasses: ReadonlySet<string>;
  readonly rolesOfTreatment: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, Section>;
  /** Operation and argument → the field it looks at, KEY or WORDS. */
  readonly narrowings: readonly (readonly [operation: string, argument: string, looksAt: string])[];
  /** Operation → the command it takes, `Type:command`. */
  readonly operations: ReadonlyMap<string, string>;
}

const EVERYONE = 'everyone signed in';
const listed = (cell: string): string[] => (cell === '–' || cell === '' ? [] : cell.split(', '));
const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

/** The rows of the table under this heading, as lists of cells. */
const tableUnder = (lines: readonly string[], heading: string): string[][] => {
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start === -1) return [];
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const definedIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /^- \*\*(\w+)\*\* – /.exec(line)?.[1] ?? []);

const rolesIn = (cell: string, everyone: readonly string[]): ReadonlySet<string> =>
  new Set(cell === EVERYONE ? everyone : listed(cell));

const readRow = (everyone: readonly string[], cells: readonly string[]): Row => {
  const [relation, roles, condition, fields] = cells as [string, string, string, string];
  const [shown, leftOut] = fields.split(/, not |^not /) as [string, string?];
  const conditions = condition.split('; ');
  const after = (start: string) => conditions.find((one) => one.startsWith(start))?.slice(start.length) ?? null;
  const named = after('for ');
  return {
    relation,
    roles: rolesIn(roles, everyone),
    consent: after('consent '),
    part2Consent: after('Part 2 words with '),
    purposes: named === null ? null : new Set(listed(named)),
    isOnlyWhileOpen: conditions.includes('until the record has ended'),
    shows: new Set(quoted(shown)),
    leavesOut: new Set(quoted(leftOut ?? '')),
    isForEveryone: [relation, roles, condition, leftOut].join() === ['ANYONE', EVERYONE, '–', undefined].join(),
  };
};

const listIn = (text: string, pattern: RegExp): string[] =>
  listed((pattern.exec(text)?.[1] ?? '').replace(/\s+/g, ' '));

const readSection = (everyone: readonly string[], lines: readonly string[]): Section => {
  const classes = tableUnder(lines, 'class');
  const ledger = lines.flatMap((line) => {
    const [, subject, subjectIn] = /^On the trail under the (\w+) in `(\w+)`\.$/.exec(line) ?? [];
    return subject && subjectIn ? [{ subject, subjectIn }] : [];
  });
  const leading = lines.flatMap((line) => listIn(line, /^Leads to other types: (.*)\.$/));
  return {
    leadsTo: new Map(leading.map((one) => [quoted(one)[0] ?? '', one.split(' to ')[1] ?? ''])),
    rows: tableUnder(lines, 'to an agency that is').map((cells) => readRow(everyone, cells)),
    commands: tableUnder(lines, 'command').map(([command = '', relation = '', roles = '']) => ({
      command: quoted(command)[0] ?? '',
      relation,
      roles: rolesIn(roles, everyone),
    })),
    classOf: new Map(classes.flatMap(([name = '', fields = '']) => quoted(fields).map((field) => [field, name]))),
    wordsOf: new Map(classes.flatMap(([name = '', , words = '']) => (words === '–' ? [] : [[name, quoted(words)]]))),
    ledger: ledger[0] ?? null,
  };
};

/** Throws when the page lacks what is needed to decide: then it is not the page its readers were promised. */
export const readPage = (text: string): Page => {
  const [rules = '', entrances = ''] = text.split('\n# Operation by operation\n');
  const [general = '', details = ''] = rules.split('\n# Type by type\n');
  const chapters = new Map(
    general
      .split('\n## ')
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.split('\n').slice(1)]),
  );
  const chapter = (title: string): string[] => {
    const lines = chapters.get(title);
    if (!lines) throw new Error(`The page has no chapter “${title}”`);
    return lines;
  };
  const roles = new Map(
    tableUnder(chapter('Roles and their purposes'), 'role').map(([role = '', , purposes = '', kinds = '']) => [
      role,
      { purposes: listed(purposes), kinds: listed(kinds) },
    ]),
  );
  const everyone = [...roles.keys()].filter((role) => role !== 'SYSTEM');
  return {
    prohibitions: new Map(
      tableUnder(chapter('Standing prohibitions'), 'prohibition').map(([name = '', barred = '', classes = '']) => [
        name,
        { roles: listed(barred), classes: listed(classes) },
      ]),
    ),
    roles,
    consents: definedIn(chapter('Consents')),
    relations: definedIn(chapter('Relations of an agency to a record')),
    reasons: definedIn(chapter('Why a field is withheld')),
    protectedClasses: new Set(listIn(general, /protected class \(([^)]*)\)/)),
    accountedClasses: new Set(
      [/protected class \(([^)]*)\)/, /and of these \(([^)]*)\)/].flatMap((named) => listIn(general, named)),
    ),
    rolesOfTreatment: new Set(listIn(general, /for the roles of treatment:\s+([A-Z_,\s]+)\./)),
    narrowings: tableUnder(chapter('What a list may be narrowed by'), 'operation or field').map(
      ([operation = '', argument = '', looksAt = '']) => [
        quoted(operation)[0] ?? '',
        quoted(argument)[0] ?? '',
        quoted(looksAt)[0] ?? looksAt,
      ],
    ),
    operations: new Map(
      entrances
        .split('\n## ')
        .flatMap((part) => tableUnder(part.split('\n'), 'operation'))
        .map(([operation = '', asked = '']) => [quoted(operation)[0] ?? '', asked.split(' and ')[0] ?? '']),
    ),
    types: new Map(
      details
        .split('\n## ')
        .slice(1)
        .map((part) => [part.slice(0, part.indexOf('\n')), readSection(everyone, part.split('\n').slice(1))]),
    ),
  };
};
