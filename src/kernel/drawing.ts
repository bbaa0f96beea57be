const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** Text as it stands in an SVG. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) as number};`);

/** A short name for this content (FNV-1a): two pictures in one page do not speak of each other’s parts. */
export const contentName = (content: unknown): string => {
  const text = JSON.stringify(content);
  let hash = OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return (hash >>> 0).toString(36);
};
