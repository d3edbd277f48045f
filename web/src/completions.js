// Completion: variables, keywords, prefixes with their declaration, classes and properties, records by name.
import { ifNotIn, insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";
import { declaration, declared } from "./places.js";
import { records, vocabulary } from "./vocabulary.js";

const KEYWORDS =
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS VALUES BIND GRAPH CONSTRUCT DESCRIBE ASK PREFIX BASE FROM NAMED " +
  "GROUP HAVING ORDER BY ASC DESC LIMIT OFFSET UNDEF EXISTS NOT IN AS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR " +
  "LANG LANGMATCHES STR IRI DATATYPE BOUND COALESCE IF REGEX CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR " +
  "UCASE LCASE REPLACE CONCAT YEAR MONTH DAY NOW ABS ROUND CEIL FLOOR isIRI isLiteral isBlank isNumeric sameTerm";
const RECORD = /<[^<>\s"{}|^`\\]+$/;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
const NAME = /(?:[A-Za-z][\w-]*)?:[\p{L}\p{N}_-]*$/u;
const STILL = /^[\p{L}\p{N}_:-]*$/u;

/** Give the sources of completion for a reader of one language. */
export function completions(prefixes, lang, texts) {
  const sources = [
    variables,
    (context) => recordsNamed(context, lang),
    (context) => names(context, prefixes, lang, texts),
  ];
  return sources.map((source) => ifNotIn(["comment", "string"], source));
}

function variables(context) {
  const word = context.matchBefore(/[?$]\w*$/);
  if (!word) return null;
  const others = context.state.sliceDoc(0, word.from) + context.state.sliceDoc(context.pos);
  const found = new Set(others.match(/[?$]\w+/g));
  return { from: word.from, options: [...found].sort().map((label) => ({ label })), validFor: /^[?$]\w*$/ };
}

async function recordsNamed(context, lang) {
  const begun = context.matchBefore(RECORD);
  if (!begun || (begun.text.includes(":") && !context.explicit)) return null;
  const gone = new AbortController();
  context.addEventListener("abort", () => gone.abort());
  const found = await records(begun.text.slice(1), lang, gone.signal);
  const rest = context.state.sliceDoc(context.pos, context.pos + 1) === ">" ? 1 : 0;
  const options = found.map((one) => ({ label: one.label, detail: short(one.iri), apply: whole(`<${one.iri}>`) }));
  return { from: begun.from, to: context.pos + rest, options, filter: false };
}

const short = (iri) => decodeURI(new URL(iri).pathname.replace(/^\/aisi-kg\//, ""));

function whole(text) {
  return (view, option, from, to) =>
    view.dispatch({ ...insertCompletionText(view.state, text, from, to), annotations: pickedCompletion.of(option) });
}

async function names(context, shipped, lang, texts) {
  const word = context.matchBefore(NAME) ?? context.matchBefore(WORD);
  if (!word && !context.explicit) return null;
  const before = context.state.sliceDoc(Math.max(0, (word?.from ?? context.pos) - 1), word?.from ?? context.pos);
  if (/[?$@<]/.test(before)) return null;
  const known = { ...shipped, ...declared(context.state.doc.toString()) };
  const options = (await vocabulary()).flatMap((term) => offered(term, known, lang, texts));
  if (!word?.text.includes(":")) options.push(...prefixOptions(known, texts), ...keywordOptions(texts));
  return { from: word?.from ?? context.pos, options, validFor: STILL };
}

function offered(term, known, lang, texts) {
  const found = Object.entries(known).find(([, iri]) => iri && term.iri.startsWith(iri) && /^[\w-]+$/.test(term.iri.slice(iri.length)));
  if (!found) return [];
  const [prefix, iri] = found;
  const name = `${prefix}:${term.iri.slice(iri.length)}`;
  const other = lang === "ja" ? "en" : "ja";
  return [
    {
      label: [name, term.names.ja, term.names.en].filter(Boolean).join(" "), // what is typed may be any of them
      displayLabel: name,
      detail: term.names[lang] || term.names[other],
      type: term.kind,
      section: { name: texts[term.kind], rank: term.kind === "class" ? 1 : 0 },
      boost: Math.min(20, Math.log2(term.used + 1)),
      info: () => about(term, lang, other, texts),
      apply: declaring(name, prefix, iri),
    },
  ];
}

function about(term, lang, other, texts) {
  const box = document.createElement("div");
  const line = (text, of = "") => {
    if (!text) return;
    const paragraph = document.createElement("p");
    paragraph.lang = of;
    paragraph.textContent = text;
    box.append(paragraph);
  };
  line(term.about[lang] || term.about[other], term.about[lang] ? lang : other);
  line([term.names.ja, term.names.en].filter(Boolean).join(" / "));
  line(texts.used.replace("{n}", term.used.toLocaleString(lang)), lang);
  return box;
}

const prefixOptions = (known, texts) =>
  Object.entries(known)
    .filter(([prefix]) => prefix)
    .map(([prefix, iri]) => ({
      label: `${prefix}:`,
      detail: iri,
      section: { name: texts.prefixes, rank: 2 },
      apply: declaring(`${prefix}:`, prefix, iri),
    }));

const keywordOptions = (texts) =>
  KEYWORDS.split(" ").map((label) => ({ label, section: { name: texts.keywords, rank: 3 } }));

/** Insert a name, and the declaration of its prefix where it is missing. */
function declaring(text, prefix, iri) {
  return (view, option, from, to) => {
    const head = declaration(view.state.doc.toString(), prefix, iri);
    const shift = head.reduce((sum, change) => sum + (change.from <= from ? change.insert.length : 0), 0);
    view.dispatch({
      changes: [...head, { from, to, insert: text }],
      selection: { anchor: from + shift + text.length },
      annotations: pickedCompletion.of(option),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
}
