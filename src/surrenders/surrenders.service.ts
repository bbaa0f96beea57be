import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { AgenciesService } from '../agencies';
import { inAnnex } from '../platform/database/annex';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { badInput, keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { NoArrestPromises, type ShownPromise } from './no-arrest-promises';
import { SurrendersStore, type SurrenderRow } from './surrenders.store';

/** What is read of the property room, always in the annex. */
@Injectable()
export class SurrendersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SurrendersStore,
    private readonly agencies: AgenciesService,
    private readonly promises: NoArrestPromises,
  ) {}

  async page(actor: Actor, args: ConnectionArgs): Promise<Connection<SurrenderRow>> {
    const rows = await this.store.page(this.unitOfWork.reader(inAnnex(actor)), keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, openedAt }) => ({ id, createdAt: openedAt.toISOString() }));
  }

  /** Whether the token is the one this surrender was opened with. Null: no such surrender. */
  async isSlip(actor: Actor, surrenderId: string, slip: string): Promise<boolean | null> {
    const kept = await this.store.slipOf(this.unitOfWork.reader(inAnnex(actor)), surrenderId);
    if (kept === null) return null;
    const [one, other] = [kept, slip.toLowerCase()].map((text) => createHash('sha256').update(text).digest());
    return timingSafeEqual(one as Buffer, other as Buffer);
  }

  /** The promise that the asking agency makes. Throws BAD_USER_INPUT for a language without a text. */
  async promise(reader: Reader, language: string): Promise<ShownPromise> {
    const agency = await this.agencies.agencyFacts(reader, reader.actor.agencyId);
    if (!agency) throw new Error('a member of no agency');
    const text = this.promises.current(agency, language);
    if (text) return text;
    const languages = this.promises.languagesOf(agency).join(', ');
    throw badInput('There is no text in this language.', 'language', `Send one of: ${languages}.`);
  }
}
