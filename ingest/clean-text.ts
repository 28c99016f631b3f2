/** `\n` line ends, no control characters but tabs, no broken surrogate pairs. Blanks stay as they are. */
export function cleanText(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = lines.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g, '');
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}
