"""What a procedure says of write-back 回填: which acts a platform is told, in its page's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dutydesk.cli.tabular import columns
from dutydesk.i18n import _, listed
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.writeback import Copied, Told

if TYPE_CHECKING:
    from dutydesk.views.labels import Words

WIDEST = 100


def as_document(procedure: Procedure, words: Words) -> dict[str, Any] | None:
    """The `[writeback]` of a procedure as JSON; None where it owes nothing."""
    found = procedure.writeback
    if not found.acts:
        return None
    return {
        "basis": found.basis,
        "clause": found.clause,
        "acts": [
            {
                "verb": verb,
                "label": told.label.in_(words.lang),
                "fields": _fields(told.fields, procedure, words),
                "covers": list(told.covers),
                "recalls": list(told.recalls),
                "clears": told.clears,
                "linked": told.linked,
            }
            for verb, told in found.acts.items()
        ],
        "channels": {
            channel: {verb: _fields(fields, procedure, words) for verb, fields in orders.items()}
            for channel, orders in found.channels.items()
        },
        "voids": dict(found.voids),
        "moves_on": list(found.moves_on),
    }


def lines(procedure: Procedure, words: Words) -> list[str]:
    """The same for a person: each act with its fields, then the pages of single platforms."""
    found = procedure.writeback
    if not found.acts:
        return []
    rows = [
        [verb, told.label.in_(words.lang), _named(told.fields, procedure, words), _about(told)]
        for verb, told in found.acts.items()
    ]
    said = columns(rows, widest=WIDEST)
    for channel, orders in found.channels.items():
        said += ["", _("回填 {channel}").format(channel=channel)]
        said += columns(
            [[verb, _named(fields, procedure, words)] for verb, fields in orders.items()],
            widest=WIDEST,
        )
    rest = [_("{act} 之后 {verb} 不再回填").format(act=a, verb=v) for a, v in found.voids.items()]
    if found.moves_on:
        rest.append(_("平台自己往下走：{verbs}").format(verbs=listed(found.moves_on)))
    basis = " ".join(part for part in (found.basis, found.clause) if part)
    return [
        "",
        _("回填（依据 {basis}）").format(basis=basis),
        *said,
        *([""] if rest else []),
        *rest,
    ]


def _fields(fields: Iterable[Copied], procedure: Procedure, words: Words) -> list[dict[str, str]]:
    return [{"name": one.name, "label": _label(one, procedure, words)} for one in fields]


def _named(fields: Iterable[Copied], procedure: Procedure, words: Words) -> str:
    return " · ".join(_label(one, procedure, words) for one in fields)


def _label(one: Copied, procedure: Procedure, words: Words) -> str:
    label = procedure.writeback.labels.get(one.name)
    return one.label or (label.in_(words.lang) if label is not None else one.name)


def _about(told: Told) -> str:
    parts = [
        _("包括 {verbs}").format(verbs=listed(told.covers)) if told.covers else "",
        _("收回未填的 {verbs}").format(verbs=listed(told.recalls)) if told.recalls else "",
        _("以前的不再填") if told.clears else "",
        _("并入的案件也填") if told.linked else "",
    ]
    return "；".join(part for part in parts if part)
