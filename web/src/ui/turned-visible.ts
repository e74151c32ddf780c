/** Embeddings, overrides and isolates: they turn what stands around a text, too. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** The text, with a sign such as [U+202E] for each character that would turn what follows it. */
export function turnedVisible(text: string): string {
  return text.replace(
    TURNING,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`,
  );
}
