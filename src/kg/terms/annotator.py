"""Find the terms of an index in a text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from ahocorasick_rs import AhoCorasick

from kg.terms.foldtext import FoldedText, fold_text
from kg.terms.mentions import DEFAULT_OPTIONS, AnnotateOptions, Labels, Mention, Mentions
from kg.terms.patterns import patterns_of
from kg.terms.standing import is_katakana, is_sea
from kg.terms.table import LabelTable

_Candidate = tuple[int, int, int]
_BLOCK = 200_000
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a text, in code points, with all records that it may name."""

    start: int
    end: int
    text: str
    concepts: tuple[Mention, ...]


class Annotations(Sequence[Annotation]):
    """The spans found in a text, in its order; each is made when it is asked for, as a long text has very many."""

    def __init__(self, text: str, mentions: Mentions) -> None:
        self.text = text
        self.mentions = mentions
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.labels: list[Labels] = []

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> Annotation: ...

    @overload
    def __getitem__(self, place: slice) -> list[Annotation]: ...

    def __getitem__(self, place: int | slice) -> Annotation | list[Annotation]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        start, end = self.starts[place], self.ends[place]
        return Annotation(start, end, self.text[start:end], self.mentions.made(self.labels[place]))


class Annotator:
    """The terms of an index, ready to be found in texts."""

    def __init__(self, table: LabelTable) -> None:
        self.table = table
        self.patterns = patterns_of(table)
        self.automaton = AhoCorasick([pattern.folded for pattern in self.patterns])

    def annotate(self, text: str, options: AnnotateOptions = DEFAULT_OPTIONS) -> Annotations:
        """Give the spans of the text that name records, in the order of the text."""
        mentions = Mentions(self.table, self.patterns, options)
        found = Annotations(text, mentions)
        for begin, block in _blocks(text):
            self._annotate_block(begin, block, mentions, found)
        return found

    def _annotate_block(self, offset: int, block: str, mentions: Mentions, found: Annotations) -> None:
        options = mentions.options
        folded = fold_text(block)
        first, last = folded.first.data, folded.last.data
        addresses = _addresses(block)
        reached, ended = 0, 0
        for start, minus_end, pattern in self._candidates(folded, options.whole_word_only):
            if start < reached:
                continue
            begin, stop = first[start], last[-minus_end - 1]
            labels = mentions.certain.get(pattern)
            if labels is None:
                labels = mentions.of(pattern, block, begin, stop)
            if not labels or stop - begin < options.minimum_match_length:
                continue
            if is_sea(block, stop) or (addresses and _is_inside(begin, addresses)):
                continue
            if pattern in mentions.short:
                labels = mentions.standing(labels, block, (begin, stop), ended)
                if not labels:
                    continue
            found.starts.append(offset + begin)
            found.ends.append(offset + stop)
            found.labels.append(labels)
            reached, ended = (-minus_end if options.longest_only else 0), stop

    def _candidates(self, folded: FoldedText, whole: bool) -> list[_Candidate]:
        """All matches as start, minus their end, and pattern: sorted, the longest comes first at each place."""
        starts, ends = folded.starts.tobytes(), folded.ends.tobytes()
        matches = self.automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not whole:
            return sorted((start, -end, pattern) for pattern, start, end in matches)
        found, heads, tails = [], [], []
        for pattern, start, end in matches:
            if starts[start]:
                if ends[end - 1]:
                    found.append((start, -end, pattern))
                elif stop := _plural_end(folded.text, ends, end):
                    found.append((start, -stop, pattern))
                elif is_katakana(folded.text[end]):
                    heads.append((start, -end, pattern))
            elif ends[end - 1] and is_katakana(folded.text[start]):
                tails.append((start, -end, pattern))
        if heads and tails:
            found += _split_runs(heads, tails)
        found.sort()
        return found


def _split_runs(heads: list[_Candidate], tails: list[_Candidate]) -> Iterator[_Candidate]:
    """Of terms that cut a run of katakana in two, those whose other half is a term as well: ガバナンス|ガイド."""
    cuts = {-minus_end for _, minus_end, _ in heads} & {start for start, _, _ in tails}
    yield from (head for head in heads if -head[1] in cuts)
    yield from (tail for tail in tails if tail[0] in cuts)


def _plural_end(text: str, ends: bytes, end: int) -> int:
    """Where the word ends that goes on after a match with the s of a plural, 0 if it goes on otherwise."""
    for ending in ("s", "es"):
        stop = end + len(ending)
        if text[end:stop] == ending and ends[stop - 1]:
            return stop
    return 0


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand, whose parts are no words."""
    return [found.span() for found in _ADDRESS.finditer(text)]


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return before >= 0 and place < spans[before][1]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at ends of lines, so that memory does not grow with it."""
    begin = 0
    while begin < len(text):
        stop = begin + _BLOCK
        if stop < len(text):
            cut = text.rfind("\n", begin, stop) + 1 or text.rfind(" ", begin, stop) + 1
            stop = cut if cut > begin else stop
        yield begin, text[begin:stop]
        begin = stop
