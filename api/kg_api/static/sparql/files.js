// The same answer in a format of its own: to look at as it is, or to keep as a file.
import { send } from "./answer.js";
import { element } from "./terms.js";

const ROWS = {
  CSV: ["text/csv", "csv"],
  TSV: ["text/tab-separated-values", "tsv"],
  JSON: ["application/sparql-results+json", "json"],
  XML: ["application/sparql-results+xml", "xml"],
};
const GRAPH = {
  Turtle: ["text/turtle", "ttl"],
  "N-Triples": ["application/n-triples", "nt"],
  "JSON-LD": ["application/ld+json", "jsonld"],
  "RDF/XML": ["application/rdf+xml", "rdf"],
};
const SHOWN = 200_000;

const formats = (answer) => (answer.graph ? GRAPH : ROWS);

/** Give buttons that save the answer to a query, one for each format; `failed` is called when one cannot be had. */
export function downloads(query, answer, texts, failed) {
  const line = element("p", `${texts.download} `, { class: "tools" });
  for (const [name, [type, ending]] of Object.entries(formats(answer))) {
    const button = element("button", name, { type: "button" });
    button.addEventListener("click", () => save(query, type, ending).catch(failed));
    line.append(button);
  }
  return line;
}

async function save(query, type, ending) {
  const answer = await send(query, type);
  if (!answer.ok) throw new Error(answer.statusText);
  const place = URL.createObjectURL(await answer.blob());
  element("a", "", { href: place, download: `aisi-kg.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
}

/** Show the answer to a query as it is sent, in a format that the reader chooses. */
export function raw(answer, { query, texts, fill, failed }) {
  const label = element("label", `${texts.format} `);
  const select = element("select");
  for (const name of Object.keys(formats(answer))) select.append(new Option(name));
  label.append(select);
  const place = element("pre", "", { lang: "zxx", tabindex: "0" });
  const note = element("p", "", { class: "note" });
  const show = async () => {
    const text = await (await send(query, formats(answer)[select.value][0])).text();
    place.textContent = text.slice(0, SHOWN);
    note.textContent = fill(texts.raw_first, { n: SHOWN.toLocaleString(), m: text.length.toLocaleString() });
    note.hidden = text.length <= SHOWN;
  };
  select.addEventListener("change", () => show().catch(failed));
  show().catch(failed);
  return [label, note, place];
}
