/**
 * Loaded before a program (`node --require`): its parent may move the program’s clock, as a machine’s does that was set wrong.
 * Timers keep their pace, as they do on such a machine.
 */
let skewMs = 0;
const TrueDate = Date;

class SkewedDate extends TrueDate {
  constructor(...args: unknown[]) {
    super(...((args.length === 0 ? [TrueDate.now() + skewMs] : args) as [number]));
  }

  static override now(): number {
    return TrueDate.now() + skewMs;
  }
}
globalThis.Date = SkewedDate as DateConstructor;

process.on('message', (message: { readonly skewMs?: number }) => {
  skewMs = message.skewMs ?? 0;
});
// Whoever is orphaned ends: a harness that was killed leaves nothing running.
process.on('disconnect', () => process.exit(0));
