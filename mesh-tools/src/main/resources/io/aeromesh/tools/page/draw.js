// Elements are kept from look to look and only changed, so that focus, selection and scrolling stay.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

export const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      element.removeAttribute(name);
    } else if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
}

export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const kept = new WeakMap();

/**
 * Lets a parent have one child for each item, in their order: makes those that are new, removes those that are gone,
 * and updates all.
 */
export function sync(parent, items, keyOf, make, update) {
  const before = kept.get(parent) ?? new Map();
  const now = new Map();
  let at = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    if (now.has(key)) {
      continue;
    }
    const child = before.get(key) ?? make(item);
    now.set(key, child);
    update?.(child, item);
    if (child === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(child, at);
    }
  }
  for (const [key, child] of before) {
    if (!now.has(key)) {
      child.remove();
    }
  }
  kept.set(parent, now);
}
