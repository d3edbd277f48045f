"""Time every cross-record rule on the graph that ships, and on twenty copies of it beside each other.

The ratio tells how a rule grows: near 20 is linear, near 400 is every record against every other.
Run: python benchmarks/pipeline/rules.py
"""

import time

import pyoxigraph as ox

from kg.checking import rules
from kg.load import load_graph
from kg.paths import packaged_graph
from kg.validate import Rule, store_of
from kg.vocab import BASE

COPIES = 20
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def main() -> None:
    graph = load_graph(packaged_graph())
    one = store_of(graph.asserted)
    many = store_of(graph.ontology)
    for number in range(COPIES):
        many.bulk_extend(
            ox.Quad(subject, t.predicate, renamed(t.object, number))
            for file in graph.data
            for t in file.triples
            if isinstance(subject := renamed(t.subject, number), ox.NamedNode)
        )
    print(f"{'rule':32} {len(one) // 2:>9} {len(many):>9}  ratio")
    for rule in rules():
        small, large = cost(rule, one), cost(rule, many)
        print(f"{rule.name:32} {small * 1000:6.1f} ms {large * 1000:6.0f} ms {large / small:6.0f}")


def renamed(term: Term, number: int) -> Term:
    """Give a record of the data the name that it has in a copy; the ontology is shared."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(BASE) and "ontology#" not in term.value:
        return ox.NamedNode(f"{term.value}-{number}")
    return term


def cost(rule: Rule, store: ox.Store) -> float:
    """Give the processor seconds of one run."""
    started = time.process_time()
    rule.findings(store)
    return time.process_time() - started


if __name__ == "__main__":
    main()
