// Elements from values, and an update that leaves alone what did not change: focus, selection and scroll position stay.

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN = new Set(['svg', 'g', 'circle', 'line', 'path', 'text', 'rect']);

/**
 * Makes an element. Text is never read as HTML: what comes from events may hold anything.
 * `key` tells children of one parent apart; `on…` are listeners; `own: true` says that others fill the element.
 */
export function h(name, attributes, ...children) {
  const made = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (attribute.startsWith('on')) {
      // As a property, so that an update replaces the listener instead of adding one.
      made[attribute] = value;
      (made.listeners ??= []).push(attribute);
    } else if (attribute === 'key') {
      made.key = String(value);
    } else if (attribute === 'own') {
      made.own = true;
    } else if (attribute === 'style') {
      // Through the object model: the content security policy forbids style attributes in markup only.
      for (const [property, text] of Object.entries(value)) made.style.setProperty(property, text);
    } else {
      made.setAttribute(attribute, value === true ? '' : value);
    }
  }
  made.append(...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false)
    .map((child) => (typeof child === 'string' ? tame(child) : child)));
  return made;
}

/** Characters that are not seen and turn around what follows are shown by their numbers: `exe.png` may be `gnp.exe`. */
function tame(text) {
  return text.replace(/[\u0000-\u0008\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g,
    (hidden) => `‹U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

/** A name that came from outside: isolated, so that right-to-left text does not reorder what stands around it. */
export function name(text, className) {
  return h('bdi', { class: `name ${className ?? ''}`.trim(), title: text, dir: 'auto' }, text);
}

/** Makes the children of a parent the given ones, with as few changes as possible. */
export function show(parent, ...children) {
  const wanted = children.flat(9).filter((child) => child !== undefined && child !== null && child !== false)
    .map((child) => (typeof child === 'string' ? document.createTextNode(tame(child)) : child));
  patchChildren(parent, wanted);
}

function patchChildren(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.childNodes) if (child.key) keyed.set(child.key, child);
  let at = parent.firstChild;
  for (const next of wanted) {
    const known = next.key ? keyed.get(next.key) : undefined;
    if (known && same(known, next)) {
      if (known === at) at = at.nextSibling;
      else parent.insertBefore(known, at);
      keyed.delete(next.key);
      patch(known, next);
    } else if (!next.key && at && !at.key && same(at, next)) {
      const reused = at;
      at = at.nextSibling;
      patch(reused, next);
    } else {
      parent.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

const same = (one, other) => one.nodeName === other.nodeName && one.key === other.key;

function patch(old, next) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  for (const { name: attribute, value } of next.attributes) {
    if (old.getAttribute(attribute) === value) continue;
    // The policy forbids to set this one as an attribute.
    if (attribute === 'style') old.style.cssText = next.style.cssText;
    else old.setAttribute(attribute, value);
  }
  for (const { name: attribute } of [...old.attributes]) {
    // Whether a part is folded out is the reader's choice.
    if (!next.hasAttribute(attribute) && !(attribute === 'open' && old.nodeName === 'DETAILS')) {
      old.removeAttribute(attribute);
    }
  }
  for (const listener of next.listeners ?? []) old[listener] = next[listener];
  if (!next.own) patchChildren(old, [...next.childNodes]);
}
