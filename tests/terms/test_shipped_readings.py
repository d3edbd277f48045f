"""Readings of the graph that ships: there where kanji need them, and the same in kana and in Latin letters."""

import re

from kg.store import EmbeddedStore
from kg.terms import LabelRecord, labels_from
from kg.terms.kana import to_katakana, widen_small_kana, without_vowel_length
from kg.terms.romaji import romaji_to_katakana

_READ_ALOUD = ("Concept", "ConceptScheme", "Actor", "Instrument", "Activity")
_KANJI = re.compile("[\u3005\u4e00-\u9fff]")
_NOT_ROMAJI = re.compile("[A-Z]{2}|[0-9]|Certification|Compact")
_PARTICLES = {"e": "ヘ", "o": "ヲ", "wa": "ハ"}
_SAME_SOUND = (("ティ", "チ"), ("ディ", "ヂ"), ("デュ", "ヂュ"), ("トゥ", "ツ"))


def _by_record(store: EmbeddedStore) -> dict[str, list[LabelRecord]]:
    records: dict[str, list[LabelRecord]] = {}
    for label in labels_from(store):
        if re.split("[#/]", label.type)[-1] in _READ_ALOUD:
            records.setdefault(label.iri, []).append(label)
    return records


def _texts(labels: list[LabelRecord], lang: str, kind: str = "reading") -> list[str]:
    return [one.label for one in labels if one.lang.lower() == lang and one.kind == kind]


def _sound(kana: str) -> str:
    kana = to_katakana(kana)
    for written, spoken in _SAME_SOUND:
        kana = kana.replace(written, spoken)
    return without_vowel_length(widen_small_kana(re.sub("[^\u30a1-\u30fa\u30fc]", "", kana)))


def _spoken(romaji: str) -> str:
    words = re.sub('[(),"]', "", romaji).replace("-", " ").split()
    return _sound("".join(_PARTICLES.get(word) or romaji_to_katakana(word) for word in words))


def test_names_in_kanji_have_a_reading_in_kana_and_in_latin_letters(shipped_store: EmbeddedStore) -> None:
    unread = [
        iri
        for iri, labels in _by_record(shipped_store).items()
        if any(map(_KANJI.search, _texts(labels, "ja", "pref")))
        and not (_texts(labels, "ja-kana") and _texts(labels, "ja-latn"))
    ]
    assert unread == []


def test_a_reading_in_latin_letters_sounds_as_the_one_in_kana(shipped_store: EmbeddedStore) -> None:
    compared, different = 0, []
    for labels in _by_record(shipped_store).values():
        spelled = [one for one in _texts(labels, "ja-latn") if not _NOT_ROMAJI.search(one)]
        sounds = {_sound(kana) for kana in _texts(labels, "ja-kana") + _texts(labels, "ja", "pref")}
        compared += len(spelled)
        different += [one for one in spelled if _KANJI.search(one) or _spoken(one) not in sounds]
    assert compared > 700
    assert different == []
