import type { Actor } from '../../src/access';
import { OverdoseIntakeService } from '../../src/overdoses';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import type { TestApp } from '../setup/app';
import { done } from './referrals';

/** Chillicothe, Ross County, Ohio. */
export const CHILLICOTHE = { latitude: 39.3331, longitude: -82.9824 } as const;

/** An overdose survived with naloxone an hour ago, of nobody in particular. */
export const anOverdose = (traits: Partial<ReportOverdoseInput> = {}): ReportOverdoseInput => ({
  occurredAt: new Date(Date.now() - 3_600_000),
  where: { countyFips: '39141' },
  isFatal: false,
  isNaloxoneGiven: true,
  ...traits,
});

/** The id of a report that this actor made. */
export const buildOverdoseReport = async (
  app: TestApp,
  reporter: Actor,
  traits: Partial<ReportOverdoseInput> = {},
): Promise<string> =>
  done(await app.app.get(OverdoseIntakeService).report(reporter, anOverdose(traits), { name: 'reportOverdose' }));

export interface EventBehind {
  readonly id: string;
  readonly reports: string[];
  readonly doses: number | null;
  readonly isFatal: boolean;
}

/** The events that stand, each with its reports, as nobody but Handrail sees them. */
export const eventsBehind = (app: TestApp): Promise<EventBehind[]> =>
  app.owner<EventBehind>(
    `select e.id, e.doses, e.is_fatal as "isFatal", array_agg(m.report_id::text order by m.report_id) as reports
     from overdose_event e join overdose_event_report m on m.event_id = e.id and m.until_at is null
     where e.ended_at is null group by e.id order by min(m.report_id::text)`,
  );
