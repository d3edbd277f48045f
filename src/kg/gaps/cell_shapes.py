"""Shapes of the edge that a cell is missing."""

from collections.abc import Sequence

from kg.gaps.axes import AxisTable
from kg.gaps.closing import closes_if, dated, has_value, iris, nested, none_of, one_of, quoted, some
from kg.gaps.facts import CARRIED_OUT_BY
from kg.gaps.ground import Ground
from kg.gaps.model import ClosesIf, Text
from kg.gaps.wanted import Combination, Wanted, anything
from kg.vocab import BASE

_NAMES = {
    "area": Text(ja="領域", en="area"),
    "facet": Text(ja="観点", en="facet"),
    "activity": Text(ja="活動", en="activity"),
    "actor": Text(ja="実施主体", en="carried out by"),
    "other-actor": Text(ja="これまでと異なる実施主体", en="carried out by somebody new"),
    "status": Text(ja="活動の状態", en="status"),
    "role": Text(ja="対応の役割", en="coverage role"),
    "maturity": Text(ja="成熟度", en="maturity"),
    "grade": Text(ja="証拠の等級", en="evidence grade"),
    "review": Text(ja="査読状態", en="review status"),
    "asserted": Text(ja="表明日", en="asserted on"),
    "citation": Text(ja="典拠", en="citation"),
}
_FACTOR_PATHS = {"role": "coverageRole", "maturity": "maturity", "grade": "evidenceGrade"}
_IDLE = ("planned", "stated-not-done")
_ACCEPTED = BASE + "term/review-status/accepted"


def cell_shape(ground: Ground, gap: str, number: int, description: Text, wanted: Wanted) -> ClosesIf:
    """Write the shape of an edge that would close a gap of a cell (or, where more are needed, of each of them)."""
    row, column = divmod(number, len(ground.columns))
    return _edge_shape(ground, gap, row, [column], description, wanted)


def row_shape(ground: Ground, gap: str, row: int, columns: Sequence[int], description: Text) -> ClosesIf:
    """Write the shape of an edge on an area whose activity has any of some facet values."""
    return _edge_shape(ground, gap, row, columns, description, anything(ground))


def _edge_shape(
    ground: Ground, gap: str, row: int, columns: Sequence[int], description: Text, wanted: Wanted
) -> ClosesIf:
    area = _subtree(ground.rows, row)
    facet = sorted({iri for column in columns for iri in _subtree(ground.columns, column)})
    activity = [*_reading(ground.columns, facet), _actor(wanted.without), *_population(ground), _begun()]
    target = (ground.rows.iri(row), _way_to_edges(ground.rows))
    if ground.rows.spec.property is not None:
        values = one_of(ground.rows.spec.property, area, _NAMES["area"])
        return closes_if(
            gap, description, [values, *activity, _citation()], needed=wanted.needed, found_from=target
        )
    properties = [
        one_of("coverageOf", area, _NAMES["area"]),
        nested("coverageBy", activity, _NAMES["activity"]),
        *_factors(wanted),
        f"{one_of('reviewStatus', [_ACCEPTED], _NAMES['review'], least=0)}",
        dated("assertedOn", _NAMES["asserted"], since=wanted.since),
        _citation(),
    ]
    return closes_if(
        gap,
        description,
        properties,
        needed=wanted.needed,
        constraint=_alternatives(wanted.combinations),
        found_from=target,
    )


def _way_to_edges(axis: AxisTable) -> str:
    """Write the path from an area to what covers it or something narrower."""
    down = "[ sh:zeroOrMorePath [ sh:inversePath skos:broader ] ]"
    if axis.spec.property is None:
        return f"( {down} [ sh:inversePath aisi:coverageOf ] )"
    through = f" [ sh:inversePath <{axis.spec.through}> ]" if axis.spec.through else ""
    return f"( {down}{through} [ sh:inversePath <{axis.spec.property}> ] )"


def _subtree(axis: AxisTable, position: int) -> list[str]:
    return [axis.iri(int(each)) for each in axis.descendants[position]]


def _citation() -> str:
    return some("citation", "aisi:Citation", _NAMES["citation"])


def _actor(without: Sequence[str]) -> str:
    """Say who must do it: somebody, or somebody who does not count as one of those already there."""
    if not without:
        return some(CARRIED_OUT_BY, "aisi:Actor", _NAMES["actor"])
    name = _NAMES["other-actor"]
    named = f"sh:name {quoted(name.ja, 'ja')} , {quoted(name.en, 'en')}"
    path = "( aisi:carriedOutBy [ sh:zeroOrMorePath aisi:countsAs ] )"
    return f"sh:path {path} ; {named} ; sh:minCount 1 ; sh:not [ sh:in ( {iris(without)} ) ]"


def _reading(axis: AxisTable, values: Sequence[str]) -> list[str]:
    """Say how the activity must show a value of the other axis: one of its values, others may stand beside it."""
    listed = f"sh:in ( {iris(values)} )"
    spec = axis.spec
    path, shape = "[ sh:inversePath aisi:coverageBy ]", f"sh:property [ sh:path aisi:coverageOf ; {listed} ]"
    if spec.property is not None:
        path, shape = f"<{spec.property}>", listed
    if spec.property is not None and spec.through is not None:
        path = f"( <{spec.property}> <{spec.through}> )"
    return [f"sh:path {path} ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ {shape} ]"]


def _factors(wanted: Wanted) -> list[str]:
    """Offer the values of each factor that the protocol weighs."""
    return [
        one_of(_FACTOR_PATHS[kind], sorted(values), _NAMES[kind])
        for kind, values in wanted.offered.items()
        if values
    ]


def _begun() -> str:
    """Say that the activity itself has begun, whatever the edge says."""
    return none_of("status", [BASE + f"term/activity-status/{name}" for name in _IDLE], _NAMES["status"])


def _population(ground: Ground) -> list[str]:
    """Say that somebody of the population does it, where the protocol has one."""
    members = [ref.iri for ref in ground.protocol.population]
    above = "[ sh:zeroOrMorePath [ sh:alternativePath ( aisi:countsAs aisi:partOf ) ] ]"
    path = f"sh:path ( aisi:carriedOutBy {above} )"
    shape = f"[ sh:in ( {iris(members)} ) ]"
    return [f"{path} ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape {shape}"] if members else []


def _alternatives(combinations: Sequence[Combination]) -> str:
    """Write the strong combinations of role, maturity and grade as alternatives."""
    grades: dict[tuple[str, str], list[str]] = {}
    for role, maturity, grade in combinations:
        grades.setdefault((role.concept.iri, maturity.concept.iri), []).append(grade.concept.iri)
    if not grades:
        return ""
    written = [
        f"[ sh:property [ {has_value('coverageRole', role, _NAMES['role'])} ] ,"
        f" [ {has_value('maturity', maturity, _NAMES['maturity'])} ] ,"
        f" [ {one_of('evidenceGrade', sorted(values), _NAMES['grade'])} ] ]"
        for (role, maturity), values in sorted(grades.items())
    ]
    return "sh:or ( " + "\n        ".join(written) + " )"
