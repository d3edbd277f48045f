// The query editor: CodeMirror in the place of the text box, which keeps the text for the form.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, StreamLanguage } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { completions } from "./completions.js";
import { declaration, spanAt } from "./places.js";
import { look } from "./look.js";
import { vocabulary } from "./vocabulary.js";

/**
 * Put an editor in the place of a text box.
 *
 * `options`: `prefixes` {prefix: IRI}, `lang` of the reader, `texts` by name, `run()` for Ctrl-Enter.
 * The editor lives in a shadow root: there its styles are constructed sheets, which a strict
 * Content-Security-Policy allows. Gives what the page needs: set(text) and mark(problem).
 */
export function edit(box, options) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  const writing = box.matches(":focus");
  box.before(host);
  const view = new EditorView({ root, parent: root, state: state(box, options) });
  box.hidden = true;
  box.required = false; // a hidden field that must be filled would hold the form back without a word
  if (writing) take(view, box);
  document.querySelector(`label[for="${box.id}"]`)?.addEventListener("click", () => view.focus());

  return {
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (problem) => mark(view, options.prefixes, options.texts, problem),
  };
}

// Whoever has begun to write goes on where they were.
function take(view, { selectionStart: anchor, selectionEnd: head }) {
  view.dispatch({ selection: { anchor, head } });
  view.focus();
}

function state(box, { prefixes, lang, texts, run }) {
  const keys = [...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap];
  return EditorState.create({
    doc: box.value,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      StreamLanguage.define(sparql),
      autocompletion({ override: completions(prefixes, lang, texts), icons: false }),
      keymap.of(keys), // Tab is left alone: it leads out of the editor
      EditorState.phrases.of({ Completions: texts.completions, Diagnostics: texts.problems }),
      EditorView.contentAttributes.of({ "aria-label": texts.query, spellcheck: "false", lang: "zxx" }),
      EditorView.updateListener.of((update) => update.docChanged && keep(box, update.state)),
      typedOver,
      EditorView.domEventHandlers({ focus: () => void vocabulary() }), // there when the first letter is typed
      look,
    ],
  });
}

// Left to the browser, typing over a selection leaves inline styles behind, which the page's policy forbids.
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || event.isComposing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});

function keep(box, state) {
  box.value = state.doc.toString();
  box.dispatchEvent(new Event("input"));
}

function mark(view, prefixes, texts, { line, column, detail }) {
  const { from, to } = spanAt(view.state.doc, line, column);
  const prefix = /^([\w.-]+):/.exec(view.state.sliceDoc(from, to))?.[1];
  const missing = Object.hasOwn(prefixes, prefix) && declaration(view.state.doc.toString(), prefix, prefixes[prefix]);
  const actions = missing?.length ? [{ name: `${texts.declare} ${prefix}:`, apply: (view) => declare(view, missing) }] : [];
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message: detail, actions }]), {
    selection: { anchor: from },
    scrollIntoView: true,
  });
  view.focus();
}

const declare = (view, changes) => view.dispatch({ changes, userEvent: "input.complete" });
