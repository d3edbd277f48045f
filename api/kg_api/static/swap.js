// Follow links and forms that change only part of a page without leaving it; the address says what is shown.

let shown = location.href.split("#")[0];

export function swap() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (link && plain(event)) {
      event.preventDefault();
      change(link.href, link);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-auto]")) return;
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(fields).toString();
    change(form.action.split("?")[0] + (query ? `?${query}` : ""), form);
  });
  // A step to an anchor of this page is told as «popstate» too, and must not load the page again.
  addEventListener("popstate", () => location.href.split("#")[0] === shown || location.reload());
}

export function plain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

async function change(address, from) {
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const place = sign(from);
    main.replaceChildren(...page.querySelector("main").childNodes);
    document.title = page.title;
    document.querySelector("a.language").replaceWith(page.querySelector("a.language"));
    history.pushState(null, "", address);
    shown = location.href.split("#")[0];
    focusAgain(main, place);
    document.dispatchEvent(new Event("swapped"));
  } catch {
    location.href = address; // whatever fails here, the plain way works
  } finally {
    main.removeAttribute("aria-busy");
  }
}

// What was used is found again in the new content by its label, so that the keyboard stays where it was.
function sign(from) {
  if (from.matches("form")) return { form: from.getAttribute("action") };
  return { text: from.closest("li, th, td")?.textContent.replace(/[\d\s▸▾]/g, "") ?? "" };
}

function focusAgain(main, place) {
  const found = place.form
    ? main.querySelector(`form[action="${place.form}"] button`)
    : [...main.querySelectorAll("a[data-swap]")].find(
        (link) => link.closest("li, th, td")?.textContent.replace(/[\d\s▸▾]/g, "") === place.text,
      );
  found?.focus({ preventScroll: true });
}
