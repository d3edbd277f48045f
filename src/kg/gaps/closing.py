"""«Closes if»: SHACL shapes that the missing record would have to fit, written so that a form can be made of them."""

from collections.abc import Iterable, Sequence

from kg.gaps.model import ClosesIf, Text
from kg.vocab import AISI, BASE, PREFIXES

_PREFIXES = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("aisi", "sh", "xsd"))


def shape_iri(gap: str) -> str:
    """Name the shape of a gap."""
    return f"{BASE}gap/{gap}/closes-if"


def closes_if(
    gap: str, description: Text, properties: Iterable[str], *, needed: int = 1, target: str = ""
) -> ClosesIf:
    """Write a node shape with its properties numbered in the order of a form."""
    iri = shape_iri(gap)
    numbered = [f"    sh:property [ sh:order {order} ; {each} ]" for order, each in enumerate(properties, 1)]
    head = [f"<{iri}> a sh:NodeShape", *([f"    {target}"] if target else [])]
    head += [f"    sh:description {quoted(description.ja, 'ja')} , {quoted(description.en, 'en')}"]
    return ClosesIf(
        shape=iri, turtle=_PREFIXES + "\n" + " ;\n".join([*head, *numbered]) + " .\n", needed=needed
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


def dated(path: str, name: Text) -> str:
    """Write a property that must be one day."""
    return f"{_path(path, name)} ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date"


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
