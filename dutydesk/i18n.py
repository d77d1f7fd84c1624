"""The language of the texts: Chinese as written in the source, English from the catalogue."""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from pathlib import Path

SOURCE = "zh_CN"
LANGUAGES = (SOURCE, "en")
LOCALE = Path(__file__).parent / "locale"

_language = SOURCE
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(lang: str) -> None:
    """Switch all texts to `zh_CN` or `en`; raises ValueError for any other language."""
    global _language, _catalogue
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; known: {', '.join(LANGUAGES)}")
    _language = lang
    _catalogue = (
        gettext.NullTranslations()
        if lang == SOURCE
        else gettext.translation("dutydesk", LOCALE, languages=[lang])
    )


def language() -> str:
    """The language in use: `zh_CN` or `en`."""
    return _language


def _(text: str) -> str:
    """The text in the language in use; the Chinese itself where the catalogue lacks it."""
    # The catalogue's own head stands under the empty text.
    return _catalogue.gettext(text) if text else ""


def listed(names: Iterable[str]) -> str:
    """Names one after the other, parted as the language in use parts them."""
    return _("、").join(names)


def ngettext(one: str, many: str, n: int) -> str:
    """The text for n things; Chinese has one form, so `one` and `many` are usually alike."""
    return _catalogue.ngettext(one, many, n)
