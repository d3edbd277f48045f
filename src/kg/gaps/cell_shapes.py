"""Shapes of the edge that a cell is missing."""

import math
from collections.abc import Sequence
from itertools import product

from kg.gaps.axes import AxisTable
from kg.gaps.closing import closes_if, dated, has_value, iris, nested, none_of, one_of, some
from kg.gaps.facts import CARRIED_OUT_BY, is_a
from kg.gaps.ground import Ground
from kg.gaps.model import ClosesIf, Text
from kg.gaps.protocol import WeightSpec
from kg.gaps.weights import FOLDERS
from kg.vocab import BASE

_NAMES = {
    "area": Text(ja="領域", en="area"),
    "facet": Text(ja="観点", en="facet"),
    "activity": Text(ja="活動", en="activity"),
    "actor": Text(ja="実施主体", en="carried out by"),
    "other-actor": Text(ja="これまでと異なる実施主体", en="carried out by somebody new"),
    "role": Text(ja="対応の役割", en="coverage role"),
    "maturity": Text(ja="成熟度", en="maturity"),
    "grade": Text(ja="証拠の等級", en="evidence grade"),
    "review": Text(ja="査読状態", en="review status"),
    "asserted": Text(ja="表明日", en="asserted on"),
    "citation": Text(ja="典拠", en="citation"),
}
_FACTOR_PATHS = {"role": "coverageRole", "maturity": "maturity", "grade": "evidenceGrade"}
_EXACT = 1e-9
_ACCEPTED = BASE + "term/review-status/accepted"


def cell_shape(
    ground: Ground, gap: str, number: int, description: Text, *, shortfall: bool, without: Sequence[str]
) -> ClosesIf:
    """Write the shape of an edge that would close a gap of a cell.

    With `shortfall` the edge must be weighty enough to lift the cell to its target (or one of several that do);
    `without` names the actors that would bring nothing new.
    """
    row, column = divmod(number, len(ground.columns))
    needed, combinations = _strong_enough(ground, number) if shortfall else (1, [])
    return _edge_shape(ground, gap, row, [column], description, needed, combinations, without)


def row_shape(ground: Ground, gap: str, row: int, columns: Sequence[int], description: Text) -> ClosesIf:
    """Write the shape of an edge on an area whose activity has any of some facet values."""
    return _edge_shape(ground, gap, row, columns, description, 1, [], ())


def _edge_shape(
    ground: Ground,
    gap: str,
    row: int,
    columns: Sequence[int],
    description: Text,
    needed: int,
    combinations: Sequence[tuple[WeightSpec, ...]],
    without: Sequence[str],
) -> ClosesIf:
    area = _subtree(ground.rows, row)
    facet = sorted({iri for column in columns for iri in _subtree(ground.columns, column)})
    activity = [*_reading(ground.columns, facet), _actor(without)]
    if ground.rows.spec.property is not None:
        values = one_of(ground.rows.spec.property, area, _NAMES["area"])
        properties = [values, *activity, _citation()]
        return closes_if(gap, description, properties, needed=needed)
    properties = [
        one_of("coverageOf", area, _NAMES["area"]),
        nested("coverageBy", activity, _NAMES["activity"]),
        *_factors(ground, combinations),
        f"{one_of('reviewStatus', [_ACCEPTED], _NAMES['review'], least=0)}",
        dated("assertedOn", _NAMES["asserted"]),
        _citation(),
    ]
    return closes_if(gap, description, properties, needed=needed, target=_alternatives(combinations))


def _subtree(axis: AxisTable, position: int) -> list[str]:
    return [axis.iri(int(each)) for each in axis.descendants[position]]


def _citation() -> str:
    return some("citation", "aisi:Citation", _NAMES["citation"])


def _actor(without: Sequence[str]) -> str:
    if without:
        return f"{none_of(CARRIED_OUT_BY, without, _NAMES['other-actor'])} ; sh:minCount 1"
    return some(CARRIED_OUT_BY, "aisi:Actor", _NAMES["actor"])


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


def _factors(ground: Ground, combinations: Sequence[tuple[WeightSpec, ...]]) -> list[str]:
    """Offer each factor's values: all that are not merely planned, or those that occur in a strong combination."""
    written = []
    for position, (kind, path) in enumerate(_FACTOR_PATHS.items()):
        offered = sorted({c[position].concept.iri for c in combinations}) or [
            weight.concept.iri for weight in _of_kind(ground, kind)
        ]
        if offered:
            written.append(one_of(path, offered, _NAMES[kind]))
    return written


def _of_kind(ground: Ground, kind: str) -> list[WeightSpec]:
    """Give the protocol's weights of a kind, heaviest first; work that is only planned closes nothing."""
    found = [
        weight
        for weight in ground.protocol.weights
        if weight.kind == FOLDERS[kind] and not is_a(weight.concept.iri, "planned")
    ]
    return sorted(found, key=lambda weight: (-weight.value, weight.concept.iri))


def _strong_enough(ground: Ground, number: int) -> tuple[int, list[tuple[WeightSpec, ...]]]:
    """Give how many new independent edges lift a cell to its target, and which combinations are strong enough."""
    target, depth = float(ground.targets[number]), float(ground.rolled.depth[number])
    choices = [_of_kind(ground, kind) for kind in _FACTOR_PATHS]
    if not all(choices) or depth >= target:
        return 1, []
    weighed = [(math.prod(w.value for w in combination), combination) for combination in product(*choices)]
    best = max(weight for weight, _ in weighed)
    missing = (1 - target) / (1 - depth)
    reachable = best < 1 and missing > 0
    needed = max(1, math.ceil(math.log(missing) / math.log(1 - best) - _EXACT)) if reachable else 1
    least = 1 - missing ** (1 / needed) if missing > 0 else 1.0
    return needed, [combination for weight, combination in weighed if weight >= least - _EXACT]


def _alternatives(combinations: Sequence[tuple[WeightSpec, ...]]) -> str:
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
