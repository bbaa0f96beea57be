// Taken out once: in some environments, Jest’s among them, looking up a global costs more than what it computes.
const { imul } = Math;

/** 32-bit FNV-1a, mixed once more: the same text, the same number, everywhere. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};
