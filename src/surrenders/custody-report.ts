import { DateTime } from 'luxon';
import type { CustodyAlertRow } from './custody-alerts.store';
import { custodyStates } from './custody.machine';
import { alertFindings, alertKinds, custodySteps, labFindings, shifts } from './engine/vocabulary';
import type { CustodyEventRow, SurrenderRow } from './surrenders.store';

/** One thing under a heading: what it is called, and what is said of it, line by line. */
export interface ReportEntry {
  readonly head: string;
  readonly body: readonly string[];
}
export interface ReportPart {
  readonly title: string;
  readonly text: readonly string[];
  readonly entries: readonly ReportEntry[];
}
export interface CustodyReportDocument {
  readonly title: string;
  readonly madeAt: Date;
  readonly parts: readonly ReportPart[];
}

export interface Reported {
  readonly agency: string;
  readonly madeBy: string;
  readonly madeAt: Date;
  /** IANA name of the place’s time zone. */
  readonly zone: string;
  readonly surrender: SurrenderRow;
  readonly events: readonly CustodyEventRow[];
  readonly alerts: readonly CustodyAlertRow[];
}

const at = (moment: Date, zone: string): string => {
  const utc = moment.toISOString().replace('.000Z', 'Z');
  return `${DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-LL-dd HH:mm:ss ZZZZ')} (${utc})`;
};
const grams = (weight: number): string => `${String(weight)} g`;
/** Lines of what is there to say. */
const said = (...lines: readonly (string | null)[]): string[] => lines.filter((line) => line !== null);
const told = (label: string, value: string | null): string | null => (value === null ? null : `${label}: ${value}`);

const stepOf = (event: CustodyEventRow, zone: string): ReportEntry => {
  const { position, command, state, byName, otherName, place, sealNumber, sealedGrossWeightGrams: weight } = event;
  const found = event.findings?.map((one) => labFindings[one]).join(', ') ?? null;
  return {
    head: `${String(position)}. ${custodySteps[command]}`,
    body: said(
      at(event.at, zone),
      `By: ${byName}`,
      told('At the laboratory', otherName),
      `Where: ${place}`,
      told('Seal as found', sealNumber),
      told('Sealed gross weight as found', weight === null ? null : grams(weight)),
      told('Found by the laboratory', found),
      told(command === 'witnessDestruction' ? 'How' : 'Number of the laboratory', event.reference),
      `Then: ${custodyStates[state]}`,
    ),
  };
};

const alertOf = (alert: CustodyAlertRow, zone: string): ReportEntry => ({
  head: `Step ${String(alert.position)}: ${alertKinds[alert.kind]}`,
  body: said(
    `Raised: ${at(alert.raisedAt, zone)}`,
    `To be answered by: ${at(alert.dueAt, zone)}`,
    alert.finding === null ? 'Not answered' : `Answer: ${alertFindings[alert.finding]}`,
    told('Answered', alert.answeredAt && at(alert.answeredAt, zone)),
  ),
});

/** All that the property room knows of one bag, in the order of time. No person, no referral: there is no way to one. */
export const custodyReportOf = ({ agency, madeBy, madeAt, zone, ...known }: Reported): CustodyReportDocument => {
  const { surrender, events, alerts } = known;
  const { propertyNumber, receivedOn, shift, description, sealNumber, sealedGrossWeightGrams, place, state } =
    surrender;
  return {
    title: `Chain of custody, property number ${propertyNumber}`,
    madeAt,
    parts: [
      {
        title: 'What was handed in',
        text: said(
          agency,
          `Property number: ${propertyNumber}`,
          `Received: ${receivedOn}, ${shifts[shift].toLowerCase()}`,
          `Description: ${description}`,
          `Seal on record: ${sealNumber}`,
          `Sealed gross weight on record: ${grams(sealedGrossWeightGrams)}`,
          told('Laboratory', surrender.laboratory),
          `Last known place: ${place}`,
          `State: ${custodyStates[state]}`,
          `Promise that was shown before: ${surrender.promiseVersion}`,
        ),
        entries: [],
      },
      { title: 'From hand to hand', text: [], entries: events.map((event) => stepOf(event, zone)) },
      {
        title: 'What had to be looked into',
        text: alerts.length === 0 ? ['Nothing.'] : [],
        entries: alerts.map((alert) => alertOf(alert, zone)),
      },
      {
        title: 'About this report',
        text: [
          `Made by ${madeBy}, ${at(madeAt, zone)}, from entries that are never changed.`,
          'It names no person who handed anything in, and nothing in it leads to one.',
        ],
        entries: [],
      },
    ],
  };
};
