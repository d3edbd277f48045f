"""The rule of each type of gap, as a reader finds it in the report."""

from kg.gaps.model import GapType, Text

RULES: dict[GapType, Text] = {
    "G1": Text(
        ja="採択された対応がなく、行われていないと典拠が述べるか、網羅性の言明により調査資料に該当がないといえるセル。"
        "網羅性の言明がないセルは未記録であり、ギャップではなく調べものの一覧に置く。",
        en="A cell without an accepted edge, where a source says it is not done or where completeness statements "
        "entail that the corpus holds none. Without such statements the cell is not recorded and goes to the "
        "search list instead.",
    ),
    "G2": Text(
        ja="採択された対応はあるが、深さが目標に届かないか、計画のみのセル。深さは、独立した主体ごとに最も強い重みwをとり、"
        "1から(1−w)の積を引いた値。",
        en="A cell with accepted edges whose depth is below its target, or with planned activities only. Depth is 1 "
        "minus the product of (1 - w) over independent actors, each with its best weight w.",
    ),
    "G3": Text(
        ja="対応が独立した1主体だけに支えられているか、3主体未満で活動の集中度(HHI)が0.5を超えるセル。",
        en="A cell that rests on one independent actor, or on fewer than three with a concentration of activities "
        "(HHI) above 0.5.",
    ),
    "G4": Text(
        ja="最後の根拠が手順書の定める年数より古いセル、または、基にした文書の新しい版より古い文書。",
        en="A cell whose last evidence is older than the protocol allows, or an instrument older than the latest "
        "version of what it builds on.",
    ),
    "G5": Text(
        ja="義務を述べる条項のうち、それを実施した活動が記録されていないもの。動詞の強さと留保は優先度だけを決め、状態は変えない。",
        en="A provision that obliges somebody to something and that no recorded activity has put into effect. Its "
        "verb and reservation set the priority, never the status.",
    ),
    "G6": Text(
        ja="優先名称か定義を一方の言語で欠く用語、対応付けのない用語、または関係の示されていない複数の定義をもつ用語。"
        "対応がないと明記されたものはギャップとしない。",
        en="A term that lacks a preferred label or a definition in one language, has no crosswalk edge, or has "
        "definitions of several bodies whose relation is not stated. A stated no-match is not a gap.",
    ),
    "G7": Text(
        ja="手順書が挙げる評価の種類(手法、データセット、基準、結果)の活動がひとつもない領域。",
        en="An area without any activity of the kinds that the protocol names as evaluation (method, data set, "
        "criterion or result).",
    ),
    "G8": Text(
        ja="網羅性が比べられる群どうしで、ある領域の活動の割合に差があるもの。フィッシャーの正確検定を行い、"
        "対数オッズ比と95%区間を示し、多重比較を補正する。",
        en="A difference in the share of activities on an area between groups whose completeness is comparable; "
        "Fisher's exact test, log-odds with a 95 % interval, corrected for the number of comparisons.",
    ),
    "G9": Text(
        ja="領域のまとまりどうしを橋渡しする活動が、次数を保つ無作為な配置に比べて少ない箇所。示唆であり、事実の主張ではない。",
        en="A place where fewer activities bridge two clusters of areas than in random maps with the same degrees. A "
        "suggestion, never a fact.",
    ),
    "G10": Text(
        ja="需要(条項、報告された事案)が上位四分の一にあり、活動の深さが下位四分の一かつ中央値未満にある領域。",
        en="An area in the top quarter by demand (provisions and reported incidents) and in the bottom quarter, "
        "and below the median, by depth of activity.",
    ),
    "G11": Text(
        ja="根拠が自己申告だけのセル。",
        en="A cell whose evidence is self-reported only.",
    ),
    "G12": Text(
        ja="ひとつの言語の版だけが記録されている成果物。",
        en="A deliverable recorded in one language only.",
    ),
    "G13": Text(
        ja="手順書の定める段階(研究、標準、評価、導入など)の順にたどり、最初に途切れる段階。",
        en="The first broken step when an area is followed along the steps of the protocol, such as research, "
        "standard, evaluation and adoption.",
    ),
}
