"""Signposting: the links by which a machine finds licence, makers, kind and citable IRI of what it was given."""

from typing import Final

from kg.export.version import CREATOR, LICENCE

_SCHEMA: Final = "https://schema.org/"
_KINDS: Final = {
    "term": "DefinedTerm",
    "scheme": "DefinedTermSet",
    "actor": "Organization",
    "instrument": "CreativeWork",
    "activity": "Action",
}


def signposts(cite_as: str, path: str) -> list[str]:
    """Give the links of a record's page: typed links of level 1 of FAIR Signposting."""
    kind = _KINDS.get(path.partition("/")[0], "Thing")
    return [
        f'<{cite_as}>; rel="cite-as"',
        f'<{CREATOR}>; rel="author"',
        f'<{LICENCE}>; rel="license"',
        f'<{_SCHEMA}AboutPage>; rel="type"',
        f'<{_SCHEMA}{kind}>; rel="type"',
    ]
