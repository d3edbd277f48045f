"""The page for SPARQL queries: a form, examples as sentences, and the answer as a table even without script."""

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from kg.catalog import load_query, queries_in
from kg.records.model import Term
from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Question
from kg.vocab import PREFIXES
from kg_api.live import Live
from kg_api.pages.context import page
from kg_api.rest import SiteOf

router = APIRouter(include_in_schema=False)

_EXAMPLES = "examples"
_LONGEST_LINK = 20_000
_SHOWN = 500
_SHOWN_CHARACTERS = 200_000


@dataclass(frozen=True)
class Outcome:
    """What became of a query: rows, a graph, yes or no, or a problem."""

    problem: str = ""
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
    if query and run:
        client = request.client.host if request.client else "local"
        reply = await live.pool.ask(Question(query, seconds=limits.timeout), client)
        outcome = await run_in_threadpool(read_answer, reply.answer)
    return await run_in_threadpool(_page, request, site, query, example, outcome)


def _page(request: Request, site: SiteOf, query: str, example: str, outcome: Outcome | None) -> HTMLResponse:
    examples = queries_in(_EXAMPLES)
    chosen = load_query(f"{_EXAMPLES}/{example}") if example else examples[0]
    return page(
        request,
        site,
        "sparql.html",
        query=query or chosen.text,
        examples=examples,
        limits=request.app.state.limits,
        prefixes=PREFIXES,
        outcome=outcome,
    )


def read_answer(answer: Answer) -> Outcome:
    """Read the answer of a worker as far as a page can show it."""
    if answer.outcome != "ok":
        where = f"Line {answer.line}, column {answer.column}: " if answer.line else ""
        return Outcome(problem=where + answer.message)
    text = answer.body.decode()
    if "json" not in answer.media_type:
        return Outcome(graph=text[:_SHOWN_CHARACTERS], cut=len(text) > _SHOWN_CHARACTERS)
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
