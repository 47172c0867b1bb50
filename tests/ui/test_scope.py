"""The choices beside the question, in a real browser on the real app."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.filter import Filter
from tests.ui.conftest import App, keep
from tests.ui.test_web import BUNDLED, SECOND_REPORT, add_file, ask, opened
from ui.scope_panel import Choices, filter_of, scope_html


def chosen(page: Page) -> Locator:
    return page.locator("#scope .scope-chosen")


def choose(page: Page, name: str) -> None:
    page.locator("#scope summary").click()
    expect(page.locator("#scope .scope-choices")).to_be_visible()
    page.locator("#scope label", has_text=name).locator("input").check()
    page.keyboard.press("Escape")


def labels(turn: Locator) -> list[str]:
    return turn.locator("a.cite").all_text_contents()


def test_a_question_is_kept_to_the_collection_and_section_that_are_chosen(
    own_app: App, page: Page, tmp_path: Path
) -> None:
    (tmp_path / "river.txt").write_text(SECOND_REPORT, encoding="utf-8")
    river = own_app.assistant.library.add(tmp_path / "river.txt")
    own_app.assistant.library.collections.add("河流<b>", [river.id])
    opened(page, own_app)
    expect(chosen(page)).to_have_text("全部报告")
    choose(page, "河流<b>")
    expect(chosen(page)).to_have_text("河流<b>")
    turn = ask(page, "第2段")
    expect(turn.locator(".answer")).to_contain_text("镇水务所")
    expect(turn.locator(".answer")).not_to_contain_text("外空协调会议")
    expect(turn.locator(".kept-to")).to_have_text("范围：河流<b>")

    page.locator("#scope summary").click()
    keep(page, "08-choices")
    page.locator("#scope .scope-clear").click()
    page.locator("#scope input[name=section]").fill("B节")
    page.keyboard.press("Enter")
    expect(chosen(page)).to_have_text("B节")
    turn = ask(page, "哪些段落提到卫星？")
    expect(turn.locator(".answer")).to_contain_text("只有 1 段提到“卫星”")
    assert labels(turn) == ["第13段"]
    expect(turn.locator(".kept-to")).to_have_text("范围：B节")

    page.locator("#scope summary").click()
    page.locator("#scope .scope-clear").click()
    page.keyboard.press("Escape")
    turn = ask(page, "所有提到训研所的段落")
    assert labels(turn)[-1] == "附件三第17行"
    expect(turn.locator(".kept-to")).to_have_count(0)


def test_the_choices_follow_the_library_and_the_language(own_app: App, page: Page, tmp_path: Path) -> None:
    opened(page, own_app)
    page.locator("#scope summary").click()
    expect(page.locator("#scope fieldset")).to_have_count(0)
    expect(page.locator("#scope input[name=section]")).to_be_visible()
    page.keyboard.press("Escape")
    (tmp_path / "river.txt").write_text(SECOND_REPORT, encoding="utf-8")
    add_file(page, tmp_path / "river.txt")
    expect(page.locator("#scope input[name=reports]")).to_have_count(2)
    expect(page.locator("#scope input[name=years]")).to_have_count(2)
    page.keyboard.press("Escape")
    choose(page, "2021")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#scope .scope-name")).to_have_text("Look in")
    expect(chosen(page)).to_have_text("2021")
    expect(page.locator("#scope input[value='2021']")).to_be_checked()


def test_the_choices_are_worked_by_keyboard(page: Page, app: App) -> None:
    opened(page, app)
    page.locator("#scope summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#scope .scope-choices")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#scope input[name=section]")).to_be_focused()
    page.keyboard.type("附件二")
    expect(chosen(page)).to_have_text("附件二")
    page.keyboard.press("Escape")
    expect(page.locator("#scope .scope-choices")).to_be_hidden()
    expect(page.locator("#scope summary")).to_be_focused()


def test_what_the_page_sends_is_read_and_the_rest_is_left_out() -> None:
    sent = {"reports": ["a", 1], "years": ["2018", "x"], "languages": "zh", "section": " 第三章 ", "other": ["b"]}
    assert filter_of(sent) == Filter(reports=("a",), years=(2018,), sections=("第三章",))


def test_a_filter_loses_what_is_gone_and_markup_is_escaped(app: App) -> None:
    choices = Choices(app.assistant.library.entries(), {"<i>": (BUNDLED,)})
    within = Filter(reports=(BUNDLED, "gone"), collections=("<i>", "no more"), years=(2018,))
    left = choices.still_there(within)
    assert left == Filter(reports=(BUNDLED,), collections=("<i>",), years=(2018,))
    html = scope_html(choices, left, "en")
    assert "<i>" not in html
    assert 'value="&lt;i&gt;" checked' in html


@pytest.fixture
def _deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never hears of a choice by itself, as if that came too late."""
    monkeypatch.setattr("ui.events.Events.keep_to", lambda *_: None)


@pytest.mark.usefixtures("_deaf")
def test_a_question_takes_along_what_is_chosen_as_it_is_asked(own_app: App, page: Page) -> None:
    opened(page, own_app)
    page.locator("#scope summary").click()
    page.locator("#scope input[name=section]").fill("B节")
    page.keyboard.press("Enter")
    turn = ask(page, "哪些段落提到卫星？")
    expect(turn.locator(".kept-to")).to_have_text("范围：B节")
    assert labels(turn) == ["第13段"]
