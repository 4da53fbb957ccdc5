// Colours of the schema made readable: the hue is kept, the lightness moves until the contrast
// with the background is that of WCAG AA (4.5).

/** @typedef {[number, number, number]} RGB each 0-255 */

const WANTED = 4.5;

/** @param {string} hex as "#rrggbb" @returns {RGB} */
export function parse(hex) {
  const value = /^#[0-9a-f]{6}$/iu.test(hex) ? parseInt(hex.slice(1), 16) : 0x777777;
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** @param {RGB} rgb @returns {string} */
export function format(rgb) {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** Return the relative luminance, 0-1. @param {RGB} rgb */
export function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Return the contrast of two colours, 1-21. @param {RGB} one @param {RGB} other */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** @param {RGB} rgb @param {RGB} towards @param {number} share 0-1 @returns {RGB} */
function mixed(rgb, towards, share) {
  const part = (/** @type {0 | 1 | 2} */ at) => rgb[at] + (towards[at] - rgb[at]) * share;
  return [part(0), part(1), part(2)];
}

/**
 * Return the colour, moved towards ink as little as makes it readable on the paper.
 * @param {string} hex
 * @param {string} paper the background
 * @returns {string}
 */
export function readable(hex, paper) {
  const background = parse(paper);
  /** @type {RGB} */
  const ink = luminance(background) > 0.4 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(parse(hex), ink, share);
    if (contrast(tried, background) >= WANTED) return format(tried);
  }
  return format(ink);
}
