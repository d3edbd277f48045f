// Suggestions while a name is being typed: a list box that the arrow keys and the pointer choose from.

const WAIT = 120;
const MOST = 8;

export function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.role = "listbox";
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  list.hidden = true;
  input.after(list);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asked = null;
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (hits) => {
    list.replaceChildren(...hits.map(item));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    choose(-1);
  };

  const ask = async () => {
    asked?.abort();
    const q = input.value.trim();
    if (!q) return close();
    asked = new AbortController();
    const lang = document.documentElement.lang;
    const address = `/api/v1/suggest?${new URLSearchParams({ q, lang, limit: MOST })}`;
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the box works without suggestions
    }
  };

  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // wait for the conversion of kana
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.href;
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (item) location.href = item.dataset.href;
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}

function item(hit, place) {
  const line = document.createElement("li");
  line.role = "option";
  line.id = `suggestion-${place}`;
  line.dataset.href = new URL(hit.iri).pathname.replace(/^\/aisi-kg/, "");
  const label = document.createElement("bdi");
  label.lang = hit.lang;
  label.textContent = hit.label;
  line.append(label);
  if (hit.matched !== hit.label) {
    const why = document.createElement("small");
    const matched = document.createElement("bdi");
    matched.lang = hit.matched_lang ?? hit.matchedLang ?? "";
    matched.textContent = hit.matched;
    why.append(matched);
    line.append(why);
  }
  return line;
}
