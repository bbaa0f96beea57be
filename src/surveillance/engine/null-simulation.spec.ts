import { nextAlert, type OpenAlert } from './alert-state';
import { Thresholds } from './calibration';
import { diceFrom } from './dice';
import { judgePlace, type Judge } from './judge';
import { quietTimes, START, type MadeUp } from './made-up-place.fixture';
import { PlaceHistory } from './place-history';
import { defaultSpikePolicy } from './policy';
import { DAY_MS, HOUR_MS } from './timeline';

const judge: Judge = { policy: defaultSpikePolicy, thresholds: new Thresholds(defaultSpikePolicy) };
/** The budget is kept in the mean of many places: `HANDRAIL_THOROUGH=1` plays as many as that takes. */
const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';
const PLACES = isThorough ? 40 : 2;
const YEARS = isThorough ? 4 : 2;
const MOST = isThorough ? 1.3 : 2;
const BUDGET = defaultSpikePolicy.falseAlarmsPerYear;

/** Alerts of a place in which nothing happens, every insert judged with what was known, open alerts looked at every hour. */
const alertsOf = (times: readonly number[]): number => {
  const history = new PlaceHistory('39061');
  let alert: OpenAlert | null = null;
  let alerts = 0;
  const look = (asOf: number): void => {
    const { isSpike, isQuiet } = judgePlace(history, { asOf, pooled: null }, judge);
    const step = nextAlert(alert, { asOf, isSpike, isQuiet }, defaultSpikePolicy.quietHours);
    if (step.change === 'OPENED') alerts += 1;
    alert = step.alert;
  };
  for (const [index, occurredAt] of times.entries()) {
    for (let hour = (times[index - 1] ?? occurredAt) + HOUR_MS; alert !== null && hour < occurredAt; hour += HOUR_MS) {
      look(hour);
    }
    history.add({ occurredAt });
    look(occurredAt);
  }
  return alerts;
};

const season = (day: number): number => 1 + 0.2 * Math.sin((2 * Math.PI * day) / 365);
const weekend = (day: number): number => ([5, 6].includes(new Date(START + day * DAY_MS).getUTCDay()) ? 1.4 : 0.84);

const quiet: Readonly<Record<string, Omit<MadeUp, 'days'>>> = {
  'even, five a day': { rate: () => 5 },
  'even, one every other day': { rate: () => 0.5 },
  'even, ten a day': { rate: () => 10 },
  overdispersed: { rate: () => 5, dispersion: 0.15 },
  'uneven, one every other day': { rate: () => 0.5, dispersion: 2 },
  'uneven, one a day': { rate: () => 1, dispersion: 2 },
  'with nights, weekends and seasons': {
    rate: (day) => 5 * season(day) * weekend(day),
    hour: (hour) => (hour >= 14 && hour < 22 ? 1.7 : 0.65),
  },
  'doubling in a year': { rate: (day) => 2 * 2 ** (day / 365) },
};

describe('in years in which nothing happens', () => {
  it.each(Object.entries(quiet))('a place that is %s raises about as many alerts as the budget allows', (_, law) => {
    let alerts = 0;
    for (let place = 0; place < PLACES; place += 1) {
      alerts += alertsOf(quietTimes({ days: YEARS * 365, ...law }, diceFrom(900 + place)));
    }
    const perYear = alerts / (PLACES * YEARS);
    expect(perYear).toBeLessThan(MOST * BUDGET);
    expect(perYear).toBeGreaterThan(BUDGET / 6);
  });

  it('a place with a few events a year stays below the budget', () => {
    let alerts = 0;
    for (let place = 0; place < 5; place += 1) {
      alerts += alertsOf(quietTimes({ days: 10 * 365, rate: () => 0.03 }, diceFrom(place)));
    }
    expect(alerts / 50).toBeLessThan(0.1);
  });
});
