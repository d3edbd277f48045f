// How the editor looks: the colours of the page, by its custom properties, so that dark mode needs nothing more.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const mono = 'ui-monospace, "Cascadia Mono", "Noto Sans Mono CJK JP", Menlo, monospace';
const box = { backgroundColor: "var(--ground)", border: "1px solid var(--edge)", color: "var(--ink)" };

const frame = EditorView.theme({
  "&": { ...box, borderRadius: "4px", fontSize: "0.875rem", maxHeight: "70vh" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: mono, lineHeight: "1.5" },
  ".cm-content, .cm-gutter": { minHeight: "16em" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--panel) 70%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--tone-1)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "1px solid var(--edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px dashed var(--edge)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--wrong) 2px",
    textUnderlineOffset: "3px",
  },
});

const lists = EditorView.theme({
  ".cm-tooltip": { ...box, borderRadius: "4px", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "18em", maxWidth: "min(34rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": {
    backgroundColor: "var(--panel)",
    borderBottom: "1px solid var(--line)",
    color: "var(--soft)",
    opacity: "1",
    padding: "2px 10px",
  },
  ".cm-completionLabel, .cm-completionDetail": { unicodeBidi: "isolate" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo": { padding: "6px 12px", maxWidth: "24rem", fontSize: "0.875rem" },
  ".cm-completionInfo p": { margin: "2px 0" },
  ".cm-diagnostic": { padding: "6px 12px", maxWidth: "40em", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--wrong)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-word)", fontWeight: "600" },
  { tag: [tags.atom, tags.string], color: "var(--code-value)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.standard(tags.variableName), color: "var(--code-word)" },
  { tag: [tags.comment, tags.meta], color: "var(--soft)" },
]);

export const look = [frame, lists, syntaxHighlighting(colours)];
