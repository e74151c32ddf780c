/**
 * The dark squares of a QR code as one SVG path, in units of a square. Neighbours in a row become
 * one rectangle, so that no hairlines show between them.
 */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1]) return [];
        const light = row.indexOf(false, x);
        const width = (light === -1 ? row.length : light) - x;
        return [`M${x} ${y}h${width}v1h-${width}z`];
      }),
    )
    .join('');
}
