import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { StaffService } from '../agencies';
import { SignedOut } from '../platform/database/failures';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { DeliveredEvent } from '../platform/outbox/subscribers';
import { newsForSender, ReferralsLoaders } from '../referrals';
import { NudgeAudience } from './nudge-audience';
import { mannerOf, nudgeKindNames, nudgeKinds, tellOf, type NudgeKind } from './nudge-kinds';
import { NudgesStore, type Candidate, type Concerned, type Image, type NewNudge, type Sender } from './nudges.store';

/** Steps a sender takes themselves: they know. */
const OWN_STEPS: ReadonlySet<string> = new Set(['referral.cancelled', 'referral.sender-withdrew']);
/** Older ones of which nothing is remembered were perhaps seen as they are: there the memory begins in silence. */
const YOUNG_MS = 60_000;

const codeOf = (news: string | null): Buffer =>
  createHash('sha256')
    .update(news ?? 'on its way')
    .digest();

/** What a sender was seen to know now, and whether that it is news is worth a nudge. */
interface Glance extends Image {
  readonly nudge: NewNudge | null;
  readonly isYoung: boolean;
}

/** From events to nudges: written down only for people who may know, so that no list, no delay and no count tells more. */
@Injectable()
export class NudgeHearingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: NudgesStore,
    private readonly staff: StaffService,
    private readonly audience: NudgeAudience,
    private readonly referrals: ReferralsLoaders,
  ) {}

  async hear(event: DeliveredEvent): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const nudges: NewNudge[] = [];
    let glance: Glance | null = null;
    for (const kind of nudgeKindNames) {
      const recordId = nudgeKinds[kind].about(event);
      if (recordId === null) continue;
      if (kind === 'REFERRAL_MOVED') {
        glance = await this.#glance(event, await this.store.senderOf(reader, recordId), recordId);
        continue;
      }
      const concerned = await this.store.concerned(reader, kind, recordId, tellOf(event));
      nudges.push(...(await this.#nudgesOf(reader, { kind, event, concerned })));
    }
    if (nudges.length > 0 || glance) await this.#write(event, nudges, glance);
  }

  /** Whoever of the agencies concerned can be reached and has something to do. People of one agency and role see the same, but for what is personal. */
  async #nudgesOf(reader: Reader, { kind, event, concerned }: Heard): Promise<NewNudge[]> {
    if (concerned.length === 0) return [];
    const people = await this.store.reachable(
      reader,
      concerned.map(({ agencyId }) => agencyId),
    );
    const found: NewNudge[] = [];
    const verdicts = new Map<string, boolean>();
    for (const { agencyId, subjectId } of concerned) {
      for (const person of people.filter((one) => one.agencyId === agencyId)) {
        const key = `${subjectId} ${agencyId} ${nudgeKinds[kind].isPersonal ? person.accountId : person.role}`;
        const isTheirs = verdicts.get(key) ?? (await this.#waitsFor(person, kind, subjectId));
        verdicts.set(key, isTheirs);
        if (isTheirs) found.push(nudgeOf(person, { kind, subjectId, ...mannerOf(kind, event) }));
      }
    }
    return found;
  }

  async #waitsFor(person: Candidate, kind: NudgeKind, subjectId: string): Promise<boolean> {
    const actor = await this.#actorOf(person);
    return actor !== null && this.audience.waitsFor(actor, kind, subjectId);
  }

  #actorOf({ agencyId, membershipId }: Candidate): Promise<Actor | null> {
    return this.staff.actor(this.unitOfWork.reader(systemActor(agencyId)), membershipId);
  }

  /**
   * The one-way valve for nudges: what the sender could see by looking, remembered for every sender from the submission on. Only
   * where it has changed is there anything to be told of, whatever the event was.
   */
  async #glance(event: DeliveredEvent, roles: readonly Sender[], subjectId: string): Promise<Glance | null> {
    for (const sender of roles) {
      const news = await this.#newsOf(sender, subjectId);
      if (news === undefined) continue;
      const { agencyId, accountId, seenAt, remembered } = sender;
      const image = codeOf(news.now);
      // Most steps change nothing that the sender sees.
      if (remembered && news.alike.some((one) => remembered.equals(codeOf(one)))) return null;
      const isOwn = event.agencyId === agencyId && OWN_STEPS.has(event.name);
      const mayBeTold = sender.isReachable && news.now !== null && !isOwn;
      const nudge = mayBeTold ? nudgeOf(sender, { kind: 'REFERRAL_MOVED', subjectId, isUrgent: false }) : null;
      const isYoung = seenAt.getTime() - sender.submittedAt.getTime() < YOUNG_MS;
      return { accountId, subjectId, image, seenAt, nudge, isYoung };
    }
    return null;
  }

  /** Undefined: they see nothing of it, in this role or not any more. */
  async #newsOf(sender: Sender, referralId: string): Promise<ReturnType<typeof newsForSender> | undefined> {
    const { accountId: id, membershipId, agencyId, agencyKind, role } = sender;
    const actor: Actor = { kind: 'STAFF', id, membershipId, agencyId, agencyKind, role, scopes: null };
    try {
      const row = await this.referrals.referral.readBack(this.unitOfWork.reader(actor), referralId);
      return row ? newsForSender(actor, row) : undefined;
    } catch (error) {
      if (error instanceof SignedOut) return undefined;
      throw error;
    }
  }

  async #write({ id, agencyId }: DeliveredEvent, nudges: NewNudge[], glance: Glance | null): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, { name: 'hearNudges', isHousekeeping: true }, async (tx) => {
      const before = glance ? await this.store.remember(tx, glance) : undefined;
      const found = glance?.nudge && isNews(glance, before) ? [...nudges, glance.nudge] : nudges;
      if (found.length > 0) this.store.add(tx, id, found);
      return { id };
    });
  }
}

/** `before`: what was remembered; undefined: somebody has looked since. */
const isNews = ({ image, isYoung }: Glance, before: Buffer | null | undefined): boolean => {
  if (before === undefined) return false;
  return before === null ? isYoung : !before.equals(image);
};

interface Heard {
  readonly kind: NudgeKind;
  readonly event: DeliveredEvent;
  readonly concerned: readonly Concerned[];
}

const nudgeOf = (
  { agencyId, accountId, membershipId }: Candidate,
  what: Omit<NewNudge, 'agencyId' | 'accountId' | 'membershipId'>,
): NewNudge => ({ agencyId, accountId, membershipId, ...what });
