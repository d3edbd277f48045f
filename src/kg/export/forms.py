"""What can be exported in which format."""

from typing import Final

from pydantic import BaseModel, ConfigDict

from kg.errors import CallerError


class Form(BaseModel):
    """A format: the ending of its files, its media type and what can be written in it, the default first."""

    model_config = ConfigDict(frozen=True)

    suffix: str
    media_type: str
    whats: tuple[str, ...]


_RDF = ("skos", "skosxl", "graph", "activities", "mappings")

FORMS: Final[dict[str, Form]] = {
    "turtle": Form(suffix=".ttl", media_type="text/turtle", whats=_RDF),
    "rdfxml": Form(suffix=".rdf", media_type="application/rdf+xml", whats=_RDF),
    "jsonld": Form(suffix=".jsonld", media_type="application/ld+json", whats=_RDF),
    "ntriples": Form(suffix=".nt", media_type="application/n-triples", whats=_RDF),
    "trig": Form(suffix=".trig", media_type="application/trig", whats=_RDF),
    "nquads": Form(suffix=".nq", media_type="application/n-quads", whats=_RDF),
    "skosxl": Form(suffix=".skosxl.ttl", media_type="text/turtle", whats=("skosxl",)),
    "csv": Form(suffix=".csv", media_type="text/csv", whats=("skos",)),
    "csvw": Form(suffix=".csv-metadata.json", media_type="application/csvm+json", whats=("skos",)),
    "xlsx": Form(
        suffix=".xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        whats=("skos",),
    ),
    "tbx": Form(suffix=".tbx", media_type="application/x-tbx", whats=("skos",)),
    "tbx-dct": Form(suffix=".dct.tbx", media_type="application/x-tbx", whats=("skos",)),
    "sssom": Form(suffix=".sssom.tsv", media_type="text/tab-separated-values", whats=("mappings",)),
    "jskos": Form(suffix=".ndjson", media_type="application/x-ndjson", whats=("skos", "mappings")),
    "graphml": Form(suffix=".graphml", media_type="application/graphml+xml", whats=("activities",)),
}

WHATS: Final = tuple(dict.fromkeys(what for form in FORMS.values() for what in form.whats))


class Export(BaseModel):
    """One export: what, in which format, of which scheme or actor when not of all."""

    model_config = ConfigDict(frozen=True)

    what: str
    format: str
    scheme: str | None = None
    actor: str | None = None


def export_of(form: str, what: str | None, scheme: str | None, actor: str | None) -> Export:
    """Make an export of what the caller says, or say which combination is possible."""
    if form not in FORMS:
        raise CallerError(f"There is no format {form}; choose one of {', '.join(FORMS)}.")
    chosen = what or ("activities" if actor and "activities" in FORMS[form].whats else FORMS[form].whats[0])
    if chosen not in FORMS[form].whats:
        formats = ", ".join(name for name, other in FORMS.items() if chosen in other.whats)
        raise CallerError(
            f"{form} cannot hold {chosen}; it holds {', '.join(FORMS[form].whats)}. "
            f"Formats for {chosen}: {formats or 'none'}."
        )
    if scheme and chosen not in ("skos", "skosxl"):
        raise CallerError(f"--scheme goes with --what skos, not with {chosen}; leave one of them out.")
    if actor and (chosen != "activities" or form == "graphml"):
        raise CallerError("--actor goes with --what activities, in a syntax of RDF; leave one of them out.")
    return Export(what=chosen, format=form, scheme=scheme, actor=actor)
