import { ExposuresService } from '../../src/responders/exposures.service';
import { RestockService } from '../../src/responders/restock.service';
import { done } from '../builders/referrals';
import { anExposure, buildLot } from '../builders/responders';
import type { Side } from './side';

const command = { name: 'arranged' };

/** An exposure in either open state, doses on both sides, and requests between them. */
export const carry = async ({ app, cast }: Side): Promise<void> => {
  const { OFFICER: officer, SAFETY_OFFICER: safety, COORDINATOR: supplier } = cast;
  const [exposures, restock] = [app.app.get(ExposuresService), app.app.get(RestockService)];
  await exposures.report(officer, anExposure(), command);
  const exposureId = done(await exposures.report(officer, anExposure(), command));
  done(await exposures.review(safety, exposureId, command));
  for (const keeper of [safety, supplier]) await buildLot(app, keeper, { doses: 50 });
  const asked = { supplierId: supplier.agencyId, doses: 2 };
  done(await restock.request(safety, asked, command));
  const requestId = done(await restock.request(safety, asked, command));
  done(await restock.send(supplier, { requestId, doses: 2 }, command));
};
