"""The other demonstrations' places: each with its own ground, its people, and who sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GROUNDS = Path(__file__).parent / "grounds"


@dataclass(frozen=True, slots=True)
class Town:
    """One place: the code of its area, its ground, its operator and the people it rings."""

    area: str
    ground: Path
    operator: str
    people: str


def _people(*rows: tuple[str, str, str]) -> str:
    """Persons as the settings write them: name, office, number."""
    return "\n".join(
        f'[[person]]\nname = "{name}"\noffice = "{office}"\nphone = "{phone}"'
        for name, office, phone in rows
    )


TOWNS: Mapping[str, Town] = {
    "jinshan": Town(
        "310116",
        GROUNDS / "jinshan.toml",
        "沈知远",
        _people(
            ("沈知远", "热线受理员", "13800000311"),
            ("顾书宁", "中心负责人", "13800000312"),
            ("许明川", "水务承办科", "13800000313"),
            ("叶青禾", "滨河村工作站", "13800000314"),
        ),
    ),
    "baoshan": Town(
        "370112",
        GROUNDS / "baoshan.toml",
        "陆知行",
        _people(
            ("陆知行", "街道指挥中心值班员", "13800000321"),
            ("程远舟", "街道指挥中心主任", "13800000322"),
            ("何闻笛", "泉园社区网格长", "13800000323"),
            ("丁怀瑾", "城建科", "13800000324"),
        ),
    ),
    "minhang": Town(
        "310112",
        GROUNDS / "minhang.toml",
        "宋以宁",
        _people(
            ("宋以宁", "工作站值守", "13800000331"),
            ("周予安", "居村书记", "13800000332"),
            ("唐晚舟", "一村东块块长", "13800000333"),
            ("夏知秋", "城管联动队员", "13800000334"),
        ),
    ),
    "hongkou": Town(
        "310109",
        GROUNDS / "hongkou.toml",
        "温如松",
        _people(
            ("温如松", "街道网格化中心受理席", "13800000341"),
            ("沈若川", "街道主任", "13800000342"),
            ("顾安澜", "长乐里居委会主任", "13800000343"),
            ("邱明澈", "城管分队", "13800000344"),
        ),
    ),
}
"""Each other shipped procedure's place; all of it is invented."""
