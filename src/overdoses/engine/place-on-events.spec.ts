import { placeOnEvents } from './place-on-events';

describe('placeOnEvents', () => {
  const of = (id: string, eventId: string | null) => ({ id, eventId });
  it('keeps the event of most reports, ends the other and says where it went', () => {
    const { eventOf, ended } = placeOnEvents(
      [[of('1', 'E'), of('2', 'F'), of('3', 'F')], [of('4', null)]],
      ['E', 'F', 'G'],
    );
    expect(eventOf).toEqual(['F', null]);
    expect([...ended]).toEqual([
      ['E', 0],
      ['G', null],
    ]);
  });
  it('keeps the elder of equals, and gives an event that parts to the larger part', () => {
    expect(placeOnEvents([[of('1', 'F'), of('2', 'E')]], ['E', 'F']).eventOf).toEqual(['E']);
    expect(placeOnEvents([[of('1', 'E')], [of('2', 'E'), of('3', 'E')]], ['E']).eventOf).toEqual([null, 'E']);
    expect(placeOnEvents([[of('1', 'E')], [of('2', 'E')]], ['E']).eventOf).toEqual(['E', null]);
  });
  it('says where most of an ended event went', () => {
    const groups = [
      [of('1', 'E'), of('2', 'F'), of('3', 'F'), of('8', 'F')],
      [of('4', 'E'), of('5', 'E'), of('6', 'G'), of('7', 'G'), of('9', 'G')],
    ];
    expect([...placeOnEvents(groups, ['E', 'F', 'G']).ended]).toEqual([['E', 1]]);
    const even = [
      [of('1', 'E'), of('2', 'F'), of('3', 'F')],
      [of('4', 'E'), of('6', 'G'), of('7', 'G')],
    ];
    expect([...placeOnEvents(even, ['E', 'F', 'G']).ended]).toEqual([['E', 0]]);
  });
});
