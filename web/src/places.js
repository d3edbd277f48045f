// Places in a query: where the endpoint found a fault, where the prefixes are declared.

const PROLOGUE = /^(?:\s+|#[^\n]*(?:\n|$)|BASE\s*<[^>]*>|PREFIX\s+[\w.-]*:\s*<[^>]*>)*/i;
const DECLARATION = /#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+([\w.-]*):\s*<([^>]*)>/gi;
const WORD = /[^\s{}()[\];,]+|[{}()[\];,]/g;

/** Give the word at a line and column (both from 1, in code points), or the one before where there is none. */
export function spanAt(doc, lineNumber, column) {
  const line = doc.line(Math.min(Math.max(lineNumber, 1), doc.lines));
  const before = [...line.text].slice(0, Math.max(column - 1, 0)).join("").length;
  const words = [...line.text.matchAll(WORD)];
  const found = words.findLast((word) => word.index <= before) ?? words[0];
  if (!found) return { from: line.from, to: line.to };
  return { from: line.from + found.index, to: line.from + found.index + found[0].length };
}

/** Give the prefixes that a query declares, as {prefix: IRI}. */
export function declared(text) {
  return Object.fromEntries(declarations(text).filter((one) => one[2]).map(([, prefix, iri]) => [prefix, iri]));
}

/** Give the changes that declare a prefix: one behind the last declaration, none where it is declared already. */
export function declaration(text, prefix, iri) {
  if (Object.hasOwn(declared(text), prefix)) return [];
  const line = `PREFIX ${prefix}: <${iri}>`;
  const last = declarations(text).at(-1);
  if (last) return [{ from: last.index + last[0].length, insert: `\n${line}` }];
  return [{ from: PROLOGUE.exec(text)[0].length, insert: `${line}\n` }];
}

function declarations(text) {
  const head = PROLOGUE.exec(text)[0];
  return [...head.matchAll(DECLARATION)].filter(([found]) => !found.startsWith("#"));
}
