// Building DOM nodes: text is always text, never markup.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with its attributes and children. A function is a listener (`onclick`), true is an empty attribute, null and false are none.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.replace(/^on/, ''), value);
    // Through the object model, which a strict content security policy lets through.
    else if (name === 'style') node.style.cssText = String(value ?? '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  fill(node, ...children);
  return node;
}

/**
 * Replaces what a node contains.
 * @param {Node & ParentNode} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  const nodes = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  node.replaceChildren(...nodes.map((child) => (child instanceof Node ? child : String(child))));
}

/**
 * Sets an attribute, or removes it when the value is null.
 * @param {Element} element @param {string} name @param {string | null} value
 */
export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
