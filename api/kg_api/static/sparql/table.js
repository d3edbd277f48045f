// Rows as a table that grows on request.
import { element, isNumber, shown } from "./terms.js";

const STEP = 500;

/** Draw rows as a table. */
export function table(answer, { prefixes, texts, fill }) {
  const grid = element("table", "", { class: "plain" });
  const head = grid.createTHead().insertRow();
  for (const name of answer.names) head.append(element("th", answer.graph ? texts[name] : name, { scope: "col" }));
  const body = grid.createTBody();
  const scroll = element("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": texts.result });
  scroll.append(grid);
  const more = element("button", "", { type: "button" });
  const grow = () => {
    const start = body.rows.length;
    for (const row of answer.rows.slice(start, start + STEP)) append(body, row, prefixes);
    const left = answer.rows.length - body.rows.length;
    more.textContent = fill(texts.more, { n: Math.min(left, STEP), left });
    more.hidden = left <= 0;
  };
  more.addEventListener("click", grow);
  grow();
  return [scroll, more];
}

function append(body, row, prefixes) {
  const line = body.insertRow();
  for (const term of row) {
    const cell = line.insertCell();
    if (!term) continue;
    cell.append(shown(term, prefixes));
    if (isNumber(term)) cell.className = "number";
    else if (term.type === "uri") cell.className = "iri";
  }
}
