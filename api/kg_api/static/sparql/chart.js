// Numbers as bars: a table of its own, so that it is read, copied and printed like one.
import { element, isNumber, shown } from "./terms.js";

const MOST = 100;
const SVG = "http://www.w3.org/2000/svg";

/** Draw rows as bars, one for each row; a sentence where there is no column of numbers to draw. */
export function chart(answer, tools) {
  const { texts, fill } = tools;
  const numbers = columns(answer, (terms) => terms.length > 0 && terms.every(isNumber));
  if (!numbers.length) return [element("p", texts.chart_needs, { class: "empty" })];
  const place = element("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": texts.view_chart });
  const draw = (column) => place.replaceChildren(bars(answer, column, numbers, tools));
  draw(numbers.at(-1));
  const parts = [place];
  if (numbers.length > 1) parts.unshift(chooser(answer, numbers, texts, draw));
  if (answer.rows.length > MOST) parts.unshift(element("p", fill(texts.first, { n: MOST }), { class: "note" }));
  return parts;
}

const columns = (answer, fits) =>
  answer.names.map((_, at) => at).filter((at) => fits(answer.rows.map((row) => row[at]).filter(Boolean)));

function chooser(answer, numbers, texts, draw) {
  const label = element("label", `${texts.chart_of} `);
  const select = element("select");
  for (const at of numbers) select.append(new Option(answer.names[at], at, false, at === numbers.at(-1)));
  select.addEventListener("change", () => draw(Number(select.value)));
  label.append(select);
  return label;
}

function bars(answer, column, numbers, { prefixes }) {
  const named = answer.names.map((_, at) => at).filter((at) => !numbers.includes(at)).slice(0, 3);
  const rows = answer.rows.slice(0, MOST);
  const most = Math.max(...rows.map((row) => Math.abs(Number(row[column]?.value ?? 0))), Number.MIN_VALUE);
  const grid = element("table", "", { class: "plain bars" });
  const head = grid.createTHead().insertRow();
  for (const at of named) head.append(element("th", answer.names[at], { scope: "col" }));
  head.append(element("th", answer.names[column], { scope: "col", colspan: "2" }));
  const body = grid.createTBody();
  let above = [];
  for (const row of rows) {
    const line = body.insertRow();
    for (const at of named) line.insertCell().append(...label(row[at], above[at], at === named[0], prefixes));
    const number = line.insertCell();
    number.className = "number";
    number.textContent = row[column]?.value ?? "";
    line.insertCell().append(bar(Number(row[column]?.value ?? 0) / most));
    above = row;
  }
  return grid;
}

// The first column names a group once, so that a year stands above its bars.
function label(term, above, first, prefixes) {
  if (!term || (first && above?.value === term.value)) return [];
  return [shown(term, prefixes)];
}

function bar(share) {
  const picture = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "rect");
  const of = (node, values) => Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value));
  of(picture, { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  of(line, { width: Math.abs(share) * 100, height: 10, class: share < 0 ? "minus" : "plus" });
  picture.append(line);
  return picture;
}
