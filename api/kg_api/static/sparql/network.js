// Links between records as a picture: two columns of IRIs, or the triples of a graph.
import { arrange } from "./arrange.js";
import { address, element, short } from "./terms.js";

const MOST = 120;
const NAMED_EDGES = 14;
const SVG = "http://www.w3.org/2000/svg";
const NAMES = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label"];

/** Draw rows as a network; a sentence where they link nothing. */
export function network(answer, tools) {
  const { texts, fill } = tools;
  const links = answer.graph ? linksOfGraph(answer.rows) : linksOfRows(answer);
  if (!links.length) return [element("p", texts.graph_needs, { class: "empty" })];
  const { nodes, edges, left } = within(links);
  const names = answer.graph ? namesIn(answer.rows) : namesOfRows(answer);
  const size = arrange(nodes, edges, tools.room);
  const said = fill(texts.graph_says, { n: nodes.length, m: edges.length });
  const box = element("div", "", { class: "network", tabindex: "0", role: "region", "aria-label": said });
  box.append(picture(nodes, edges, size, (iri) => names.get(iri) ?? short(iri, tools.prefixes), tools.prefixes));
  const parts = [element("p", said, { class: "soft" }), box];
  if (left) parts.unshift(element("p", fill(texts.graph_left, { n: left }), { class: "note" }));
  return parts;
}

function linksOfGraph(rows) {
  const ends = rows.filter(([, , object]) => object.type !== "literal");
  return ends.map(([from, by, to]) => ({ from: from.value, to: to.value, by: by.value }));
}

function linksOfRows({ names, rows }) {
  const iris = names.map((_, at) => at).filter((at) => rows.some((row) => row[at]?.type === "uri"));
  if (iris.length < 2) return [];
  const [first, last] = [iris[0], iris.at(-1)];
  const middle = iris.length > 2 ? iris[1] : -1;
  const whole = rows.filter((row) => row[first]?.type === "uri" && row[last]?.type === "uri");
  return whole.map((row) => ({ from: row[first].value, to: row[last].value, by: row[middle]?.value ?? "" }));
}

function within(links) {
  const nodes = new Map();
  const edges = [];
  for (const { from, to, by } of links) {
    const fresh = [from, to].filter((iri) => !nodes.has(iri));
    if (nodes.size + fresh.length > MOST) continue;
    for (const iri of fresh) nodes.set(iri, { iri });
    edges.push({ from: nodes.get(from), to: nodes.get(to), by });
  }
  return { nodes: [...nodes.values()], edges, left: links.length - edges.length };
}

function namesIn(rows) {
  const lang = document.documentElement.lang;
  const labels = rows.filter(([, by]) => NAMES.includes(by.value));
  labels.sort(([, , one], [, , other]) => (other["xml:lang"] === lang) - (one["xml:lang"] === lang));
  return new Map(labels.reverse().map(([of, , label]) => [of.value, label.value]));
}

// A column ?actorLabel names the records of ?actor.
function namesOfRows({ names, rows }) {
  const found = new Map();
  names.forEach((name, at) => {
    const label = names.findIndex((other) => other === `${name}Label` || (other === "label" && at === 0));
    if (label < 0) return;
    for (const row of rows) if (row[at] && row[label]) found.set(row[at].value, row[label].value);
  });
  return found;
}

function drawn(name, attributes, text = "") {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

function picture(nodes, edges, { width, height }, nameOf, prefixes) {
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  for (const { from, to, by } of edges) {
    const line = drawn("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "edge-documents" });
    if (by) line.append(drawn("title", {}, short(by, prefixes)));
    svg.append(line);
    if (by && edges.length <= NAMED_EDGES)
      svg.append(drawn("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, class: "by" }, short(by, prefixes)));
  }
  for (const node of nodes) svg.append(point(node, nameOf(node.iri)));
  return svg;
}

function point({ iri, x, y, before }, name) {
  const place = address(iri);
  const group = place ? drawn("a", { href: place }) : drawn("g", {});
  const cut = [...name].length > 42 ? `${[...name].slice(0, 40).join("")}…` : name;
  group.append(drawn("title", {}, `${name} — ${iri}`), drawn("circle", { cx: x, cy: y, r: 6, class: "dot" }));
  group.append(drawn("text", { x: before ? x - 10 : x + 10, y: y + 4, class: before ? "before" : "" }, cut));
  return group;
}
