// What the editor can offer by name: classes and properties of the graph, asked of the endpoint once, and records.
import query from "./vocabulary.rq";

let asked = null;

/** Give the classes and properties: [{iri, kind, used, names: {ja, en}, about: {ja, en}}], none if it fails. */
export function vocabulary() {
  asked ??= ask().catch(() => {
    asked = null; // the next letter typed tries again
    return [];
  });
  return asked;
}

async function ask() {
  const answer = await fetch("/sparql", {
    method: "POST",
    body: query,
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
  });
  if (!answer.ok) throw new Error(`The endpoint answered ${answer.status}.`);
  return (await answer.json()).results.bindings.map(term);
}

function term(row) {
  const text = (name) => row[name]?.value ?? "";
  return {
    iri: row.term.value,
    kind: row.kind.value,
    used: Number(row.used.value),
    names: { ja: text("ja"), en: text("en") },
    about: { ja: text("aboutJa"), en: text("aboutEn") },
  };
}

/** Give the records whose names begin like a text: [{iri, label, scheme}]; an aborted or failed request gives none. */
export async function records(text, lang, signal) {
  const address = `/api/v1/suggest?${new URLSearchParams({ q: text, lang, limit: 12 })}`;
  try {
    const answer = await fetch(address, { signal });
    return answer.ok ? (await answer.json()).items : [];
  } catch {
    return [];
  }
}
