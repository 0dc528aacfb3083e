const GLYPH = 0.58; // the width of a mean letter of the fonts of pictures, of its size

/** The size in pixels, at most `most`, at which a line of text fits the given width. */
export function fitting(text: string, most: number, width: number): number {
  return Math.min(most, Math.floor((10 * width) / (text.length * GLYPH)) / 10);
}
