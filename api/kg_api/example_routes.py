"""The example queries as RDF, where editors and assistants for SPARQL look for them."""

import pyoxigraph as ox
from fastapi import APIRouter, Request
from fastapi.responses import Response

from kg.example_graph import EXAMPLE_PREFIXES, example_triples
from kg.store import GRAPH_FORMATS
from kg_api.negotiation import choose
from kg_api.pages.errors import error_answer
from kg_api.sparql_request import origin

router = APIRouter(tags=["service"])


@router.get("/sparql/examples", response_class=Response)
def examples(request: Request) -> Response:
    """Give the example queries with their questions in two languages, in the form of the SIB sparql-examples."""
    chosen = choose(request.headers.get("accept"), tuple(GRAPH_FORMATS))
    if chosen is None:
        return error_answer(request, 406, f"The examples are given as {', '.join(GRAPH_FORMATS)}.")
    triples = example_triples(f"{origin(request.scope, request.headers.get('host', ''))}/sparql")
    body = ox.serialize(triples, format=GRAPH_FORMATS[chosen], prefixes=EXAMPLE_PREFIXES) or b""
    return Response(body, media_type=chosen)
