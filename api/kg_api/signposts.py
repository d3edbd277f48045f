"""Signposting: the links by which a machine finds licence, makers, kind and citable IRI of what it was given."""

from typing import Final

from kg.export.rights import Rights

_SCHEMA: Final = "https://schema.org/"
_KINDS: Final = {
    "term": "DefinedTerm",
    "scheme": "DefinedTermSet",
    "actor": "Organization",
    "instrument": "CreativeWork",
    "activity": "Action",
}


def signposts(cite_as: str, path: str, rights: Rights) -> list[str]:
    """Give the links of a record's page: typed links of level 1 of FAIR Signposting."""
    kind = _KINDS.get(path.partition("/")[0], "Thing")
    return [
        f'<{cite_as}>; rel="cite-as"',
        *([f'<{rights.publisher}>; rel="author"'] if rights.publisher else []),
        *licence_link(rights),
        f'<{_SCHEMA}AboutPage>; rel="type"',
        f'<{_SCHEMA}{kind}>; rel="type"',
    ]


def licence_link(rights: Rights) -> list[str]:
    """Give the link to the licence of the graph, or none where it states none."""
    return [f'<{rights.licence}>; rel="license"'] if rights.licence else []
