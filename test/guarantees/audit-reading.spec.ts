import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { Refusal } from '../../src/kernel/refusal';
import { asOwner, buildActor, buildStaff } from '../builders/agencies';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { untilSealable } from '../setup/audit-trail';

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly action: string;
  readonly subjectId: string | null;
}
interface Page {
  readonly nodes: Entry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Proof {
  readonly entry: Entry;
  readonly content: string;
  readonly leaf: string;
  readonly path: { readonly side: string; readonly hash: string }[];
  readonly root: string;
  readonly block: number;
  readonly blockHash: string;
}

const TRAIL = `query($subjectId: ID, $actorId: ID, $action: String, $kind: AuditKind, $from: DateTime, $to: DateTime, $first: Int, $after: String) {
  auditTrail(subjectId: $subjectId, actorId: $actorId, action: $action, kind: $kind, from: $from, to: $to, first: $first, after: $after) {
    nodes { id decisionId at kind action refusal actorKind actorId role subjectType subjectId details purpose requestId }
    pageInfo { hasNextPage endCursor } } }`;
const PROOF_FIELDS = 'entry { id kind action subjectId } content leaf path { side hash } root block blockHash sealedAt';
const PROOF = `query($id: ID!) { auditProof(entryId: $id) { ${PROOF_FIELDS} } }`;
const PROOFS = `query($id: ID!, $first: Int, $after: String) { auditProofs(referralId: $id, first: $first, after: $after) {
  nodes { ${PROOF_FIELDS} } pageInfo { hasNextPage endCursor } } }`;
const EXPORT = `query($first: Int, $after: String, $kind: AuditKind) { auditEvents(first: $first, after: $after, kind: $kind) {
  events pageInfo { hasNextPage endCursor } } }`;

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
/** RFC 6962 written once more, from the text of docs/audit-proofs.md. */
const rootFrom = ({ content, path }: Proof): string =>
  path
    .reduce(
      (at, { side, hash }) => {
        const beside = Buffer.from(hash, 'hex');
        return sha256(Buffer.of(1), ...(side === 'LEFT' ? [beside, at] : [at, beside]));
      },
      sha256(Buffer.of(0), Buffer.from(content, 'base64')),
    )
    .toString('hex');

describe('reading the audit trail', () => {
  let app: TestApp;
  let worker: Actor;
  let officer: Actor;
  let ask: Ask;
  const referralId = randomUUID();
  const offerId = randomUUID();

  const note = (actor: Actor, action: string, subjectId: string, details = {}) =>
    app.unitOfWork.run(actor, { name: 'note', requestId: 'r-1' }, (tx) => {
      tx.audit({ action, subjectType: action.startsWith('offer') ? 'Offer' : 'Referral', subjectId, details });
      return Promise.resolve({ id: subjectId });
    });
  const trail = async (variables: Record<string, unknown> = {}): Promise<Page> => {
    const { data, errors } = await ask<{ auditTrail: Page }>(TRAIL, variables);
    expect(errors).toEqual([]);
    return data!.auditTrail;
  };
  const actions = async (variables: Record<string, unknown>) =>
    (await trail(variables)).nodes.map(({ action }) => action);

  beforeAll(async () => {
    app = await openApp();
    worker = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    officer = await buildStaff(app.database, { id: worker.agencyId, kind: 'LAW_ENFORCEMENT' }, 'PRIVACY_OFFICER');
    ask = await app.as(officer);
    await note(worker, 'referral.submitted', referralId, { pathway: 'OVERDOSE' });
    await note(worker, 'offer.made', offerId, { referralId });
    await note(worker, 'referral.cancelled', randomUUID());
    await app.unitOfWork.run(worker, { name: 'cancelReferral', input: { referralId } }, () =>
      Promise.resolve(new Refusal('ILLEGAL_TRANSITION', 'Not now.')),
    );
    const stranger = await buildActor(app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
    await note(stranger, 'referral.acknowledged', referralId);
  });
  afterAll(() => app.close());

  it('shows a privacy officer the entries of the own agency, newest first', async () => {
    const { nodes } = await trail();
    expect(nodes.map(({ action }) => action)).toEqual([
      'cancelReferral',
      'referral.cancelled',
      'offer.made',
      'referral.submitted',
    ]);
    expect(nodes[3]).toMatchObject({
      kind: 'COMMAND',
      refusal: null,
      actorKind: 'STAFF',
      actorId: worker.id,
      role: 'OFFICER',
      subjectType: 'Referral',
      subjectId: referralId,
      details: { pathway: 'OVERDOSE' },
      requestId: 'r-1',
    });
    expect(nodes[0]).toMatchObject({ kind: 'REFUSAL', refusal: 'ILLEGAL_TRANSITION', subjectId: referralId });
  });

  it('narrows by record, actor, action, kind and time', async () => {
    expect(await actions({ subjectId: referralId })).toEqual(['cancelReferral', 'referral.submitted']);
    expect(await actions({ subjectId: referralId, kind: 'COMMAND' })).toEqual(['referral.submitted']);
    expect(await actions({ action: 'offer.made', actorId: worker.id })).toEqual(['offer.made']);
    // Whoever looks is on it, for nothing but that.
    expect(new Set(await actions({ actorId: officer.id }))).toEqual(new Set(['auditTrail']));
    expect(await actions({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await actions({ from: '2020-01-01T00:00:00Z', kind: 'REFUSAL' })).toEqual(['cancelReferral']);
    const { errors } = await ask(TRAIL, { action: "x' or 1=1" });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'action' });
  });

  it('gives every entry once, page by page', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const { nodes, pageInfo }: Page = await trail({ first: 1, after, actorId: worker.id });
      seen.push(...nodes.map(({ action }) => action));
      [after, hasMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(['cancelReferral', 'referral.cancelled', 'offer.made', 'referral.submitted']);
  });

  it('shows nothing to anybody else, and says that they asked', async () => {
    const admin = await buildStaff(app.database, { id: worker.agencyId, kind: 'LAW_ENFORCEMENT' }, 'AGENCY_ADMIN');
    for (const actor of [worker, admin]) {
      for (const query of [TRAIL, EXPORT, PROOF, PROOFS]) {
        const { errors, data, status } = await (await app.as(actor))(query, { id: randomUUID() });
        expect([status, errors[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN']);
        expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
      }
      expect(await actions({ actorId: actor.id, kind: 'REFUSAL', first: 4 })).toEqual(
        expect.arrayContaining(['auditTrail', 'auditEvents', 'auditProof', 'auditProofs']),
      );
    }
  });

  it('proves a sealed entry so that anybody can check it', async () => {
    const [entry] = (await trail({ action: 'offer.made' })).nodes;
    const proofOf = async (id: string, by = ask): Promise<Proof | null> =>
      (await by<{ auditProof: Proof | null }>(PROOF, { id })).data!.auditProof;
    expect(await proofOf(entry!.id)).toBeNull();
    await untilSealable(app.database);
    await app.runDue();
    const proof = (await proofOf(entry!.id))!;
    expect(proof.entry).toMatchObject({ id: entry!.id, action: 'offer.made', subjectId: offerId });
    expect(rootFrom(proof)).toBe(proof.root);
    expect(rootFrom({ ...proof, content: Buffer.from('other').toString('base64') })).not.toBe(proof.root);
    expect(Buffer.from(proof.content, 'base64').toString('utf8')).toContain(offerId);
    const [block] = await asOwner<{ hash: string; root: string }>(
      app.database,
      `select encode(hash, 'hex') as hash, encode(root, 'hex') as root from audit_block where number = $1`,
      [proof.block],
    );
    expect(block).toEqual({ hash: proof.blockHash, root: proof.root });
    const strange = await buildActor(app.database, 'LAW_ENFORCEMENT', 'PRIVACY_OFFICER');
    expect(await proofOf(entry!.id, await app.as(strange))).toBeNull();
    expect(await proofOf(randomUUID())).toBeNull();
  });

  it('proves all that concerns a referral, in the order it went', async () => {
    await app.runDue();
    const page = async (after: string | null) => {
      const { data, errors } = await ask<{
        auditProofs: { nodes: Proof[]; pageInfo: Page['pageInfo'] };
      }>(PROOFS, { id: referralId, first: 2, after });
      expect(errors).toEqual([]);
      return data!.auditProofs;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    const proofs = [...first.nodes, ...second.nodes];
    expect(proofs.map(({ entry }) => entry.action)).toEqual(['referral.submitted', 'offer.made', 'cancelReferral']);
    expect(proofs.map(rootFrom)).toEqual(proofs.map(({ root }) => root));
  });

  it('leaves the house as FHIR, and that it did is on the trail first', async () => {
    const { data, errors } = await ask<{ auditEvents: { events: Record<string, unknown>[] } }>(EXPORT, {
      first: 100,
      kind: 'COMMAND',
    });
    expect(errors).toEqual([]);
    expect(data!.auditEvents.events).toHaveLength(3);
    expect(data!.auditEvents.events[2]).toMatchObject({
      resourceType: 'AuditEvent',
      outcome: '0',
      recorded: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      entity: [{ what: { identifier: { system: 'urn:handrail:Referral', value: referralId } } }],
    });
    const [taken] = (await trail({ actorId: officer.id, kind: 'READ', action: 'auditEvents' })).nodes;
    expect(taken).toMatchObject({
      subjectType: 'Agency',
      subjectId: worker.agencyId,
      details: { AuditExport: { classes: ['TRAIL'] } },
    });
  });

  it('shows the application’s role no block, and no entry of another agency', async () => {
    const stranger = await buildActor(app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
    const reader = app.unitOfWork.reader(stranger);
    for (const text of ['select 1 from audit_block', 'select 1 from audit_entry']) {
      expect(await reader.query({ name: text, text })).toEqual([]);
    }
    const [entry] = await asOwner<{ id: string }>(app.database, 'select id from audit_entry limit 1');
    const text = 'select 1 from app.audit_block_of($1)';
    expect(await reader.query({ name: text, text }, [entry!.id])).toEqual([]);
  });

  it('tells a partner system of no proof beyond its scopes, nor that there are any', async () => {
    const { agencyId: id, agencyKind: kind } = officer;
    const asSystem = async (scopes: string[]) => {
      const system = await buildStaff(app.database, { id, kind }, 'PRIVACY_OFFICER', {
        kind: 'SERVICE_ACCOUNT',
        scopes,
      });
      const asked = await (await app.as(system))<{ auditProofs: { nodes: Proof[] } }>(PROOFS, { id: referralId });
      return asked.data?.auditProofs.nodes ?? asked.errors[0]?.extensions['code'];
    };
    expect(await asSystem(['AuditEntry:read'])).toBe('FORBIDDEN');
    expect(await asSystem(['AuditEntry:read', 'AuditProof:read'])).toEqual(expect.any(Array));
  });
});
