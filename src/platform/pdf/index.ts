export { byNumber, fontOf, type Pdf, printableText, registerFonts } from './fonts';
export { type Written, writeText } from './write-text';
