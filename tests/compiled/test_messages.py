"""The catalogues: complete in every language, with the right plural forms, and open to translators' programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from translate.storage.jsonl10n import FlatI18NextV4File

from scormkit.activities import KINDS, PARTS, folder_of
from scormkit.compiled.messages import catalogue, needed, plural_category, translated
from scormkit.resources import TEMPLATES

LANGUAGES = ("ar", "de", "en", "es", "fr")
FOLDERS = {"page": TEMPLATES, **{name: folder_of(name) for name in (*KINDS.names(), *PARTS)}}
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
COUNTS = (*range(10_000), 1_000_000, 2_000_000, 1_000_001)


def words_of(folder: Path, language: str) -> dict[str, str]:
    path = folder / "messages" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return words


def forms(words: dict[str, str]) -> dict[str, dict[str, str]]:
    """Messages by key without plural suffix: category → text, "" where there is one form for all."""
    found: dict[str, dict[str, str]] = {}
    for key, text in words.items():
        match = PLURAL.search(key)
        plural = match is not None and PLURAL.sub("_other", key) in words
        found.setdefault(PLURAL.sub("", key) if plural else key, {})[match[1] if match and plural else ""] = text
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def categories(language: str) -> set[str]:
    """The categories that a whole number can fall into, by CLDR."""
    rule = Locale.parse(language).plural_form
    return {rule(count) for count in COUNTS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOLDERS)
def test_every_message_is_there_in_every_language(place: str, language: str) -> None:
    english, words = (forms(words_of(FOLDERS[place], name)) for name in ("en", language))
    assert list(words) == list(english), "the same keys in the same order"
    assert [key for key, texts in words.items() if not all(text.strip() for text in texts.values())] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOLDERS)
def test_plural_forms_are_those_of_the_language(place: str, language: str) -> None:
    for key, texts in forms(words_of(FOLDERS[place], language)).items():
        if set(texts) != {""}:
            assert set(texts) == categories(language), key
    english = forms(words_of(FOLDERS[place], "en"))
    for key, texts in forms(words_of(FOLDERS[place], language)).items():
        assert (set(texts) == {""}) is (set(english[key]) == {""}), f"{key} has forms in one language only"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOLDERS)
def test_placeholders_are_the_same_in_every_language(place: str, language: str) -> None:
    """A form for exactly none, one or two may say its number in words."""
    english = forms(words_of(FOLDERS[place], "en"))
    for key, texts in forms(words_of(FOLDERS[place], language)).items():
        wanted = placeholders(next(iter(reversed(english[key].values()))))
        for form, text in texts.items():
            spoken = {"count"} if form in {"zero", "one", "two"} else set()
            assert wanted - spoken <= placeholders(text) <= wanted, f"{key} {form}"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_nothing_was_left_in_english(language: str) -> None:
    """Messages of several words; single ones may be the same word."""
    for folder in FOLDERS.values():
        english = words_of(folder, "en")
        for key, text in words_of(folder, language).items():
            if len(re.sub(r"\{\w+\}", "", text).split()) > 1:
                assert text != english.get(key), key


def marks(language: str) -> Iterator[tuple[str, str]]:
    for folder in FOLDERS.values():
        yield from words_of(folder, language).items()


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("de", "[“]\\w|”|[a-z]\\s[!?:;]"),
        ("fr", "[“”„]|[^\u00a0\u202f\\d(][:;?!»](?!\\w)|«[^\u00a0]"),
        ("es", "[“”„]"),
        ("ar", "[“”„?,;]"),
    ],
)
def test_quotes_and_marks_are_those_of_the_language(language: str, foreign: str) -> None:
    found = {key: text for key, text in marks(language) if re.search(foreign, text)}
    found.pop("map.none-words", None)  # a list for the program, not for a reader
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_category_is_that_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form
    assert [plural_category(language, count) for count in COUNTS] == [rule(count) for count in COUNTS]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "نحو دقيقة واحدة."), (2, "نحو دقيقتين."), (3, "نحو 3 دقائق."), (11, "نحو 11 دقيقة."), (100, "نحو 100 دقيقة.")],
)
def test_arabic_counts_in_all_its_forms(count: int, said: str) -> None:
    assert translated(catalogue("ar", ()), "start.minutes", {"count": count}) == said


def test_a_country_s_variant_and_an_unknown_language_have_words() -> None:
    assert catalogue("de-AT", ())["list.add"] == "Hinzufügen"
    assert catalogue("DE", ())["list.add"] == "Hinzufügen", "tags are the same in capitals (RFC 5646, 2.1.1)"
    assert catalogue("nl", ())["list.add"] == "Add"
    assert translated(catalogue("nl", ()), "start.minutes", {"count": 2}) == "About 2 minutes."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOLDERS)
def test_translators_programs_open_a_catalogue_and_give_it_back_whole(place: str, language: str) -> None:
    """The library that Weblate reads and writes files with."""
    words = words_of(FOLDERS[place], language)
    store = FlatI18NextV4File()
    store.settargetlanguage(language)
    store.parse(json.dumps(words, ensure_ascii=False).encode())
    assert len(store.units) == len(forms(words)), "plural forms are one unit"
    assert json.loads(bytes(store)) == words


def test_a_form_that_reads_like_the_other_is_not_carried_to_the_browser() -> None:
    words = catalogue("es", ())
    shown = needed(words, ['t("clock.about", { count })'])
    assert shown == {key: words[f"clock.about_{key[12:]}"] for key in ("clock.about_one", "clock.about_other")}
