"""Annotations of a document as JSON, as W3C Web Annotations and as a page to read."""

import hashlib
import html
import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from kg.terms.annotator import Annotation, Annotator
from kg.terms.documents import Document
from kg.terms.mentions import DEFAULT_OPTIONS, AnnotateOptions
from kg.vocab import BASE

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_HUES = 12
_STYLE = (
    "body{font:1rem/1.8 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;white-space:pre-wrap}"
    "mark{border-radius:.2em;padding:0 .1em;color:#111}mark a{color:inherit;text-decoration:none}"
    "mark.many{outline:2px dotted #555}"
)


class AnnotatedDocument(BaseModel):
    """The annotations of a document, in the order of its text; with the text where it was not sent as text."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Annotation, ...]
    total: int
    characters: int
    text: str | None = None


def annotate(
    annotator: Annotator, document: Document, options: AnnotateOptions = DEFAULT_OPTIONS
) -> AnnotatedDocument:
    """Annotate a document; the places are those in the text that was sent."""
    found = annotator.annotate(document.text, options)
    return AnnotatedDocument(
        items=tuple(found if document.first is None else (_in_sent(document, one) for one in found)),
        total=len(found),
        characters=len(document.sent),
        text=document.sent if document.extracted else None,
    )


def _in_sent(document: Document, one: Annotation) -> Annotation:
    start, end = document.span(one.start, one.end)
    return Annotation(start, end, document.sent[start:end], one.concepts)


def as_web_annotations(found: Sequence[Annotation], source: str) -> str:
    """The annotations as a W3C annotation page in JSON-LD, each selected by place and by its words."""
    items = [_web_annotation(one, source) for one in found]
    page = {"@context": _CONTEXT, "id": f"{source}#annotations", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _web_annotation(one: Annotation, source: str) -> dict[str, object]:
    digest = hashlib.sha256(f"{source} {one.start} {one.end}".encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]
    selectors = [
        {"type": "TextPositionSelector", "start": one.start, "end": one.end},
        {"type": "TextQuoteSelector", "exact": one.text},
    ]
    return {
        "id": f"urn:x-aisi-kg:annotation:{digest}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"id": concept.iri, "type": "SpecificResource", "source": concept.iri, "purpose": "identifying"}
            for concept in one.concepts
        ],
        "target": {"source": source, "selector": selectors},
    }


def as_page(document: Document, found: Sequence[Annotation], title: str, lang: str = "ja") -> str:
    """The text that was sent as an HTML page with its terms coloured by scheme; overlaps show their longest."""
    parts: list[str] = []
    reached = 0
    for one in found:
        if one.start >= reached:
            parts += [html.escape(document.sent[reached : one.start]), _mark(one)]
            reached = one.end
    parts.append(html.escape(document.sent[reached:]))
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    body = f"<head>{head}</head><body>{''.join(parts)}</body>"
    return f'<!doctype html>\n<html lang="{html.escape(lang)}">{body}</html>\n'


def _mark(one: Annotation) -> str:
    first = one.concepts[0]
    names = " / ".join(f"{concept.label} ({concept.iri.removeprefix(BASE)})" for concept in one.concepts)
    hue = int(hashlib.sha256((first.scheme or first.type).encode()).hexdigest(), 16) % _HUES * 360 // _HUES
    many = ' class="many"' if len(one.concepts) > 1 else ""
    link = f'<a href="{html.escape(first.iri)}">{html.escape(one.text)}</a>'
    return f'<mark{many} style="background:hsl({hue} 80% 82%)" title="{html.escape(names)}">{link}</mark>'
