import PDFDocument from 'pdfkit';
import type { Item, PacketDocument, Section } from './packet-document';
import { fontOf, registerFonts, writeText, type Pdf, type Written } from '../../platform/pdf';

const REGULAR = fontOf('latin', 'regular');
const BOLD = fontOf('latin', 'bold');

/** Points. A card is a quarter of a letter page. */
const LETTER: [number, number] = [612, 792];
const CARD: [number, number] = [396, 306];
const sizes = {
  letter: { page: LETTER, margin: 54, title: 34, line: 18, heading: 18, body: 12.5, lead: 120 },
  card: { page: CARD, margin: 30, title: 20, line: 12, heading: 13, body: 10.5, lead: 18 },
} as const;
type Sizes = (typeof sizes)[keyof typeof sizes];

const INK = '#1a1a1a';
const ACCENT = '#1f4e79';
const INDENT = 16;
/** Below the title of a section and its first text, in lines. */
const GAP = { title: 0.25, text: 0.4 } as const;

type Element = PDFKit.PDFStructureElement;

/** Where something is written: on the page, and in the structure. */
interface Place {
  readonly pdf: Pdf;
  readonly parent: Element;
}

/** A heading or paragraph as its own element of the structure: what a screen reader steps through. */
const say = ({ pdf, parent }: Place, role: string, text: string, said: Written = {}): void => {
  const element = pdf.struct(role, {}, () => writeText(pdf, text, said));
  parent.add(element);
  element.end();
};

/** What lies under a heading or an item stays with it. */
const keepTogether = (pdf: Pdf, height: number): void => {
  if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
};

const heightOf = (pdf: Pdf, texts: readonly string[]): number => {
  const width = pdf.page.width - pdf.page.margins.left - pdf.page.margins.right - INDENT;
  return texts.reduce((height, text) => height + pdf.heightOfString(text, { width }), 0);
};

const outside = (pdf: Pdf, parent: Element, { title, text }: Section, size: Sizes): void => {
  const lines = text.slice(0, -3);
  const [call = '', phone = '', name = ''] = text.slice(-3);
  pdf.y = size.margin + size.lead;
  pdf.font(BOLD).fontSize(size.title).fillColor(ACCENT);
  say({ pdf, parent }, 'H1', title, { align: 'center', weight: 'bold' });
  pdf.moveDown(0.6).font(REGULAR).fontSize(size.line).fillColor(INK);
  for (const line of lines) {
    say({ pdf, parent }, 'P', line, { align: 'center' });
    pdf.moveDown(0.4);
  }
  pdf.moveDown(0.6);
  say({ pdf, parent }, 'P', call, { align: 'center' });
  pdf.font(BOLD).fontSize(size.title * 0.9);
  say({ pdf, parent }, 'P', phone, { align: 'center', weight: 'bold' });
  pdf.font(REGULAR).fontSize(size.line);
  say({ pdf, parent }, 'P', name, { align: 'center' });
};

const item = (pdf: Pdf, list: Element, { head, body }: Item, label: string): void => {
  const entry = pdf.struct('LI');
  list.add(entry);
  const x = pdf.page.margins.left;
  const width = pdf.page.width - x - pdf.page.margins.right - INDENT;
  pdf.font(REGULAR);
  keepTogether(pdf, heightOf(pdf, [head, ...body]));
  // A new page begins in black.
  pdf.fillColor(INK);
  const top = pdf.y;
  say({ pdf, parent: entry }, 'Lbl', label, { width: INDENT, lineBreak: false });
  const said = pdf.struct('LBody');
  entry.add(said);
  pdf.y = top;
  pdf.x = x + INDENT;
  say({ pdf, parent: said }, 'P', head, { width, weight: body.length > 0 ? 'bold' : 'regular' });
  for (const line of body) say({ pdf, parent: said }, 'P', line, { width });
  said.end();
  entry.end();
  pdf.x = x;
  pdf.moveDown(0.35);
};

const section = (pdf: Pdf, parent: Element, content: Section, size: Sizes): void => {
  const { title, text, items, isNumbered } = content;
  const group = pdf.struct('Sect');
  parent.add(group);
  pdf.x = pdf.page.margins.left;
  const [first] = items;
  const firstLines = first ? [first.head, ...first.body] : [];
  pdf.font(REGULAR).fontSize(size.body);
  const below = heightOf(pdf, [...text, ...firstLines]) + pdf.currentLineHeight(true) * GAP.text;
  pdf.font(BOLD).fontSize(size.heading);
  keepTogether(pdf, heightOf(pdf, [title]) + pdf.currentLineHeight(true) * GAP.title + below);
  pdf.fillColor(ACCENT);
  say({ pdf, parent: group }, 'H2', title, { weight: 'bold' });
  pdf.moveDown(GAP.title).fillColor(INK).font(REGULAR).fontSize(size.body);
  const [before, ...after] = text;
  if (before !== undefined) say({ pdf, parent: group }, 'P', before);
  pdf.moveDown(GAP.text);
  if (items.length > 0) {
    const list = pdf.struct('L');
    group.add(list);
    items.forEach((one, index) => item(pdf, list, one, isNumbered ? `${index + 1}.` : '•'));
    list.end();
  }
  for (const line of after) say({ pdf, parent: group }, 'P', line);
  group.end();
  pdf.moveDown(0.9);
};

const drawn = (pdf: Pdf, { sections, isCard }: PacketDocument): void => {
  const size = isCard ? sizes.card : sizes.letter;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  for (const content of sections) {
    if (content.part !== 'OUTSIDE') section(pdf, root, content, size);
    else {
      outside(pdf, root, content, size);
      if (sections.length > 1) pdf.addPage();
    }
  }
  root.end();
};

/** A tagged PDF (PDF/UA): real text in reading order with its language, so that it can be read aloud, searched and enlarged. */
export const packetPdf = (document: PacketDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { page, margin } = document.isCard ? sizes.card : sizes.letter;
    const pdf = new PDFDocument({
      size: page,
      margin,
      // None of pdfkit’s own, which is not embedded.
      font: '',
      pdfVersion: '1.7',
      // PDF/UA-1: what screen readers rely on. The published types lag behind.
      subset: 'PDF/UA' as 'PDF/A-1a',
      tagged: true,
      lang: document.locale,
      displayTitle: true,
      info: { Title: document.title, CreationDate: document.madeAt, ModDate: document.madeAt },
    });
    registerFonts(pdf).font(REGULAR);
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    drawn(pdf, document);
    pdf.end();
  });
