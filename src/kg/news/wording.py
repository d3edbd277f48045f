"""The words for what changed: properties as people name them."""

from typing import Final

from kg.gaps.model import Text

_PROPERTIES: Final = {
    "skos:prefLabel": Text(ja="優先名称", en="preferred label"),
    "skos:altLabel": Text(ja="別名", en="alternative label"),
    "skos:hiddenLabel": Text(ja="非表示の名称", en="hidden label"),
    "skos:notation": Text(ja="記号", en="notation"),
    "skos:definition": Text(ja="定義", en="definition"),
    "skos:scopeNote": Text(ja="範囲の注記", en="scope note"),
    "skos:broader": Text(ja="上位概念", en="broader concept"),
    "skos:related": Text(ja="関連概念", en="related concept"),
    "skos:inScheme": Text(ja="用語体系", en="scheme"),
    "skos:exactMatch": Text(ja="完全一致", en="exact match"),
    "skos:closeMatch": Text(ja="近い一致", en="close match"),
    "skos:broadMatch": Text(ja="上位の対応", en="broader match"),
    "skos:narrowMatch": Text(ja="下位の対応", en="narrower match"),
    "skos:relatedMatch": Text(ja="関連する対応", en="related match"),
    "owl:deprecated": Text(ja="廃止", en="deprecated"),
    "dcterms:isReplacedBy": Text(ja="置き換え先", en="replaced by"),
    "aisi:status": Text(ja="状態", en="status"),
    "aisi:startDate": Text(ja="開始", en="start"),
    "aisi:endDate": Text(ja="終了", en="end"),
    "aisi:dueDate": Text(ja="期限", en="due date"),
    "aisi:carriedOutBy": Text(ja="実施主体", en="carried out by"),
    "aisi:participant": Text(ja="参加者", en="participant"),
    "aisi:covers": Text(ja="対応領域", en="covers"),
    "aisi:implements": Text(ja="実施する条項", en="implements"),
    "aisi:implementedBy": Text(ja="実施する活動", en="implemented by"),
}


def property_words(name: str, lang: str) -> str:
    """Name a property for people; one without words of its own keeps its short name.

    >>> property_words("skos:definition@ja", "en"), property_words("prov:used", "ja")
    ('definition (ja)', 'prov:used')
    """
    short, _, language = name.partition("@")
    words = _PROPERTIES[short].in_lang(lang) if short in _PROPERTIES else short
    return f"{words} ({language})" if language else words
