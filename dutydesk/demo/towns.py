"""The other demonstrations' places: each with its own ground, its people, and who sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GROUNDS = Path(__file__).parent / "grounds"


@dataclass(frozen=True, slots=True)
class Town:
    """One place: the code of its area, its ground, its operator and the people it rings.

    `said` is what was said about its posts: minutes ago, post, status.
    """

    area: str
    ground: Path
    operator: str
    people: str
    said: tuple[tuple[int, str, str], ...] = ()


def _people(*rows: tuple[str, str, str, str]) -> str:
    """Persons as the settings write them: name, post (with its unit or grid), office, number."""
    return "\n".join(
        f'[[person]]\nname = "{name}"\n{_post(post)}office = "{office}"\nphone = "{phone}"'
        for name, post, office, phone in rows
    )


def _post(text: str) -> str:
    """`ROLE`, `ROLE department=UNIT` or `ROLE grid=GRID` as lines of the settings."""
    if not text:
        return ""
    role, _, beside = text.partition(" ")
    key, _, value = beside.partition("=")
    return f'posts = ["{role}"]\n' + (f'{key} = "{value}"\n' if value else "")


TOWNS: Mapping[str, Town] = {
    "jinshan": Town(
        "310116",
        GROUNDS / "jinshan.toml",
        "沈知远",
        _people(
            ("沈知远", "acceptor", "热线受理员", "13800000311"),
            ("顾书宁", "centre_head", "中心负责人", "13800000312"),
            ("许明川", "", "水务承办科", "13800000313"),
            ("叶青禾", "workstation grid=滨河", "滨河村工作站", "13800000314"),
            ("江临川", "unit department=城管中队", "城管中队机动组长", "13800000315"),
            ("白予棠", "unit department=军警民大队", "军警民大队组长", "13800000316"),
        ),
        said=((200, "acceptor", "present"), (190, "centre_head", "present")),
    ),
    "baoshan": Town(
        "370112",
        GROUNDS / "baoshan.toml",
        "陆知行",
        _people(
            ("陆知行", "street_centre", "街道指挥中心值班员", "13800000321"),
            ("程远舟", "centre_director", "街道指挥中心主任", "13800000322"),
            ("何闻笛", "grid_head grid=泉园", "泉园社区网格长", "13800000323"),
            ("丁怀瑾", "", "城建科", "13800000324"),
        ),
        said=((200, "street_centre", "present"), (60, "centre_director", "out")),
    ),
    "minhang": Town(
        "310112",
        GROUNDS / "minhang.toml",
        "宋以宁",
        _people(
            ("宋以宁", "station_keeper", "工作站值守", "13800000331"),
            ("周予安", "secretary", "居村书记", "13800000332"),
            ("唐晚舟", "block_head grid=一村", "一村东块块长", "13800000333"),
            ("夏知秋", "enforcement department=城管", "城管联动队员", "13800000334"),
            ("沈安", "patrol", "网格巡查员", "13800000337"),
            ("魏听雪", "enforcement department=社区民警", "社区民警", "13800000335"),
            ("苏望舒", "enforcement department=市场监管", "市场监管联动队员", "13800000336"),
        ),
        said=((200, "station_keeper", "present"), (198, "城管", "present"), (45, "城管", "out")),
    ),
    "hongkou": Town(
        "310109",
        GROUNDS / "hongkou.toml",
        "温如松",
        _people(
            ("温如松", "street_desk", "街道网格化中心受理席", "13800000341"),
            ("沈若川", "street_director", "街道主任", "13800000342"),
            ("顾安澜", "committee grid=长乐里", "长乐里居委会主任", "13800000343"),
            ("邱明澈", "", "城管分队", "13800000344"),
        ),
        said=((200, "street_desk", "present"), (190, "street_director", "present")),
    ),
}
"""Each other shipped procedure's place; all of it is invented."""
