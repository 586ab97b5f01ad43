// Building DOM nodes for the desk. The plugin has its own: neither imports the other.

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] A function is a listener, true is an empty attribute, null and false are none.
 * @param {...any} children
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  fill(node, ...children);
  return node;
}

/** @param {ParentNode} node @param {...any} children */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
}
