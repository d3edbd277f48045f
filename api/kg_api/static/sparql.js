// The query page: ask without leaving it, stop, and draw the answer as text, never as HTML.

const SHOWN = 500;
const form = document.getElementById("sparql");
const box = form.elements.query;
const place = document.getElementById("result");
const stop = document.getElementById("stop");
const share = document.getElementById("share");
const texts = JSON.parse(form.dataset.texts);
let running = null;

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // the raw answer, as a page of its own
  event.preventDefault();
  run();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
box.addEventListener("input", link);
stop.addEventListener("click", () => running?.abort());
share.addEventListener("click", async (event) => {
  event.preventDefault();
  history.replaceState(null, "", share.href);
  try {
    await navigator.clipboard.writeText(share.href);
    share.textContent = texts.copied;
  } catch {
    // the address bar holds the link as well
  }
});
for (const example of document.querySelectorAll("a[data-query]")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    box.value = example.dataset.query;
    link();
    box.focus();
    run();
  });
}

function link() {
  share.href = `/query?${new URLSearchParams({ query: box.value })}`;
}

function say(text, className = "soft") {
  const line = document.createElement("p");
  line.className = className;
  line.textContent = text;
  place.replaceChildren(line);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const began = performance.now();
  stop.hidden = false;
  say(texts.running);
  try {
    const answer = await fetch("/sparql", {
      method: "POST",
      body: box.value,
      headers: {
        "Content-Type": "application/sparql-query",
        Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8",
      },
      signal: mine.signal,
    });
    const body = await answer.text();
    draw(answer, body, Math.round(performance.now() - began));
  } catch (error) {
    say(error.name === "AbortError" ? texts.stopped : texts.failed, "problem");
  } finally {
    if (running === mine) stop.hidden = true;
  }
}

function draw(answer, body, ms) {
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok) return problem(body);
  if (!type.includes("json")) {
    say(filled(texts.triples, { n: body.length.toLocaleString(), ms }));
    const raw = document.createElement("pre");
    raw.textContent = body;
    place.append(raw);
  } else {
    const result = JSON.parse(body);
    if ("boolean" in result) say(result.boolean ? texts.yes : texts.no, "answer");
    else table(result, ms);
  }
  if (answer.headers.get("kg-cut")) note(texts.cut);
}

function problem(body) {
  try {
    const found = JSON.parse(body);
    say((found.line ? `${filled(texts.line, found)}: ` : "") + found.detail, "problem");
    if (found.line) mark(found.line, found.column);
  } catch {
    say(body, "problem");
  }
}

// Put the cursor where the query does not parse.
function mark(line, column) {
  const lines = box.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  box.focus();
  box.setSelectionRange(start + Math.max(0, column - 1), start + (lines[line - 1]?.length ?? 0));
}

function note(text) {
  const line = document.createElement("p");
  line.className = "note";
  line.textContent = text;
  place.prepend(line);
}

function table(result, ms) {
  const rows = result.results.bindings;
  say(rows.length ? filled(texts.rows, { n: rows.length.toLocaleString(), ms }) : texts.none);
  if (!rows.length) return;
  const grid = document.createElement("table");
  grid.className = "plain";
  const head = grid.createTHead().insertRow();
  for (const name of result.head.vars) {
    const cell = document.createElement("th");
    cell.textContent = name;
    head.append(cell);
  }
  const tableBody = grid.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const line = tableBody.insertRow();
    for (const name of result.head.vars) fill(line.insertCell(), row[name]);
  }
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.append(grid);
  place.append(scroll);
  if (rows.length > SHOWN) note(filled(texts.first, { n: SHOWN }));
}

function fill(cell, term) {
  if (!term) return;
  const text = document.createElement("bdi");
  text.textContent = term.value;
  if (term["xml:lang"]) text.lang = term["xml:lang"];
  if (term.type === "uri" && /^https?:\/\//.test(term.value)) {
    const anchor = document.createElement("a");
    anchor.href = term.value.replace(/^https:\/\/w3id\.org\/aisi-kg\//, "/");
    anchor.append(text);
    cell.className = "iri";
    cell.append(anchor);
  } else {
    cell.append(text);
    if (/decimal|integer|double|float/.test(term.datatype ?? "")) cell.className = "number";
  }
}
