// N-Triples, as the endpoint writes them, into terms as in SPARQL's JSON results.

const LINE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.+) \.$/;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
const CONTROLS = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Give the triples of a document as rows of three terms; comments and empty lines are none. */
export function triples(text) {
  const lines = text.split("\n").map((line) => LINE.exec(line));
  return lines.filter(Boolean).map((found) => found.slice(1).map(term));
}

function term(text) {
  if (text.startsWith("<")) return { type: "uri", value: plain(text.slice(1, -1)) };
  const found = LITERAL.exec(text);
  if (!found) return { type: "bnode", value: text.replace(/^_:/, "") };
  const [, value, lang, datatype] = found;
  return { type: "literal", value: plain(value), ...(lang && { "xml:lang": lang }), ...(datatype && { datatype }) };
}

function plain(text) {
  return text.replace(ESCAPE, (_, short, long, one) =>
    one ? (CONTROLS[one] ?? one) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}
