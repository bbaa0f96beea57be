import type { Actor } from '../../src/access';
import { NaloxoneService } from '../../src/responders/naloxone.service';
import type { ReceiveNaloxoneInput } from '../../src/responders/naloxone.inputs';
import type { ReportExposureInput } from '../../src/responders/exposure.inputs';
import type { TestApp } from '../setup/app';
import { done } from './referrals';

/** White powder on the skin a minute ago, and nothing noticed. */
export const anExposure = (traits: Partial<ReportExposureInput> = {}): ReportExposureInput => ({
  exposed: 'RESPONDER',
  occurredAt: new Date(Date.now() - 60_000),
  substances: ['UNKNOWN_POWDER'],
  routes: ['SKIN'],
  symptoms: [],
  protection: ['GLOVES'],
  naloxoneDoses: 0,
  wentToHospital: false,
  ...traits,
});

let lots = 0;

/** Doses in the stock of the keeper’s agency, good for years; the id of their lot. */
export const buildLot = async (
  app: TestApp,
  keeper: Actor,
  traits: Partial<ReceiveNaloxoneInput> = {},
): Promise<string> => {
  const lotNumber = `L-${String((lots += 1))}`;
  const box = { product: 'NASAL_4_MG', lotNumber, expiresOn: '2034-12-31', doses: 2, ...traits } as const;
  done(await app.app.get(NaloxoneService).receive(keeper, box, { name: 'receiveNaloxone' }));
  const [lot] = await app.owner<{ id: string }>(
    'select id from naloxone_lot where agency_id = $1 and lot_number = $2 and expires_on = $3::date',
    [keeper.agencyId, box.lotNumber, box.expiresOn],
  );
  return lot?.id ?? '';
};
