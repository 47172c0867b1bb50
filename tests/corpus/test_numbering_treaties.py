"""Treaties in six languages' marks, and collections of instruments, each with numbers of its own."""

import pytest

from tests.corpus.numbering_texts import at, heading, labels, numbered, read


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("Article I", "Article II", "Article {}"),
        ("Artículo I", "Artículo II", "Article {}"),
        ("Статья I", "Статья II", "Article {}"),
        ("ARTICLE I", "ARTICLE II", "Article {}"),
    ],
)
def test_articles_are_labelled_alike_in_all_languages(first: str, second: str, label: str) -> None:
    report = numbered(
        heading(first), "Piers are free to all.", "They shall be lit.", heading(second), "1. Ferries.", "2. Boats."
    )
    one, two = label.format("I"), label.format("II")
    assert labels(report) == [one, f"{one}¶2", f"{two}/1", f"{two}/2"]


def test_russian_capitals_in_numerals_count_as_the_latin_ones_they_look_like() -> None:
    report = numbered(
        heading("Статья IX"),
        "Девять применяется.",
        heading("Статья Х"),
        "1. Десять.",
        heading("Cтатья ХI"),
        "Одиннадцать.",
    )
    assert labels(report) == ["Article IX", "Article X/1", "Article XI"]
    principles = numbered(
        heading("Руководящий принцип А.1"), "1. Первое.", heading("Руководящий принцип А.2"), "1. Второе."
    )
    assert labels(principles) == ["Руководящий принцип A.1/1", "Руководящий принцип A.2/1"]


@pytest.mark.parametrize(
    "parties",
    [
        "The States Parties to this Treaty,",
        "The Contracting Parties,",
        "Les États parties au présent Traité,",
        "Los Estados Partes en el presente Tratado,",
        "Государства — участники настоящего Договора,",
        "本条约各缔约国，",
    ],
)
def test_who_agrees_is_no_paragraph_and_the_preamble_is_counted(parties: str) -> None:
    report = numbered(
        parties, "Inspired by piers,", "Have agreed on the following:", heading("Article 1"), "Piers are free."
    )
    assert labels(report) == ["¶1", "¶2", "Article 1"]


def test_text_behind_a_numbered_paragraphs_items_belongs_to_it_and_closing_words_to_the_article() -> None:
    report = numbered(
        heading("Article 8"),
        "1. States may use piers.",
        "2. They may in particular:",
        "(a) Land ferries;",
        "(b) Light them.",
        "Ferries shall not stop others.",
        "3. They shall consult.",
        "IN WITNESS WHEREOF the undersigned have signed this Treaty.",
    )
    assert labels(report) == [
        *(
            "Article 8/1",
            "Article 8/2",
            "Article 8/2(a)",
            "Article 8/2(b)",
            "Article 8/2¶2",
            "Article 8/3",
            "Article 8¶1",
        ),
    ]


def test_chinese_articles_have_unnumbered_and_numbered_paragraphs_and_items() -> None:
    report = read(
        "第一条\n\n为本公约之目的：\n\n(a) 甲；\n\n(b) 乙。\n\n第 2 条\n\n一. 丙。\n\n二. 丁。\n\n为此，下列代表签字，以昭信守。\n"
    )
    assert labels(report) == ["第一条", "第一条(a)", "第一条(b)", "第2条一", "第2条二", "第2条¶1"]


def test_a_line_that_speaks_of_an_article_is_no_article() -> None:
    report = numbered(
        heading("III. Reports under"), heading("article 35 of the Convention", size=1.2), "1. They were late."
    )
    assert labels(report) == ["1"]


def test_instruments_of_a_collection_have_scopes_of_their_own() -> None:
    report = numbered(
        heading("Part one", size=2.0),
        heading("Treaties", size=2.0),
        heading("A. Pier treaty", size=1.5),
        heading("Article I"),
        "Piers are free.",
        heading("B. Ferry treaty", size=1.5),
        heading("Article I"),
        "Ferries are free.",
        heading("Part two", size=2.0),
        heading("Principles", size=2.0),
        heading("A. Pier principles", size=1.5),
        heading("Principle 1"),
        "1. Light.",
        heading("Principle 2"),
        "1. Water.",
    )
    assert labels(report) == [
        *("Part one/A/Article I", "Part one/B/Article I", "Part two/A/Principle 1/1", "Part two/A/Principle 2/1"),
    ]
    assert at(report, "Part one/B/Article I").heading_path == ("Part one Treaties", "B. Ferry treaty", "Article I")


def test_the_title_of_a_guideline_on_a_line_of_its_own_is_part_of_its_heading() -> None:
    report = numbered(heading("Guideline A.1"), "Adopt frameworks for piers", "1. States should adopt frameworks.")
    assert labels(report) == ["Guideline A.1/1"]
    assert "Adopt frameworks for piers" in " ".join(at(report, "Guideline A.1/1").heading_path)
