type Close = () => Promise<void> | void;
const open = new Set<Close>();

/** To be closed should the harness be interrupted; answers how to take that back once it is closed in order. */
export const closeIfInterrupted = (close: Close): (() => void) => {
  open.add(close);
  return () => void open.delete(close);
};

/** Whoever interrupts the harness leaves nothing running behind. */
export const closeAll = async (): Promise<void> => {
  await Promise.allSettled([...open].map(async (close) => close()));
};
