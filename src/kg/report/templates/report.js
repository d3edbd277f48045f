
"use strict";
// The report reads without this: it folds long parts away, opens what a link points to, and filters.
const folded = document.querySelectorAll("details.area, details.ledger, details.glossary");
for (const part of folded) part.open = false;

function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.type === "radio") {
    target.checked = true;
    document.getElementById("matrix").scrollIntoView();
    return;
  }
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
addEventListener("beforeprint", () => { for (const part of folded) part.open = true; });

const filter = document.getElementById("filter");
if (filter) {
  const output = filter.querySelector("output");
  const cards = [...document.querySelectorAll("article.gap")].map((card) => [card, card.textContent.toLowerCase()]);
  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => {
    const kind = filter.elements.kind.value;
    const text = filter.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const section of document.querySelectorAll("section.kind")) section.hidden = kind !== "" && section.id !== kind;
    for (const [card, words] of cards) {
      card.hidden = text !== "" && !words.includes(text);
      if (!card.hidden && !card.closest("section.kind").hidden) shown += 1;
    }
    for (const rest of document.querySelectorAll("details.rest")) rest.open = text !== "";
    output.textContent = text === "" && kind === "" ? "" : output.dataset.words.replace("#", shown);
  });
}

reveal();
