import { nextAlert, type AlertSignal, type OpenAlert } from './alert-state';
import { HOUR_MS } from './timeline';

const QUIET_HOURS = 24;
const at = (hour: number, isSpike: boolean, isQuiet = false): AlertSignal => ({
  asOf: hour * HOUR_MS,
  isSpike,
  isQuiet,
});

const play = (...signals: readonly AlertSignal[]): readonly string[] => {
  let alert: OpenAlert | null = null;
  return signals.map((signal) => {
    const step = nextAlert(alert, signal, QUIET_HOURS);
    alert = step.alert;
    return step.change;
  });
};

describe('an alert', () => {
  it('opens with the first spike, is updated by the next, and closes after a quiet day', () => {
    const changes = play(
      at(0, true),
      at(1, true),
      at(2, false),
      at(3, false, true),
      at(26, false, true),
      at(27, false, true),
    );
    expect(changes).toEqual(['OPENED', 'UPDATED', 'NONE', 'NONE', 'NONE', 'CLOSED']);
  });

  it('does not close and open again while counts flicker', () => {
    const changes = play(
      at(0, true),
      at(1, false, true),
      at(20, false),
      at(21, false, true),
      at(44, false, true),
      at(45, true),
    );
    expect(changes).toEqual(['OPENED', 'NONE', 'NONE', 'NONE', 'NONE', 'UPDATED']);
  });

  it('closes although a longer window still remembers the burst', () => {
    expect(play(at(0, true), at(24, true, true), at(48, true, true))).toEqual(['OPENED', 'NONE', 'CLOSED']);
  });

  it('stays open while reports of a burst that is over still come in', () => {
    const late: AlertSignal = { ...at(24, true, true), isLate: true };
    expect(
      play(at(0, true), late, at(47, false, true), { ...at(48, false, true), isLate: true }, at(71, false, true)),
    ).toEqual(['OPENED', 'UPDATED', 'NONE', 'NONE', 'CLOSED']);
  });

  it('ends at once when nothing that raised it is left, and is none where none is open', () => {
    expect(play(at(0, true), { ...at(1, false, true), isBaseless: true })).toEqual(['OPENED', 'WITHDRAWN']);
    expect(play({ ...at(1, false, true), isBaseless: true })).toEqual(['NONE']);
  });

  it('does not open by what a human has dismissed, and goes on by it where it is open', () => {
    const held: AlertSignal = { ...at(1, true), isHeld: true };
    expect(play(held, at(2, true), held)).toEqual(['HELD', 'OPENED', 'UPDATED']);
  });

  it('is not there while nothing happens', () => {
    expect(play(at(0, false, true), at(30, false))).toEqual(['NONE', 'NONE']);
  });

  it('remembers when it opened and when it last was a spike', () => {
    const opened = nextAlert(null, at(5, true), QUIET_HOURS).alert;
    expect(nextAlert(opened, at(9, true), QUIET_HOURS).alert).toEqual({
      openedAt: 5 * HOUR_MS,
      lastSpikeAt: 9 * HOUR_MS,
      quietSince: null,
    });
  });
});
