import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { ClocksService } from '../clocks';
import { notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import type { BreakGlassReviewsArgs, ReviewBreakGlassInput } from './break-glass.inputs';
import { BreakGlassReviewsStore, type BreakGlassReviewRow } from './break-glass-reviews.store';
import { mayFind } from './engine/emergency';
import { BREAK_GLASS_REVIEWED } from './oversight.events';

/** What privacy officers have to look at, and what they found. */
@Injectable()
export class BreakGlassReviewsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BreakGlassReviewsStore,
    private readonly clocks: ClocksService,
  ) {}

  async page(reader: Reader, args: BreakGlassReviewsArgs): Promise<Connection<BreakGlassReviewRow>> {
    const rows = await this.store.page(reader, args.state ?? null, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, dueAtText }) => ({ id, createdAt: dueAtText }));
  }

  review(actor: Actor, { reviewId, finding }: ReviewBreakGlassInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const review = await this.store.lock(tx, reviewId);
      if (!review) return notFound('review');
      if (!mayDo(actor, 'BreakGlassReview', 'review', review) || review.openedBy === actor.id) {
        return new Refusal('FORBIDDEN', 'A privacy officer reviews it, and nobody their own emergency.');
      }
      if (!mayFind(review.finding, finding)) {
        return new Refusal('ILLEGAL_TRANSITION', 'A finding is on file and stands.', { finding: review.finding });
      }
      this.store.find(tx, reviewId, finding);
      this.clocks.end(tx.asSystem(), ['BREAK_GLASS_REVIEWED'], [reviewId], 'MET');
      const { breakGlassId } = review;
      const details = { reviewId, finding };
      tx.audit({ action: BREAK_GLASS_REVIEWED, subjectType: 'BreakGlass', subjectId: breakGlassId, details });
      tx.emit({
        name: BREAK_GLASS_REVIEWED,
        subjectType: 'BreakGlass',
        subjectId: breakGlassId,
        payload: { reviewId },
      });
      return { id: reviewId };
    });
  }
}
