"""Measure annotation on Japanese and English text: python benchmarks/terms/annotate.py [LABELS] [MIB]."""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generated import labels

from kg.terms import TermIndex
from kg.terms.annotator import Annotator

_JA = "また、これについては、各国の取組を踏まえつつ、引き続き検討を進めることとし、必要に応じて見直しを行う。"
_EN = "As agreed before, members keep working on it together and will come back to the matter when they meet again. "


def text_of(names: list[str], filler: str, mebibytes: float, seed: int) -> str:
    """Sentences in each of which one of the names stands."""
    draw = random.Random(seed)  # noqa: S311 - drawn for measuring, not for secrets
    size = int(mebibytes * 2**20)
    pieces, bytes_so_far = [], 0
    while bytes_so_far < size:
        at = draw.randrange(len(filler))
        piece = f"{filler[:at]} {draw.choice(names)} {filler[at:]}\n"
        pieces.append(piece)
        bytes_so_far += len(piece.encode())
    return "".join(pieces)


def main(count: int, mebibytes: float) -> None:
    """Print the speed for both languages."""
    records = list(labels(count))
    index = TermIndex.build(records)
    start = time.process_time()
    annotator = Annotator(index.table)
    print(f"{count:,} labels: {len(annotator.patterns):,} patterns in {time.process_time() - start:.2f} s")
    for lang, filler in (("ja", _JA), ("en", _EN)):
        names = [one.label for one in records if one.lang == lang]
        text = text_of(names, filler, mebibytes, 3)
        annotator.annotate(text[:1000])
        start = time.process_time()
        found = annotator.annotate(text)
        seconds = time.process_time() - start
        speed = len(text.encode()) / 2**20 / seconds
        print(
            f"{lang}: {len(text.encode()) / 2**20:.1f} MiB in {seconds:.2f} s = {speed:.1f} MiB/s, {len(found):,} spans"
        )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 50_000,
        float(sys.argv[2]) if len(sys.argv) > 2 else 8.0,
    )
