import { readPage, type CommandRow, type Page, type Row, type Section } from './page';
import type { Word, World } from './world';

/** What stands between a row and a field, in no order: the page says which of them counts first. */
const OBSTACLES: Readonly<Record<string, (row: Row, world: World, oracle: Oracle) => boolean>> = {
  ROLE: (row, { role }) => !row.roles.has(role),
  RELATION: ({ relation }, { relations }) => relation !== 'ANYONE' && !relations.includes(relation),
  PURPOSE: ({ purposes }, world, oracle) => purposes !== null && !purposes.has(oracle.purposeOf(world)),
  STATE: ({ isOnlyWhileOpen }, { isEnded }) => isOnlyWhileOpen && isEnded,
  CONSENT: ({ consent }, { consents }) => consent !== null && !consents.includes(consent),
  PROVENANCE: (row, world, oracle) => oracle.isPart2(world) && !oracle.isCleared(row, world),
  REDACTED: ({ leavesOut }, { field }) => leavesOut.has(field),
};

/**
 * Decides as somebody would who has the page and nothing else. Written from its text and from what the domain says; it
 * shares no line and no table with the product.
 */
export class Oracle {
  /** What is looked at before any row, and then row by row, in the order of the page. */
  readonly #obstacles: readonly string[];
  readonly #openTypes = new Map<string, boolean>();
  readonly #speaking = new Map<Section, Map<string, [number, Row][]>>();

  constructor(readonly page: Page) {
    this.#obstacles = page.reasons.filter((reason) => reason in OBSTACLES);
    const [first, second, ...others] = page.reasons;
    if (first !== 'SCOPE' || second !== 'PROHIBITED' || others.join() !== this.#obstacles.join()) {
      throw new Error(`The page gives reasons that nobody can weigh: ${page.reasons.join(', ')}`);
    }
  }

  static reading(text: string): Oracle {
    return new Oracle(readPage(text));
  }

  read(world: World): Word {
    if (this.fieldClass(world) === null) return 'ROLE';
    if (!this.#mayLookAt(world)) return 'SCOPE';
    const open = this.#openRow(world);
    if (open !== null) return open;
    if (this.prohibition(world) !== null) return 'PROHIBITED';
    const weighed = this.weigh(world);
    const opening = weighed.find(([, obstacle]) => obstacle === null);
    return opening ? opening[0] : this.#furthest(weighed.map(([, obstacle]) => obstacle ?? ''));
  }

  /** Every row that speaks of the field, by its number, with what stands in its way. */
  weigh(world: World): [number, string | null][] {
    return this.#rowsOn(world).map(([index, row]) => [index, this.#firstObstacle(row, world)]);
  }

  isOpen(world: World): boolean {
    return this.fieldClass(world) !== null && this.scopes(world).length === 0;
  }

  /** Paragraph 4 of the page: what a partner system needs for a field, whatever else is true. */
  scopes(world: World): string[] {
    if (this.fieldClass(world) === null) return [];
    const led = this.section(world)?.leadsTo.get(world.field);
    const own = this.#openRow(world) === null ? [`${world.type}:read`] : [];
    return led === undefined ? own : [...own, `${led}:read`];
  }

  isOpenType(world: World): boolean {
    const { type } = world;
    const fields = [...(this.section(world)?.classOf.keys() ?? [])];
    const isOpen = this.#openTypes.get(type) ?? fields.some((field) => this.isOpen({ ...world, field }));
    this.#openTypes.set(type, isOpen);
    return isOpen;
  }

  mayCount(world: World): boolean {
    return this.isOpenType(world) || this.#isInScope(world, 'read');
  }

  mayDo(world: World): boolean {
    const { role, relations } = world;
    const isMet = ({ relation, roles }: CommandRow) =>
      roles.has(role) && (relation === 'ANYONE' || relations.includes(relation));
    return this.#isInScope(world, world.command) && this.#commandRows(world).some(isMet);
  }

  mayCall(world: World): boolean {
    return this.#isInScope(world, world.command) && this.#commandRows(world).some(({ roles }) => roles.has(world.role));
  }

  /** Paragraph 7 of the page. */
  mayEverRead(world: World): boolean {
    if (this.fieldClass(world) === null || !this.#mayLookAt(world)) return false;
    if (this.#openRow(world) !== null) return true;
    const isShown = ([, { roles, leavesOut }]: [number, Row]) => roles.has(world.role) && !leavesOut.has(world.field);
    return this.prohibition(world) === null && this.#rowsOn(world).some(isShown);
  }

  mayNarrow(world: World, looksAt: string | undefined): boolean {
    if (looksAt === undefined) return false;
    if (looksAt === 'KEY' || looksAt === 'WORDS') return true;
    const [type = '', field = ''] = looksAt.split('.');
    return this.mayEverRead({ ...world, type, field });
  }

  fieldClass({ type, field }: World): string | null {
    return this.page.types.get(type)?.classOf.get(field) ?? null;
  }

  prohibition(world: World): string | null {
    const fieldClass = this.fieldClass(world) ?? '';
    for (const [name, { roles, classes }] of this.page.prohibitions) {
      if (roles.includes(world.role) && classes.includes(fieldClass)) return name;
    }
    return null;
  }

  purposeOf({ role, purpose }: World): string {
    return purpose ?? this.page.roles.get(role)?.purposes[0] ?? '';
  }

  isPart2(world: World): boolean {
    return world.part2.includes(this.fieldClass(world) ?? '');
  }

  /** Paragraph 3 of the page. */
  isCleared(row: Row, { role, consents }: World): boolean {
    if (row.relation === 'EMERGENCY' || row.consent !== null) return true;
    if (row.part2Consent !== null) return consents.includes(row.part2Consent);
    return this.page.rolesOfTreatment.has(role) && consents.includes('TREATMENT_PAYMENT_OPERATIONS');
  }

  section({ type }: World): Section | undefined {
    return this.page.types.get(type);
  }

  #rowsOn({ type, field }: World): [number, Row][] {
    const section = this.page.types.get(type);
    if (section === undefined) return [];
    const ofType = this.#speaking.get(section) ?? new Map<string, [number, Row][]>();
    const known = ofType.get(field);
    if (known) return known;
    const rows = [...section.rows.entries()].filter(
      ([, { shows, leavesOut }]) => shows.has(field) || leavesOut.has(field),
    );
    this.#speaking.set(section, ofType.set(field, rows));
    return rows;
  }

  #mayLookAt(world: World): boolean {
    const { scopes } = world;
    return scopes === null || this.scopes(world).every((scope) => scopes.includes(scope));
  }

  /** The row that opens to everyone, paragraph 4 of the page. */
  #openRow(world: World): number | null {
    const fieldClass = this.fieldClass(world) ?? '';
    if ([...this.page.prohibitions.values()].some(({ classes }) => classes.includes(fieldClass))) return null;
    return this.#rowsOn(world).find(([, { isForEveryone }]) => isForEveryone)?.[0] ?? null;
  }

  #commandRows(world: World): CommandRow[] {
    return this.section(world)?.commands.filter(({ command }) => command === world.command) ?? [];
  }

  #isInScope({ scopes, type }: World, command: string): boolean {
    return scopes === null || scopes.includes(`${type}:${command}`);
  }

  #firstObstacle(row: Row, world: World): string | null {
    return this.#obstacles.find((reason) => OBSTACLES[reason]?.(row, world, this)) ?? null;
  }

  #furthest(reasons: readonly string[]): string {
    return reasons.reduce(
      (furthest, reason) => (this.#obstacles.indexOf(reason) > this.#obstacles.indexOf(furthest) ? reason : furthest),
      'ROLE',
    );
  }
}
