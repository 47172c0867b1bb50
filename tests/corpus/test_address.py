"""Links to paragraphs, to and fro."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.label import Label
from corpus.library.address import Address, split_version, versioned

LABELS = st.sampled_from(["1", "12(c)", "附件三#4", "Annex II/3(a)", "脚注1", "第十七条¶2", "6bis"])
IDS = st.text(st.characters(categories=("L", "N"), include_characters="-._"), min_size=1)


@given(IDS, LABELS, st.integers(1, 10_000))
def test_a_link_opens_the_address_it_was_made_of(report: str, label: str, version: int) -> None:
    address = Address(report, Label.parse(label), version)
    assert Address.parse(address.link) == address
    assert not set(address.link) & set(" ()[]<>")


def test_the_first_version_is_not_named_and_later_ones_are() -> None:
    label = Label.parse("12(c)")
    assert Address("un-38", label).link == "pincite://un-38/12%28c%29"
    assert Address("un-38", label, 2).link == "pincite://un-38@2/12%28c%29"
    assert Address.parse("pincite://un-38@1/12(c)") == Address("un-38", label)


@pytest.mark.parametrize("report", ["a@", "@2", "a@0", "a@x", "a@²"])
def test_what_is_no_version_is_part_of_the_id(report: str) -> None:
    assert split_version(report) == (report, 1)


def test_a_version_is_split_off_as_it_was_put_on() -> None:
    assert split_version(versioned("a", 3)) == ("a", 3)
    assert versioned("a", 1) == "a"


@pytest.mark.parametrize("link", ["", "un-38/12", "pincite://", "pincite://un-38", "pincite:///12", "https://a/12"])
def test_another_text_is_no_link(link: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Address.parse(link)
