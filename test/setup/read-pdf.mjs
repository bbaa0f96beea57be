/**
 * `node test/setup/read-pdf.mjs <file> …`: what a reader of PDF takes from each, as one JSON list. A process of its own: the
 * package ships ES modules only.
 */
import { readFileSync } from 'node:fs';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

const rolesOf = (node) => [node.role, ...(node.children ?? []).filter((child) => child.role).flatMap(rolesOf)];

/** Text outside of any marked content is not read aloud. */
const textOf = (items) => {
  let depth = 0;
  const [told, untold] = [[], []];
  for (const item of items) {
    if (item.type?.startsWith('beginMarkedContent')) depth += 1;
    else if (item.type === 'endMarkedContent') depth -= 1;
    else (depth > 0 ? told : untold).push(item.str);
  }
  return { text: told.join(' '), untold: untold.join('').trim() };
};

const read = async (file) => {
  const data = new Uint8Array(readFileSync(file));
  const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false }).promise;
  const { info } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  const preferences = await pdf.getViewerPreferences();
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const tree = await page.getStructTree();
    pages.push({ ...textOf(items), roles: tree ? rolesOf(tree) : [] });
  }
  return {
    title: info.Title,
    language: info.Language,
    isTagged: marks?.Marked === true,
    showsTitle: preferences?.DisplayDocTitle === true,
    pages,
  };
};

const found = [];
for (const file of process.argv.slice(2)) found.push(await read(file));
console.log(JSON.stringify(found));
