// Where the cursor of a textarea is on the screen, which no browser tells: a copy of the text in the same type is measured.

/** What decides where a text breaks its lines. */
const TYPE = ['boxSizing', 'direction', 'fontFamily', 'fontSize', 'fontStyle', 'fontWeight', 'letterSpacing', 'lineHeight', 'paddingLeft', 'paddingRight', 'paddingTop', 'tabSize', 'textIndent', 'wordSpacing'];

/** @typedef {{ left: number, top: number, bottom: number }} CaretBox In the window's coordinates. */

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} input @param {number} offset
 * @returns {CaretBox}
 */
export function caretBox(input, offset) {
  const style = getComputedStyle(input);
  const copy = document.createElement('div');
  for (const name of TYPE) copy.style.setProperty(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), /** @type {any} */ (style)[name]);
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', width: `${input.clientWidth}px`, top: '0', left: '0' });
  copy.textContent = input.value.slice(0, offset);
  const place = document.createElement('span');
  place.textContent = '\u200b';
  copy.append(place);
  document.body.append(copy);
  const [own, line, field] = [copy.getBoundingClientRect(), place.getBoundingClientRect(), input.getBoundingClientRect()];
  copy.remove();
  const left = field.left + input.clientLeft + line.left - own.left - input.scrollLeft;
  const top = Math.min(field.top + input.clientTop + line.top - own.top - input.scrollTop, field.bottom);
  return { left: Math.min(left, field.right), top, bottom: Math.min(top + line.height, field.bottom) };
}
