from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.resolve.parts import take_apart


def plain(text: str) -> list[str]:
    return [part.plain for part in take_apart(text).parts]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Abd al-Karim Orsek", "Abdel Karim Orsek"),
        ("Abd-al-Karim Orsek", "Abdul Karim Orsek"),
        ("Nasir al-Din Orsek", "Nasir ud-Din Orsek"),
        ("Colonel Karim Orsek", "Karim Orsek"),
        ("Orsek, Karim", "Karim Orsek"),
        ("Karim Orsek Jr.", "Karim Orsek"),
        ("Tilbeck Dept. of Trade", "Tilbeck Department of Trade"),
        ("OAO Tilbeck", "Open Joint Stock Company Tilbeck"),
        ("Jaish al-Karsa", "Army of Karsa"),
    ],
)
def test_one_name_has_one_form(left: str, right: str) -> None:
    """Titles, articles, order, legal forms and common nouns of other languages do not matter."""
    assert sorted(plain(left)) == sorted(plain(right))


def test_what_must_not_differ() -> None:
    """Numbers, countries, legal forms and fathers are kept beside the words."""
    assert take_apart("Karsa Brigade Forty-Four").numbers == (44,)
    assert take_apart("1st Karsa Bank").numbers == take_apart("First Karsa Bank").numbers == (1,)
    assert take_apart("Tilbeck Fund VIII Ltd").numbers == (8,)
    assert take_apart("Tilbeck Mexico Inc").places == {"Mexico"}
    assert take_apart("Tilbeck GmbH").form == "limited"
    assert take_apart("Tilbeck AG").form == "stock"
    assert take_apart("Omar bin Karim").has_father
    assert not take_apart("Omar Karim").has_father


def test_characters_are_words() -> None:
    """Each Chinese character or Korean syllable is a word: one of them tells two people apart."""
    assert len(take_apart("高橋").parts) == 2
    assert all(part.is_logograph for part in take_apart("김민").parts)


@given(st.text(max_size=400))
def test_any_text_is_taken_apart(text: str) -> None:
    """Whatever is given, each word has letters to compare and there are not too many."""
    parts = take_apart(text).parts

    assert len(parts) <= 400
    assert all(part.plain for part in parts)
