import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '../../src/kernel/refusal';
import { Unavailable } from '../../src/platform/database/failures';
import { listenOnce } from '../../src/platform/database/listening';
import { sql } from '../../src/platform/database/statement';
import { withClient } from '../../src/platform/database/embedded/client';
import { asOwner, buildActor } from '../builders/agencies';
import { TestUnitOfWork } from '../setup/unit-of-work';

const sleep = sql('select pg_sleep($1)');
const one = sql<{ n: number }>('select 1 as n');

describe('connections that are cut', () => {
  let db: TestUnitOfWork;
  beforeAll(async () => {
    db = await TestUnitOfWork.open(5);
  });
  afterAll(() => db.close());

  /** What the death of one backend does to all of them. */
  const cutAll = () =>
    withClient(db.database.ownerUrl, (client) =>
      client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      ),
    );

  const sleeping = async (): Promise<number> => {
    const [row] = await asOwner<{ n: number }>(
      db.database,
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
    );
    return row?.n ?? 0;
  };

  it('fail what they carried with a retryable answer, and leave process and pool alive', async () => {
    const officer = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
    const reader = db.unitOfWork.reader(officer);
    await Promise.all(Array.from({ length: 5 }, () => reader.query(one)));
    let [begun, goOn] = [() => {}, () => {}];
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const isCut = new Promise<void>((resolve) => (goOn = resolve));
    const waiting = Array.from({ length: 3 }, () => reader.query(sleep, [60]).catch((error: unknown) => error));
    const held = db.unitOfWork
      .run(officer, { name: 'hold', key: 'a-key-of-its-own' }, async (tx) => {
        await tx.query(one);
        begun();
        await isCut; // nothing under way on the wire when it is cut
        await tx.query(one);
        tx.audit({ action: 'held', subjectType: 'Test', subjectId: officer.id });
        return { id: officer.id };
      })
      .catch((error: unknown) => error);
    await hasBegun;
    while ((await sleeping()) < waiting.length) await pause(20);
    await cutAll();
    await pause(50);
    goOn();
    for (const failed of await Promise.all([...waiting, held])) expect(failed).toBeInstanceOf(Unavailable);
    for (let i = 0; i < 10; i++) expect(await reader.query(one)).toEqual([{ n: 1 }]);
    const after = await db.unitOfWork.run(officer, { name: 'after' }, (tx) => {
      tx.audit({ action: 'done', subjectType: 'Test', subjectId: officer.id });
      return Promise.resolve({ id: officer.id });
    });
    expect(isRefusal(after)).toBe(false);
  });

  it('and say nothing are not waited for when whoever listens on one stops', async () => {
    const { hostname, port } = new URL(db.database.ownerUrl);
    const lines: Socket[] = [];
    const proxy = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect(Number(port), hostname);
      lines.push(near, far);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (data) => to.write(data)).on('error', () => undefined);
      }
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const url = new URL(db.database.ownerUrl);
    url.port = String((proxy.address() as AddressInfo).port);
    const stop = new AbortController();
    const onListening = () => {
      for (const line of lines) line.removeAllListeners('data').pause();
      stop.abort();
      return Promise.resolve();
    };
    await listenOnce(
      { url: url.href, name: 'test', channel: 'nobody', onNews: () => undefined, onListening },
      stop.signal,
    );
    for (const line of lines) line.destroy();
    proxy.close();
  });

  it('of a process that is stopping answer as those that are away do, whatever is asked of it', async () => {
    const actor = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
    const stopping = await db.beside(null);
    const { unitOfWork } = stopping;
    const early = [unitOfWork.reader(actor), unitOfWork.operation(actor)];
    await stopping.leave();
    const asked = [
      ...[...early, unitOfWork.reader(actor), unitOfWork.operation(actor)].map((reader) => reader.query(one)),
      unitOfWork.run(actor, { name: 'late' }, () => Promise.resolve({ id: actor.id })),
      unitOfWork.note(actor, { kind: 'READ' }, []),
      unitOfWork.signIn('issuer', 'subject', actor.agencyId, 'OFFICER'),
    ];
    for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
      expect(reason).toBeInstanceOf(Unavailable);
    }
  });
});
