"""Kept conversations on the page, in a real browser: listed, searched, opened, continued, renamed, deleted."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant import Assistant
from assistant.conversations.conversations import Conversations
from assistant.conversations.file import DATABASE
from assistant.conversations.kept import Kept, KeptTurn, kept_turn
from assistant.conversations.remarks import Remark
from corpus.label import Label
from corpus.library.address import Address
from tests.ui.conftest import App, free_port, keep
from tests.ui.test_web import SECOND_REPORT, ask, opened
from ui.conversation import Turn, View, turn_html
from ui.kept_events import KeptEvents
from ui.kept_panel import MAX_LISTED, kept_list_html
from ui.session import Session
from ui.strings import EN, ZH
from ui.web import launch

HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"


def conversations_of(app: App) -> Conversations:
    return Conversations(app.assistant.settings.home)


def drawer(page: Page) -> Locator:
    """Open the drawer and return it."""
    if not page.locator("body.kept-drawer").count():
        page.locator(".open-kept").click()
    expect(page.locator("#kept .kept-search")).to_be_focused()
    return page.locator("#kept")


def names(page: Page) -> Locator:
    return page.locator("#kept .kept-show")


def test_a_conversation_is_kept_opened_in_another_tab_and_continued(own_app: App, page: Page) -> None:
    opened(page, own_app)
    ask(page, "国际电联有多少成员国？")
    ask(page, "请推荐一家纽约的餐厅")
    (kept,) = conversations_of(own_app).list()
    assert (kept.name, kept.n_turns) == ("国际电联有多少成员国？", 2)

    page.reload()
    opened(page, own_app)
    expect(page.locator(".welcome")).to_be_visible()
    drawer(page)
    expect(names(page)).to_have_text(["国际电联有多少成员国？"])
    keep(page, "40-kept-list")
    names(page).first.click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("body.kept-drawer")).to_have_count(0)
    expect(page.locator(".turn.abstained .nearest li")).not_to_have_count(0)
    page.locator(".turn").first.locator("a.cite").first.click()
    expect(page.locator("#report .target mark").first).to_contain_text("193 个国家")

    follow_up = ask(page, "它有多少私营部门实体？")
    expect(follow_up.locator(".understood")).to_contain_text("国际电联")
    expect(follow_up.locator("a.cite").first).to_have_text("第36段")
    keep(page, "41-kept-continued")
    assert [k.n_turns for k in conversations_of(own_app).list()] == [3]
    drawer(page)
    expect(page.locator("#kept li[aria-current=true] .kept-show")).to_have_text("国际电联有多少成员国？")

    page.locator("#kept .kept-new").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "第12(c)段")
    assert [k.name for k in conversations_of(own_app).list()] == ["第12(c)段", "国际电联有多少成员国？"]


def test_search_rename_and_delete(own_app: App, page: Page) -> None:
    kept = conversations_of(own_app)
    for question in ("第一个问题？", "卫星在哪里？", "第三个问题？"):
        kept.new(KeptTurn(question, question, f"{question}的回答。"))
    opened(page, own_app)
    box = drawer(page).locator(".kept-search")
    expect(names(page)).to_have_text(["第三个问题？", "卫星在哪里？", "第一个问题？"])
    box.fill("衛星 回答")
    expect(names(page)).to_have_text(["卫星在哪里？"])
    expect(box).to_be_focused()
    box.fill("没有的词")
    expect(page.locator("#kept-list .hint")).to_have_text(ZH.kept_not_found)
    box.fill("")
    expect(names(page)).to_have_count(3)

    row = page.locator("#kept li").nth(1)
    row.get_by_role("button", name="改名").click()
    row.locator(".kept-name").fill(HOSTILE[:90])
    row.locator(".kept-name").press("Enter")
    expect(names(page).nth(1)).to_have_text(HOSTILE[:90])
    page.reload()
    drawer(page)
    expect(names(page).nth(1)).to_have_text(HOSTILE[:90])
    assert page.locator("#kept-list :is(script, img)").count() == 0
    assert page.evaluate("window.hacked") is None
    row.get_by_role("button", name="改名").click()
    row.locator(".kept-name").fill("不要")
    row.locator(".kept-name").press("Escape")
    expect(names(page).nth(1)).to_have_text(HOSTILE[:90])

    delete = page.locator("#kept li").nth(0).locator(".kept-delete")
    delete.click()
    expect(delete).to_have_text("确认删除")
    keep(page, "42-kept-delete")
    assert len(kept.list()) == 3
    delete.click()
    expect(names(page)).to_have_text([HOSTILE[:90], "第一个问题？"])
    assert len(kept.list()) == 2


def test_deleting_what_is_on_the_page_empties_it_and_deleting_all_asks_first(own_app: App, page: Page) -> None:
    opened(page, own_app)
    ask(page, "第12(c)段")
    drawer(page).locator(".kept-delete").click()
    page.locator("#kept .kept-delete").click()
    expect(page.locator("#kept-list .hint")).to_have_text(ZH.kept_none)
    expect(page.locator(".welcome")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("body.kept-drawer")).to_have_count(0)
    for _ in range(2):
        ask(page, "第30段")
        page.locator("#clear").click()
        expect(page.locator(".welcome")).to_be_visible()
    every = drawer(page).locator(".kept-all")
    expect(names(page)).to_have_count(2)
    every.click()
    expect(every).to_have_text("确认删除全部")
    assert len(conversations_of(own_app).list()) == 2
    every.click()
    expect(page.locator("#kept-list .hint")).to_have_text(ZH.kept_none)
    assert conversations_of(own_app).list() == []


def test_two_tabs_on_one_conversation_and_one_deleted_in_the_other(own_app: App, page: Page, chromium: Browser) -> None:
    opened(page, own_app)
    ask(page, "第12(c)段")
    other = page.context.new_page()
    opened(other, own_app)
    drawer(other)
    names(other).first.click()
    expect(other.locator(".turn")).to_have_count(1)
    ask(other, "第30段")
    ask(page, "第31段")
    (both,) = conversations_of(own_app).list()
    assert [t.question for t in conversations_of(own_app).open(both.id).turns] == ["第12(c)段", "第30段", "第31段"]
    conversations_of(own_app).delete(both.id)
    ask(page, "第32段")
    (begun,) = conversations_of(own_app).list()
    assert [t.question for t in conversations_of(own_app).open(begun.id).turns] == ["第32段"]


def test_an_answer_whose_report_is_gone_says_so_in_both_languages(own_app: App, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "rivers.txt"
    path.write_text(SECOND_REPORT, encoding="utf-8")
    library = own_app.assistant.library
    report = library.add(path)
    question = "枫桥水文站增设几台自动采样器？"
    conversations_of(own_app).new(kept_turn(question, own_app.assistant.ask(question)))
    library.remove(report.id)
    opened(page, own_app)
    drawer(page)
    names(page).first.click()
    turn = page.locator(".turn")
    expect(turn.locator(".remark.removed")).to_contain_text("已从报告库移除")
    expect(turn.locator(".answer")).to_contain_text("增设两台自动采样器")
    assert turn.locator("a.cite").count() == 0
    keep(page, "43-kept-removed")
    page.locator(".language").click()
    expect(turn.locator(".remark.removed")).to_contain_text("has been removed")
    drawer(page)
    expect(page.locator("#kept h2")).to_have_text(EN.kept)
    expect(page.locator("#kept li .kept-rename")).to_have_text("Rename")
    keep(page, "44-kept-en")
    page.keyboard.press("Escape")
    expect(ask(page, "第30段").locator("a.cite").first).to_be_visible()


def test_a_newer_version_of_what_was_cited_is_said_and_the_link_opens_the_old(
    own_app: App, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "rivers.txt"
    path.write_text(SECOND_REPORT, encoding="utf-8")
    library = own_app.assistant.library
    report = library.add(path)
    question = "枫桥水文站增设几台自动采样器？"
    conversations_of(own_app).new(kept_turn(question, own_app.assistant.ask(question)))
    path.write_text(SECOND_REPORT.replace("两台", "三台"), encoding="utf-8")
    library.replace(report.id, path)
    opened(page, own_app)
    drawer(page)
    names(page).first.click()
    expect(page.locator(".turn .remark.newer")).to_contain_text("已有新版")
    page.locator(".turn a.cite").first.click()
    expect(page.locator("#report mark").first).to_contain_text("两台自动采样器")
    expect(page.locator("#report .superseded")).to_be_visible()


def test_a_damaged_file_is_said_and_questions_are_answered_all_the_same(own_app: App, page: Page) -> None:
    damaged = own_app.assistant.settings.home / DATABASE
    damaged.write_bytes(b"no database " * 500)
    opened(page, own_app)
    expect(ask(page, "第12(c)段").locator("a.cite")).to_have_text(["第12(c)段"])
    expect(page.locator("#note .failed")).to_contain_text("回答没有保存到对话记录")
    drawer(page)
    expect(page.locator("#kept-list .failed")).to_contain_text("已损坏；请恢复它")
    keep(page, "45-kept-damaged")
    assert damaged.read_bytes() == b"no database " * 500


def test_nothing_is_kept_where_the_setting_says_so(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_KEEP_CONVERSATIONS", "false")
    assistant = Assistant.open(tmp_path / "home")
    blocks, address = launch(assistant, free_port())
    opened(page, App(address, assistant))
    ask(page, "第12(c)段")
    drawer(page)
    expect(page.locator("#kept-list .message")).to_have_text(ZH.not_keeping)
    assert not (tmp_path / "home" / DATABASE).exists()
    page.goto("about:blank")
    blocks.close(verbose=False)


def test_stopped_and_failed_turns_are_not_kept(assistant: Assistant) -> None:
    kept = KeptEvents(assistant, lambda error, language: str(error))
    session = Session()
    for state in ("stopped", "failed"):
        assert kept.keep(Turn("问", "半", state), session) == ""
    assert session.kept_in == ""
    assert Conversations(assistant.settings.home).list() == []


def test_the_list_shows_the_newest_and_says_how_many_more_there_are() -> None:
    every = [Kept(f"{n:08x}", f"<b>{n}", *["2026-01-02T03:04:05+00:00"] * 2, 1) for n in range(MAX_LISTED + 3)]
    html = kept_list_html(every, "zh")
    assert html.count("<li ") == MAX_LISTED
    assert ZH.kept_more.format(count=3) in html
    assert "<b>" not in html
    assert re.search(r"2026-01-0\d \d\d:\d\d", html)


def test_remarks_name_the_place_and_the_report_escaped() -> None:
    remark = Remark("changed", Address("r", Label.parse("12(c)")), "旧")
    for language, said in (("zh", "报告“甲&lt;i&gt;”中的第12(c)段"), ("en", "12 (c) of “甲&lt;i&gt;”")):
        html = turn_html(Turn("问", "答", "stopped", remarks=(remark,)), View(language, {"r": "甲<i>"}))  # type: ignore[arg-type]
        assert said in html
