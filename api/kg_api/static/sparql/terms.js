// Terms as page elements: always text, and a link only where the address is one for a browser.

const BASE = "https://w3id.org/aisi-kg/";
const NUMBER = /[#/](?:integer|decimal|double|float|(?:non|un|positive|negative)\w*|int|long|short|byte)$/i;

/** Make an element with text and attributes; nothing is ever read as markup. */
export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Give an IRI as people write it: our records by their path, others with a prefix where one fits. */
export function short(iri, prefixes) {
  for (const [prefix, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && /^[\w.-]+$/.test(iri.slice(start.length))) return `${prefix}:${iri.slice(start.length)}`;
  }
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : iri;
}

/** Give the address that an IRI leads to: our own page for our records, nothing unless it is http(s). */
export function address(iri) {
  if (iri.startsWith(BASE)) return `/${iri.slice(BASE.length).replace(/^[/\\]+/, "")}`; // two slashes would name a host
  return /^https?:\/\//i.test(iri) ? iri : "";
}

/** Tell whether a term is a number. */
export function isNumber(term) {
  return NUMBER.test(term?.datatype ?? "") && Number.isFinite(Number(term.value));
}

/** Show a term: text kept apart from its surroundings, with its language, as a link where it is an address. */
export function shown(term, prefixes) {
  const text = term.type === "uri" ? short(term.value, prefixes) : term.type === "bnode" ? `_:${term.value}` : term.value;
  const part = element("bdi", text, term["xml:lang"] ? { lang: term["xml:lang"] } : {});
  const place = term.type === "uri" && address(term.value);
  if (!place) return part;
  const link = element("a", "", { href: place, title: term.value, rel: "noreferrer" });
  link.append(part);
  return link;
}
