// The map: a cell opens its evidence beside the map, and the arrow keys walk from cell to cell.
import { plain } from "./swap.js";

let drawer = null;
let opener = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-evidence]");
  if (link && plain(event)) {
    event.preventDefault();
    open(link);
  }
});

document.addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const link = event.target.closest?.("table.matrix td.cell a");
  if (!link || !(event.key in steps)) return;
  const cell = link.closest("td");
  const [down, right] = steps[event.key];
  const row = cell.closest("tbody").rows[cell.parentElement.sectionRowIndex + down];
  const next = row?.cells[cell.cellIndex + right]?.querySelector("a");
  if (next && next.closest("td")) {
    event.preventDefault();
    next.focus();
  }
});

document.addEventListener("swapped", () => close());

async function open(link) {
  opener?.removeAttribute("aria-current");
  opener = link;
  link.setAttribute("aria-current", "true");
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(link, page.querySelector("main"));
  } catch {
    location.href = link.href; // whatever fails here, the page of the cell works
  }
}

function show(link, content) {
  drawer ??= made();
  const tools = document.createElement("div");
  tools.className = "tools";
  const whole = document.createElement("a");
  whole.href = link.href;
  whole.textContent = drawer.dataset.page;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = drawer.dataset.close;
  button.addEventListener("click", close);
  tools.append(whole, button);
  drawer.replaceChildren(tools, ...content.childNodes);
  if (!drawer.open) drawer.show();
  drawer.scrollTop = 0;
  drawer.querySelector("h1").id = "drawer-title";
  drawer.setAttribute("aria-labelledby", "drawer-title");
  button.focus();
}

function made() {
  const dialog = document.createElement("dialog");
  dialog.className = "drawer";
  const texts = document.querySelector("[data-drawer]").dataset;
  dialog.dataset.page = texts.page;
  dialog.dataset.close = texts.close;
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.body.append(dialog);
  return dialog;
}

function close() {
  drawer?.close();
  opener?.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}
