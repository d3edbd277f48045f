"""The page for SPARQL queries: a form, examples as sentences, and the answer as a table even without script."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from kg.records.model import Term
from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Question
from kg.vocab import PREFIXES
from kg_api.live import Live
from kg_api.pages.context import page
from kg_api.pages.examples import chosen_example, examples_for
from kg_api.pages.reader import reader_of
from kg_api.rest import SiteOf

router = APIRouter(include_in_schema=False)

_EDITOR = Path(__file__).resolve().parents[1] / "static" / "editor.js"
_LONGEST_LINK = 20_000
_SHOWN = 500
_SHOWN_CHARACTERS = 200_000


@dataclass(frozen=True)
class Outcome:
    """What became of a query: rows, a graph, yes or no, or a problem."""

    problem: str = ""
    kind: str = ""
    line: int = 0
    column: int = 0
    names: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    total: int = 0
    graph: str | None = None
    yes: bool | None = None
    cut: bool = False


@router.get("/query")
async def query_form(
    request: Request,
    site: SiteOf,
    query: Annotated[str, Query(max_length=_LONGEST_LINK)] = "",
    example: Annotated[str, Query(max_length=100)] = "",
    run: Annotated[str, Query(max_length=5)] = "",
) -> HTMLResponse:
    """Offer the form; with `run` ask the query and show its answer below."""
    limits: SparqlLimits = request.app.state.limits
    live: Live = request.app.state.live
    outcome = None
    query = query or chosen_example(example, reader_of(request).lang).text
    if run:
        client = request.client.host if request.client else "local"
        reply = await live.pool.ask(Question(query, seconds=limits.timeout), client)
        outcome = await run_in_threadpool(read_answer, reply.answer)
    return await run_in_threadpool(_page, request, site, query, outcome)


def _page(request: Request, site: SiteOf, query: str, outcome: Outcome | None) -> HTMLResponse:
    return page(
        request,
        site,
        "sparql.html",
        query=query,
        examples=examples_for(reader_of(request).lang),
        editor="/static/editor.js" if _EDITOR.is_file() else "",
        limits=request.app.state.limits,
        prefixes=PREFIXES,
        outcome=outcome,
    )


def read_answer(answer: Answer) -> Outcome:
    """Read the answer of a worker as far as a page can show it."""
    if answer.outcome != "ok":
        return Outcome(problem=answer.message, kind=answer.outcome, line=answer.line, column=answer.column)
    text = answer.body.decode()
    if "json" not in answer.media_type:
        return Outcome(graph=text[:_SHOWN_CHARACTERS], cut=bool(answer.cut) or len(text) > _SHOWN_CHARACTERS)
    document = json.loads(text)
    if "boolean" in document:
        return Outcome(yes=document["boolean"])
    names = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows = tuple(tuple(_term(row.get(name)) for name in names) for row in bindings[:_SHOWN])
    return Outcome(names=names, rows=rows, total=len(bindings), cut=bool(answer.cut))


def _term(binding: dict[str, str] | None) -> Term | None:
    if binding is None:
        return None
    return Term(value=binding["value"], iri=binding["type"] == "uri", lang=binding.get("xml:lang", ""))
