"""«Closes if»: SHACL shapes that the missing record would have to fit, written so that a form can be made of them."""

from collections.abc import Iterable, Sequence
from datetime import date

from kg.gaps.model import ClosesIf, Text
from kg.vocab import AISI, BASE, PREFIXES

_PREFIXES = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("aisi", "sh", "skos", "xsd"))


def shape_iri(gap: str) -> str:
    """Name the shape of a gap."""
    return f"{BASE}gap/{gap}/closes-if"


def closes_if(
    gap: str,
    description: Text,
    properties: Iterable[str],
    *,
    needed: int = 1,
    constraint: str = "",
    target: str | None = None,
    found_from: tuple[str, str] | None = None,
) -> ClosesIf:
    """Write a node shape with its properties numbered in the order of a form.

    Data can be held to it as it is: `target` is the record that must fit, or `found_from` the record, and the path from
    it, at whose end as many new records as are needed must fit.
    """
    iri = shape_iri(gap)
    numbered = [f"    sh:property [ sh:order {order} ; {each} ]" for order, each in enumerate(properties, 1)]
    head = [f"<{iri}> a sh:NodeShape"]
    head += [f"    sh:targetNode <{target}>"] if target else []
    head += [f"    {constraint}"] if constraint else []
    head += [f"    sh:description {quoted(description.ja, 'ja')} , {quoted(description.en, 'en')}"]
    shapes = [" ;\n".join([*head, *numbered])]
    shapes += [_met(gap, *found_from, needed, description)] if found_from else []
    return ClosesIf(shape=iri, turtle=_PREFIXES + "\n" + " .\n\n".join(shapes) + " .\n", needed=needed)


def _met(gap: str, record: str, path: str, needed: int, description: Text) -> str:
    """Write the shape that fails as long as the gap is open."""
    many = f"sh:qualifiedMinCount {needed} ; sh:qualifiedValueShape <{shape_iri(gap)}>"
    message = f"sh:message {quoted(description.ja, 'ja')} , {quoted(description.en, 'en')}"
    return (
        f"<{BASE}gap/{gap}/closed> a sh:NodeShape ;\n    sh:targetNode <{record}> ;\n"
        f"    sh:property [ sh:path {path} ; {many} ; {message} ]"
    )


def quoted(text: str, lang: str) -> str:
    """Write a string literal of Turtle."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"@{lang}'


def iris(values: Sequence[str]) -> str:
    """Write IRIs as Turtle writes a list's members."""
    return " ".join(f"<{value}>" for value in values)


def one_of(path: str, values: Sequence[str], name: Text, *, least: int = 1) -> str:
    """Write a property that must have one of some values."""
    return f"{_path(path, name)} ; sh:minCount {least} ; sh:in ( {iris(values)} )"


def has_value(path: str, value: str, name: Text) -> str:
    """Write a property that must have a certain value, perhaps among others."""
    return f"{_path(path, name)} ; sh:hasValue <{value}>"


def some(path: str, kind: str, name: Text) -> str:
    """Write a property that must point to at least one record of a class."""
    return f"{_path(path, name)} ; sh:minCount 1 ; sh:class {kind}"


def dated(path: str, name: Text, *, since: date | None = None) -> str:
    """Write a property that must be one day, no earlier than `since`."""
    bound = f' ; sh:minInclusive "{since.isoformat()}"^^xsd:date' if since else ""
    return f"{_path(path, name)} ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date{bound}"


def none_of(path: str, values: Sequence[str], name: Text) -> str:
    """Write a property that must not have any of some values."""
    return f"{_path(path, name)} ; sh:not [ sh:in ( {iris(values)} ) ]"


def nested(path: str, inner: Iterable[str], name: Text) -> str:
    """Write a property whose value must itself have properties."""
    body = " ; ".join(f"sh:property [ {each} ]" for each in inner)
    return f"{_path(path, name)} ; sh:minCount 1 ; sh:node [ a sh:NodeShape ; {body} ]"


def _path(path: str, name: Text) -> str:
    written = f"aisi:{path.removeprefix(AISI)}" if path.startswith(AISI) or ":" not in path else f"<{path}>"
    return f"sh:path {written} ; sh:name {quoted(name.ja, 'ja')} , {quoted(name.en, 'en')}"
