// An answer on the page: what came, a choice of four ways to look at it, files to keep.
import { chart } from "./chart.js";
import { downloads, raw } from "./files.js";
import { network } from "./network.js";
import { table } from "./table.js";
import { element } from "./terms.js";

const VIEWS = { table, chart, graph: network, raw };

/** Show an answer in a place; `tools` holds texts, prefixes, fill, query, view (its name), viewed(name), failed(). */
export function show(place, answer, tools) {
  const { texts } = tools;
  if (answer.problem) return place.replaceChildren(problem(answer.problem, tools));
  if ("yes" in answer) return place.replaceChildren(element("p", answer.yes ? texts.yes : texts.no, { class: "answer" }));
  const parts = answer.cut ? [element("p", texts.cut, { class: "note" })] : [];
  if (!answer.rows.length) return place.replaceChildren(...parts);
  const panel = element("div", "", { class: "view" });
  const draw = (name) => panel.replaceChildren(...VIEWS[name](answer, { ...tools, room: place.clientWidth }));
  const first = Object.hasOwn(VIEWS, tools.view) ? tools.view : "table";
  const choice = chooser(first, texts, (name) => (draw(name), tools.viewed(name)));
  place.replaceChildren(...parts, choice, panel, downloads(tools.query, answer, texts, tools.failed));
  draw(first);
}

function chooser(first, texts, chosen) {
  const group = element("fieldset", "", { class: "views" });
  group.append(element("legend", texts.view, { class: "visually-hidden" }));
  for (const name of Object.keys(VIEWS)) {
    const label = element("label");
    const button = element("input", "", { type: "radio", name: "view", value: name });
    button.checked = name === first;
    button.addEventListener("change", () => chosen(name));
    label.append(button, ` ${texts[`view_${name}`]}`);
    group.append(label);
  }
  return group;
}

function problem({ kind, detail, line, column, seconds }, { texts, fill }) {
  const box = element("div", "", { class: "problem", role: "alert" });
  const where = line ? ` ${fill(texts.line, { line, column })}` : "";
  box.append(element("p", (texts[`problem_${kind}`] ?? texts.problem_crash) + where));
  if (seconds) box.append(element("p", fill(texts.again, { seconds })));
  const words = element("p", "", { lang: "en", class: "small" });
  words.append(element("bdi", detail));
  box.append(words);
  return box;
}
