import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditSealer } from '../../src/platform/audit/audit-sealer';
import { Oracle } from '../access-oracle/oracle';
import type { World } from '../access-oracle/world';
import { openApp, type Answer, type Ask, type TestApp } from '../setup/app';
import { LiveClient, listenTo, type LiveMessage } from '../setup/live-client';
import { carry } from '../sweep/carried';
import { Accounted, type Asked } from '../sweep/accounted';
import { cases, type Case } from '../sweep/cases';
import { operations, type Operation } from '../sweep/operations';
import { Records, type Target } from '../sweep/records';
import { SENDING, Side, SWEPT, type SweptRole } from '../sweep/side';

const oracle = Oracle.reading(readFileSync(join(__dirname, '../../docs/access-matrix.md'), 'utf8'));
const calls = operations.filter(({ kind }) => kind !== 'subscription');
const news = operations.filter(({ kind }) => kind === 'subscription');
const SOUGHT = ['NOT_FOUND', 'FORBIDDEN'];
/** What no answer of the sweep may ever be: a case that is wrong, or a product that is. */
const NEVER = [
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'TOO_MANY_REQUESTS',
  'INVALID_INPUT',
];

type Said = Record<string, Record<string, unknown> | null>;

/** The code of an error or a refusal; SHOWN, or NOTHING where the answer is null. */
const wordOf = ({ data, errors }: Answer<Said>): string => {
  const [error] = errors;
  if (error) return String(error.extensions['code']);
  // Of an answer by rows, the first.
  const [answer] = Object.values(data ?? {}).flat();
  if (answer === null || answer === undefined) return 'NOTHING';
  return answer['__typename'] === 'Refused' ? String(answer['code']) : 'SHOWN';
};

const told = ({ status, data, errors }: Answer<Said>): string => JSON.stringify([status, data, errors]);
/** The record of an answer, or those of its page. */
const linesOf = ({ data }: Answer<Said>): Record<string, unknown>[] =>
  Object.values(data ?? {})
    .flat()
    .flatMap((one) => (one?.['nodes'] as Record<string, unknown>[] | undefined) ?? (one === null ? [] : [one]));
const saysNothing = ({ data }: Answer<Said>): boolean => Object.values(data ?? {}).every((value) => value === null);

describe('every operation, for every role, on what is theirs, shared with them and none of their business', () => {
  let app: TestApp;
  let records: Records;
  const asks = new Map<SweptRole, Ask>();
  /** What tells of people on the other side: none of it may ever be in an answer on this one. */
  let secrets: readonly string[] = [];

  const caseOf = ({ name }: Operation): Case => {
    const found = cases[name];
    if (!found) throw new Error(`${name} has no case in test/sweep/cases.ts`);
    return found;
  };
  const purposeOf = (role: string, { purpose }: Case): string | null =>
    [purpose ?? []].flat().find((one) => oracle.page.roles.get(role)?.purposes.includes(one)) ?? null;
  const worldOf = (role: string, one: Case, relations: readonly string[]): World => {
    const [type = '', command = ''] = one.asks.split(':');
    const nothing = { scopes: null, consents: [], part2: [], isEnded: false, field: '' };
    return { ...nothing, purpose: purposeOf(role, one), role, relations, type, command };
  };

  /** No command can be written down, so each is decided to its end and none is done: the world stays as it is. */
  const takeThePenAway = (): Promise<unknown> =>
    app.owner(`create function no_pen() returns trigger language plpgsql as $$ begin raise exception 'no pen'; end $$;
      create trigger no_pen before insert on audit_entry for each row when (new.kind = 'COMMAND') execute function no_pen();`);

  /** Something of every kind on this side. */
  const furnish = async (side: Side, isOurs: boolean): Promise<void> => {
    const county = isOurs ? '39141' : '02020';
    await side.fill();
    for (const sender of isOurs ? SENDING : (['OFFICER'] as const)) {
      await side.consentOf(await side.referral(sender, 'accepted'), sender);
      const treated = await side.referral(sender, 'admitted');
      await side.breakGlass(treated);
      await side.askForAccount(treated);
    }
    await side.addSystem();
    await side.addEndpoint();
    await side.handIn();
    await side.notify();
    await side.reportOverdoses(county);
    await side.visit(isOurs ? '39141' : '02090', isOurs ? ['39131', '39001'] : ['02050', '02020']);
    await side.alarm(county);
    await side.report();
    await side.meetTwice();
    await carry(side);
  };

  beforeAll(async () => {
    app = await openApp({ OUTBOUND_HOSTS: 'hooks.example.org' });
    await listenTo(app.app);
    records = new Records(await Side.build(app, 39.33), await Side.build(app, 64.8));
    const { ours, theirs } = records;
    for (const side of [ours, theirs]) {
      await app.owner(
        'insert into hold_quota (agency_id, active_holds, pool_share_percent) select id, 100000, 100 from agency on conflict do nothing',
      );
      await furnish(side, side === ours);
    }
    for (const { on, at = 'pending' } of Object.values(cases)) {
      if (on) for (const role of SWEPT) await records.targetsOf(role, on, at);
    }
    for (const role of SWEPT) asks.set(role, await app.as(ours.cast[role]));
    const rows = await app.owner<{ secret: string }>(
      `select unnest(array[r.id::text, r.person_id::text, r.episode_id::text, p.given_name]) as secret
         from referral r join person p on p.id = r.person_id where r.sender_agency_id = $1
       union select o.id::text from offer o join referral r on r.id = o.referral_id where r.sender_agency_id = $1`,
      [theirs.cast.OFFICER.agencyId],
    );
    secrets = rows.map(({ secret }) => secret);
    await app.app.get(AuditSealer).seal();
    await takeThePenAway();
    // A thousand commands before the first question: on a machine with much else to do that alone takes minutes.
  }, 900_000);
  afterAll(() => app.close());

  const call = async (role: SweptRole, operation: Operation, id: string): Promise<Answer<Said>> => {
    const one = caseOf(operation);
    const purpose = purposeOf(role, one);
    const headers = purpose === null ? {} : { 'handrail-purpose': purpose };
    return asks.get(role)!<Said>(operation.document, { ...one.variables(id, records.ours, role) }, headers);
  };

  it('has a case for each operation, and no case for none; each takes the command that the page says', () => {
    expect(Object.keys(cases).sort()).toEqual(operations.map(({ name }) => name).sort());
    const asked = Object.entries(cases).map(([name, one]) => [name, one.asks]);
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(oracle.page.operations));
  });

  /** Fields shown that nothing of the page opens to this role and relation. */
  const unforeseen = ({ asks: asked }: Case, world: World, { data }: Answer<Said>): string[] => {
    const [answer] = Object.values(data ?? {});
    const nodes = (answer?.['nodes'] as Record<string, unknown>[] | undefined) ?? [answer ?? {}];
    const isUnforeseen = ([field, value]: [string, unknown]): boolean =>
      value !== null &&
      oracle.fieldClass({ ...world, field }) !== null &&
      typeof oracle.read({ ...world, field }) !== 'number';
    return nodes.flatMap((node) =>
      Object.entries(node)
        .filter(isUnforeseen)
        .map(([field]) => `${asked.split(':')[0] ?? ''}.${field}`),
    );
  };

  const tally = { answers: 0, allowed: 0, denied: 0, unrelated: 0, offered: 0 };
  /** What a reading said the role may do with a record, by role, type and id. */
  const offered = new Map<string, readonly string[]>();

  const remember = (role: SweptRole, answer: Answer<Said>): void => {
    for (const line of linesOf(answer)) {
      const actions = line['allowedActions'];
      const key = `${role} ${String(line['__typename'])} ${String(line['id'])}`;
      if (Array.isArray(actions)) offered.set(key, actions as string[]);
    }
  };

  /** Whoever has read the record was told whether the step can be taken: neither more nor less than what comes of it. */
  const misled = (operation: Operation, role: SweptRole, id: string, word: string): string | null => {
    const actions = offered.get(`${role} ${caseOf(operation).asks.split(':')[0] ?? ''} ${id}`);
    if (actions === undefined || operation.kind === 'query') return null;
    tally.offered++;
    const isTaken = ![...SOUGHT, 'ILLEGAL_TRANSITION'].includes(word);
    if (actions.includes(operation.name) === isTaken) return null;
    if (isTaken) return 'is not among allowedActions';
    const { neverDone, alsoForbids } = caseOf(operation);
    return (neverDone ?? alsoForbids) ? null : 'is among allowedActions';
  };

  const accounted = new Accounted(oracle);
  const done = new Set<string>();
  /** Ids the sweep itself names: the trail of who asked for them has them. */
  const asked = new Set<string>();

  const isTold = (one: Case, answer: Answer<Said>): boolean => {
    const body = JSON.stringify(answer);
    const isTrail = one.asks.startsWith('AuditEntry:');
    return secrets.some((secret) => body.includes(secret) && !(isTrail && asked.has(secret)));
  };

  const BESIDE = ['__typename', 'withheld', 'allowedActions'];
  /** A line of nulls tells that there is a record, and a list of them how many. */
  const hasEmptyLine = (answer: Answer<Said>): boolean =>
    linesOf(answer).some((line) => Object.keys(line).every((field) => BESIDE.includes(field) || line[field] === null));

  const misread = (one: Case, world: World, answer: Answer<Said>): string | null => {
    if (hasEmptyLine(answer)) return 'has a line in which everything is withheld';
    const shown = one.on ? unforeseen(one, world, answer) : [];
    return shown.length > 0 ? `shows ${shown.join()}` : null;
  };

  /** What is wrong with the answer to who may call the operation, if anything. */
  const misjudged = (operation: Operation, world: World, answer: Answer<Said>): string | null => {
    const one = caseOf(operation);
    if (operation.kind === 'query') return misread(one, world, answer);
    const word = wordOf(answer);
    if (oracle.mayDo(world) || !one.on) {
      tally.allowed++;
      return SOUGHT.includes(word) && !(one.neverDone ?? one.alsoForbids) ? 'should be allowed' : null;
    }
    tally.denied++;
    return SOUGHT.includes(word) ? null : 'should be refused';
  };

  /** Whether not even that it exists may show: the row of a reading is for anybody, its records are not. */
  const isSecret = ({ kind }: Operation, one: Case, world: World): boolean =>
    one.on !== undefined &&
    !one.isDirectory &&
    world.relations.length === 0 &&
    oracle.mayCall(world) &&
    (kind === 'query' || !oracle.mayDo(world));

  const faultsIn = async (operation: Operation, role: SweptRole, target: Target, answer: Answer<Said>) => {
    const one = caseOf(operation);
    const world = worldOf(role, one, target.relations(records.ours.cast[role]));
    const word = wordOf(answer);
    if (NEVER.includes(word)) return JSON.stringify(answer.errors[0] ?? answer.data);
    if (isTold(one, answer)) return 'tells of the other side';
    if (word === 'SHOWN' && operation.kind === 'mutation') return 'was done without a trail';
    const wrong = oracle.mayCall(world) ? misjudged(operation, world, answer) : uncalled(answer);
    const lie = misled(operation, role, target.id, word);
    return wrong ?? lie ?? (isSecret(operation, one, world) ? givenAway(operation, role, answer) : null);
  };

  const uncalled = (answer: Answer<Said>): string | null => {
    tally.denied++;
    const isRefused = wordOf(answer) === 'FORBIDDEN' && saysNothing(answer);
    return isRefused ? null : 'should be FORBIDDEN before any record is looked at';
  };

  /** What each role is answered about what never was, by operation. */
  const answersToNever = new Map<string, string>();

  const givenAway = async (operation: Operation, role: SweptRole, answer: Answer<Said>): Promise<string | null> => {
    tally.unrelated++;
    const key = `${operation.name} ${role}`;
    const never = answersToNever.get(key) ?? told(await call(role, operation, randomUUID()));
    answersToNever.set(key, never);
    return told(answer) === never ? null : `can be told from one that never was: ${never}`;
  };

  const sweep = async (operation: Operation, role: SweptRole, target: Target): Promise<string[]> => {
    tally.answers++;
    asked.add(target.id);
    const answer = await call(role, operation, target.id);
    const word = wordOf(answer);
    if (word === (operation.kind === 'query' ? 'SHOWN' : 'RETRY_LATER')) done.add(operation.name);
    if (operation.kind === 'query') remember(role, answer);
    if (operation.kind === 'query' && word === 'SHOWN') {
      accounted.remember({ operation, role, id: target.id }, answer.data);
    }
    const fault = await faultsIn(operation, role, target, answer);
    const related = target.relations(records.ours.cast[role]).join(' ');
    return fault === null ? [] : [`${operation.name} as ${role} [${related || 'no relation'}]: ${word}, ${fault}`];
  };

  it.each(calls.map((one) => [one.name, one] as const))('%s', async (_name, operation) => {
    const { on, at = 'pending' } = caseOf(operation);
    const faults: string[] = [];
    const nothing: Target = { id: randomUUID(), relations: () => ['OWN_AGENCY'] };
    const every = SWEPT.map(async (role) => {
      for (const target of on ? await records.targetsOf(role, on, at) : [nothing]) {
        faults.push(...(await sweep(operation, role, target)));
      }
    });
    await Promise.all(every);
    expect(faults).toEqual([]);
  });

  it('is closed to who has not signed in, to a partner system without the scope and to who has left', async () => {
    const { ours } = records;
    const system = await app.as(await ours.addSystem());
    const left = await ours.leaver();
    const strangers: readonly (readonly [Ask, string])[] = [
      [app.speaking(null), 'UNAUTHENTICATED'],
      [left, 'UNAUTHENTICATED'],
      [system, 'FORBIDDEN'],
    ];
    for (const operation of calls) {
      const variables = { ...caseOf(operation).variables(randomUUID(), ours, 'PROVIDER_STAFF') };
      for (const [ask, code] of strangers) {
        const answer = await ask<Said>(operation.document, variables);
        expect([operation.name, wordOf(answer), saysNothing(answer)]).toEqual([operation.name, code, true]);
      }
    }
  });

  /** The code each subscription is refused with; undefined where it begins. */
  const follow = async (token: string, role: SweptRole): Promise<unknown[]> => {
    const client = await LiveClient.signedIn(app.app, token);
    const heard: unknown[] = [];
    for (const one of news) {
      const id = await client.subscribe(one.document);
      const isError = (message: LiveMessage) => message.id === id && message.type === 'error';
      const refused = mayFollow(role, one) ? client.messages.find(isError) : await client.until(isError);
      const [error] = (refused?.payload ?? []) as unknown as { extensions: { code: string } }[];
      heard.push([role, one.name, error?.extensions.code]);
    }
    client.close();
    return heard;
  };
  const mayFollow = (role: SweptRole, one: Operation): boolean => oracle.mayCall(worldOf(role, caseOf(one), []));

  it('is the same over the WebSocket', async () => {
    const expected = SWEPT.flatMap((role) =>
      news.map((one) => [role, one.name, mayFollow(role, one) ? undefined : 'FORBIDDEN']),
    );
    const followers: Promise<unknown[]>[] = [];
    for (const role of SWEPT) followers.push(follow(await app.tokenOf(records.ours.cast[role]), role));
    expect((await Promise.all(followers)).flat()).toEqual(expected);
    expect(news.length).toBeGreaterThan(2);
  });

  it('tells nothing that is to be accounted for while the trail cannot be written', async () => {
    await app.owner(`drop trigger no_pen on audit_entry;
      create trigger no_pen before insert on audit_entry for each row execute function no_pen()`);
    const askAgain = async ({ operation, role, id }: Asked) => {
      const answer = await call(role, operation, id);
      return { name: operation.name, role, word: wordOf(answer), tells: accounted.in(answer.data).join() };
    };
    const again = await Promise.all(accounted.told.map(askAgain));
    expect(again.filter(({ word }) => word !== 'RETRY_LATER')).toEqual([]);
    const others = await Promise.all(accounted.others.map(askAgain));
    expect(others.filter(({ tells }) => tells !== '')).toEqual([]);
    const names = new Set(again.map(({ name }) => name));
    process.stdout.write(`Without a trail: ${names.size} readings by ${again.length} roles not answered\n`);
    expect([...names]).toEqual(expect.arrayContaining(['auditTrail', 'breakGlassReviews', 'referrals']));
    // Who asks why hears what the person agreed to.
    expect(others.filter(({ name, word }) => name === 'explainAccess' && word !== 'RETRY_LATER')).toEqual([]);
  });

  it('reaches what it is about in every operation', () => {
    process.stdout.write(`Sweep: ${calls.length} operations: ${JSON.stringify(tally)}\n`);
    const never = calls.filter(({ name }) => !done.has(name)).map(({ name }) => name);
    expect(never).toEqual(calls.filter((one) => caseOf(one).neverDone).map(({ name }) => name));
  });
});
