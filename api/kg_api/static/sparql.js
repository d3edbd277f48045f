// The query page: write, ask without leaving it, stop, look at the answer, share it. The address holds the state.
import { ask } from "./sparql/answer.js";
import { show } from "./sparql/views.js";

const LONGEST_LINK = 20_000;
const form = document.getElementById("sparql");
const box = form.elements.query;
const place = document.getElementById("result");
const status = document.getElementById("status");
const progress = document.getElementById("progress");
const stop = document.getElementById("stop");
const share = document.getElementById("share");
const texts = JSON.parse(form.dataset.texts);
const prefixes = JSON.parse(form.dataset.prefixes);
const asked = new URLSearchParams(location.search);
let running = null;
let view = asked.get("view") ?? "table";
let editor = plain();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
box.addEventListener("input", link);
stop.addEventListener("click", () => {
  running?.abort();
  form.elements.run.focus();
});
share.addEventListener("click", copy);
for (const example of document.querySelectorAll("a[data-query]")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    editor.set(example.dataset.query);
    run();
  });
}
document.getElementById("formats").hidden = true; // the answer offers its files itself
link();
await enrich();
if (asked.has("view")) run(); // a shared link shows what it was made from

/** The text box, spoken to like the editor that takes its place. */
function plain() {
  return {
    set(text) {
      box.value = text;
      link();
    },
    mark({ line, column }) {
      const lines = box.value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      box.focus();
      box.setSelectionRange(start + Math.max(0, column - 1), start + (lines[line - 1]?.length ?? 0));
    },
  };
}

async function enrich() {
  if (!form.dataset.editor) return; // it was not bundled, and the page says so
  try {
    const { edit } = await import(form.dataset.editor);
    editor = edit(box, { prefixes, lang: document.documentElement.lang, texts, run });
    document.getElementById("keys").hidden = false;
  } catch {
    document.getElementById("no-editor").hidden = false;
  }
}

function address() {
  if (box.value.length > LONGEST_LINK) return "";
  return `/query?${new URLSearchParams({ query: box.value, view })}`;
}

// Whoever shares the page or changes its language takes the query along.
function link() {
  share.href = address() || "/query";
  const other = document.querySelector("a.language");
  if (address()) other.href = `${address()}&lang=${other.hreflang}`;
}

async function copy(event) {
  event.preventDefault();
  if (!address()) return say(texts.long_link);
  history.replaceState(null, "", share.href);
  try {
    await navigator.clipboard.writeText(share.href);
    say(texts.copied);
  } catch {
    say(texts.in_address);
  }
}

function say(text) {
  status.textContent = text;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const query = box.value;
  const counting = begin();
  try {
    const answer = await ask(query, mine.signal);
    if (mine === running) present(query, answer);
  } catch (error) {
    if (mine === running) say(error.name === "AbortError" ? texts.stopped : texts.failed);
  } finally {
    clearInterval(counting);
    if (mine === running) stop.hidden = progress.hidden = true;
  }
}

function begin() {
  say(texts.running);
  place.replaceChildren();
  stop.hidden = progress.hidden = false;
  progress.value = 0;
  return setInterval(() => (progress.value += 0.25), 250);
}

function present(query, answer) {
  say(summary(answer));
  const failed = () => say(texts.failed);
  show(place, answer, { query, texts, prefixes, fill, view, viewed, failed });
  if (answer.problem?.line) editor.mark(answer.problem);
  if (address()) history.replaceState(null, "", address());
}

function viewed(name) {
  view = name;
  link();
  if (address()) history.replaceState(null, "", address());
}

function summary(answer) {
  if (answer.problem) return "";
  if ("yes" in answer) return fill(texts.done, answer);
  const n = answer.rows.length.toLocaleString();
  if (!answer.rows.length) return texts.none;
  return fill(answer.graph ? texts.triples : texts.rows, { n, ms: answer.ms.toLocaleString() });
}
