/** Gives a text to the person as a file that spreadsheets open. */
export function downloadCsv(name: string, text: string): void {
  // With a byte order mark spreadsheets take it for UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
