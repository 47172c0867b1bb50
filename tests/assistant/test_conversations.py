"""Kept conversations: what comes back, by several processes at once, after damage, where nothing can be written."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conversations import conversations as module
from assistant.conversations.conversations import Conversations
from assistant.conversations.kept import KeptCitation, KeptTurn, kept_turn
from assistant.conversations.restoring import restored
from assistant.settings import load_settings
from corpus.errors import ConversationsError, EditError, UnknownConversation
from tests.ordinary_user import as_ordinary_user, let_in

EACH = 15


def turn(question: str = "港口的预算是多少？", text: str = "预算是[第1段](pincite://harbour/1)七百万元。") -> KeptTurn:
    return KeptTurn(question, question, text, (KeptCitation("pincite://harbour/1", "七百万元", ("一. 概况",)),))


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    (tmp_path / "home").mkdir()
    return Conversations(tmp_path / "home")


def test_a_conversation_comes_back_as_it_was_kept(kept: Conversations) -> None:
    first, second = turn(), replace(turn("那灯塔呢？"), rewritten="灯塔的预算是多少？", abstained=True, scope="2025")
    begun = kept.new(first)
    continued = kept.append(begun.id, second)
    found = Conversations(kept.home).open(begun.id)
    assert found.kept == continued
    assert [replace(t, time="") for t in found.turns] == [first, second]
    assert begun.created <= found.turns[0].time <= found.turns[1].time == continued.changed


def test_no_file_is_made_before_there_is_something_to_keep(kept: Conversations) -> None:
    assert kept.list() == []
    assert kept.delete_all() == 0
    with pytest.raises(UnknownConversation, match="none are kept"):
        kept.open("no")
    assert list(kept.home.iterdir()) == []


def test_the_list_begins_with_what_was_continued_last(kept: Conversations) -> None:
    a, b = kept.new(turn("甲？")), kept.new(turn("乙？"))
    assert [k.name for k in kept.list()] == ["乙？", "甲？"]
    kept.append(a.id, turn("丙？"))
    kept.rename(b.id, "改名不算继续")
    assert [k.name for k in kept.list()] == ["甲？", "改名不算继续"]


def test_the_name_is_made_from_the_first_question_on_one_line_and_short(kept: Conversations) -> None:
    empty = kept.new()
    assert empty.name == ""
    assert kept.append(empty.id, turn("一行\n\t二行？")).name == "一行 二行？"
    assert kept.append(empty.id, turn("别的？")).name == "一行 二行？"
    long = kept.new(turn("问" * 200)).name
    assert (len(long), long[-1]) == (60, "…")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"a", "b"}),
        ("浊度", {"a"}),
        ("濁度", {"a"}),
        ("BUDGET", {"b"}),
        ("ｂｕｄｇｅｔ seven", {"b"}),
        ("浊度 budget", set()),
        ("第1段", {"a", "b"}),
        ("pincite", set()),
        ("50%", {"b"}),
        ("5_%", set()),
        ("100", set()),
        ("unanswered", {"b"}),
    ],
)
def test_search_finds_words_in_questions_answers_and_names(kept: Conversations, search: str, found: set[str]) -> None:
    ids = {
        kept.new(turn("青溪的浊度是多少？")).id: "a",
        (b := kept.new(turn("What is the budget?", "50% of [第1段](pincite://r/1) seven."))).id: "b",
    }
    kept.rename(b.id, "unanswered")
    assert {ids[k.id] for k in kept.list(search)} == found


def test_a_deleted_conversation_leaves_nothing_in_any_file(kept: Conversations) -> None:
    gone, stays = kept.new(turn("秘密词语是什么？", "秘密词语。")), kept.new(turn())
    assert kept.delete(gone.id).name == "秘密词语是什么？"
    assert [k.id for k in kept.list()] == [stays.id]
    assert kept.open(stays.id).turns
    with pytest.raises(UnknownConversation, match=stays.id):
        kept.append(gone.id, turn())
    assert not [p for p in kept.home.iterdir() if "秘密词语".encode() in p.read_bytes()]
    assert kept.delete_all() == 1
    assert kept.list() == []


@pytest.mark.parametrize("change", [lambda k: k.open("x"), lambda k: k.rename("x", "名"), lambda k: k.delete("x")])
def test_an_unknown_id_is_a_sentence_that_lists_the_known(
    kept: Conversations, change: Callable[[Conversations], None]
) -> None:
    known = kept.new(turn())
    with pytest.raises(UnknownConversation, match=rf"found 'x'.*{known.id}"):
        change(kept)
    assert kept.list() == [known]


@pytest.mark.parametrize("name", ["", " \n", "长" * 101])
def test_a_name_that_cannot_be_given_changes_nothing(kept: Conversations, name: str) -> None:
    known = kept.new(turn())
    with pytest.raises(EditError, match="1 to 100 characters"):
        kept.rename(known.id, name)
    assert kept.list() == [known]


def test_beyond_the_limits_the_oldest_conversation_goes_and_no_turn_is_lost(
    kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_CONVERSATIONS", 3)
    monkeypatch.setattr(module, "MAX_TURNS_KEPT", 2)
    first = kept.new(turn("0"))
    others = [kept.new(turn(str(n))) for n in (1, 2)]
    kept.append(first.id, turn())
    fourth = kept.new(turn("3"))
    assert [k.id for k in kept.list()] == [fourth.id, first.id, others[1].id]
    with pytest.raises(ConversationsError, match="at most 2 turns"):
        kept.append(first.id, turn())
    assert len(kept.open(first.id).turns) == kept.open(first.id).kept.n_turns == 2
    monkeypatch.setattr(module, "MAX_ANSWER_CHARS", 10)
    with pytest.raises(ConversationsError, match="at most 10 characters"):
        kept.new(turn(text="字" * 11))
    assert len(kept.list()) == 3


def _keep_on(home: Path, conversation_id: str, name: str) -> None:
    kept = Conversations(home)
    for n in range(EACH):
        kept.append(conversation_id, turn(f"{name}{n}"))
        kept.new(turn(f"own {name}{n}"))


def test_two_processes_keep_at_once_and_nothing_is_lost(kept: Conversations) -> None:
    shared = kept.new(turn())
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_keep_on, args=(kept.home, shared.id, name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    asked = [t.question for t in kept.open(shared.id).turns][1:]
    assert sorted(asked) == sorted(f"{name}{n}" for name in "ab" for n in range(EACH))
    for name in "ab":
        assert [q for q in asked if q[0] == name] == [f"{name}{n}" for n in range(EACH)]
    assert len(kept.list()) == 1 + 2 * EACH


def test_two_processes_may_be_the_first(kept: Conversations) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.assistant.test_conversations import *\n"
        "Conversations(Path(sys.argv[1])).new(turn())"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(kept.home)]) for _ in range(2)]
    assert [process.wait(120) for process in running] == [0, 0]
    assert len(kept.list()) == 2


def test_what_was_kept_before_the_process_was_killed_is_there(kept: Conversations) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.assistant.test_conversations import *\n"
        "kept = Conversations(Path(sys.argv[1])); it = kept.new(turn())\n"
        "for n in range(10**6): kept.append(it.id, turn(str(n))); print(n, flush=True)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(kept.home)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout as said:
        told = [said.readline() for _ in range(5)]
        process.send_signal(signal.SIGKILL)
        told += said.readlines()
    process.wait()
    n_told = len([line for line in told if line.endswith("\n")])
    found = kept.open(kept.list()[0].id)
    assert found.kept.n_turns == len(found.turns) >= 1 + n_told >= 6
    assert kept.append(found.kept.id, turn()).n_turns == len(found.turns) + 1


@pytest.mark.parametrize("damage", [b"no database at all" * 300, None])
def test_a_damaged_file_is_said_to_be_so_and_stays(kept: Conversations, damage: bytes | None) -> None:
    known = kept.new(turn())
    kept.close()
    content = bytearray(kept.path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    kept.path.write_bytes(damage or bytes(content))
    before = kept.path.read_bytes()
    for use in (
        kept.list,
        lambda: kept.open(known.id),
        lambda: kept.new(turn()),
        lambda: kept.append(known.id, turn()),
    ):
        with pytest.raises(ConversationsError, match="damaged file; restore it, or move it"):
            use()
    assert kept.path.read_bytes() == before
    kept.path.rename(kept.home / "damaged")
    assert kept.new(turn()).n_turns == 1


def test_a_file_put_back_while_it_is_used_is_read_anew(kept: Conversations) -> None:
    kept.new(turn("一"))
    other = Conversations(kept.home.parent)
    other.new(turn("二"))
    other.close()
    for path in kept.home.iterdir():
        path.unlink()
    other.path.rename(kept.path)
    assert [k.name for k in kept.list()] == ["二"]


def test_a_file_of_a_newer_release_is_refused_and_left_alone(kept: Conversations) -> None:
    kept.new(turn())
    kept.close()
    with sqlite3.connect(kept.path) as connection:
        connection.execute("UPDATE conversations_state SET value = '99'")
    connection.close()
    with pytest.raises(ConversationsError, match="found 99: a newer Pincite made them"):
        kept.new(turn())
    with pytest.raises(ConversationsError, match="found 99"):
        kept.list()


def test_where_nothing_can_be_written_the_old_are_read_and_new_are_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    owner = Conversations(home)
    known = owner.new(turn())
    owner.close()
    private = (home / "conversations.sqlite3").stat().st_mode
    (home / "conversations.sqlite3").chmod(0o444)
    home.chmod(0o555)
    let_in(home)

    def work() -> None:
        kept = Conversations(home)
        assert kept.list() == [known]
        assert kept.open(known.id).turns
        for write in (lambda: kept.new(turn()), lambda: kept.append(known.id, turn()), kept.delete_all):
            with pytest.raises(ConversationsError, match="questions are answered all the same"):
                write()

    as_ordinary_user(work)
    (home / "conversations.sqlite3").chmod(private)

    def another() -> None:
        with pytest.raises(ConversationsError, match="Permission denied; questions are answered all the same"):
            Conversations(home).list()

    if os.geteuid() == 0:  # else the one who reads is the owner
        as_ordinary_user(another)
    home.chmod(0o755)
    assert Conversations(home).list() == [known]


def test_only_the_owner_can_read_the_file(kept: Conversations) -> None:
    kept.new(turn())
    modes = {p.name: p.stat().st_mode & 0o077 for p in kept.home.iterdir() if p.name.startswith("conversations")}
    assert set(modes.values()) == {0}


def test_the_setting(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}).keep_conversations is True
    assert load_settings(tmp_path, {"PINCITE_KEEP_CONVERSATIONS": "false"}).keep_conversations is False


def test_an_old_answer_stands_again_and_goes_on_as_history(assistant: Assistant, second_report: Path) -> None:
    assistant.library.add(second_report)
    kept, questions = (
        Conversations(assistant.settings.home),
        ("港口照明改造的预算是多少？", "请推荐一家纽约的餐厅", "第30段"),
    )
    answers = [assistant.ask(q) for q in questions]
    begun = kept.new(*(kept_turn(q, a) for q, a in zip(questions, answers, strict=True)))
    assistant.library.rebuild()
    found = restored(kept.open(begun.id).turns, assistant.library)
    assert [(r.answer.text, r.answer.citations, r.answer.abstained) for r in found] == [
        (a.text, a.citations, a.abstained) for a in answers
    ]
    assert not any(r.remarks for r in found)
    assert [h.address for h in found[1].answer.hits] == [h.address for h in answers[1].hits[:5]] != []
    history = [(r.turn.question, r.answer) for r in found]
    again = list(zip(questions, answers, strict=True))
    assert assistant.ask("下一段", history).citations == assistant.ask("下一段", again).citations != ()


def test_what_was_cited_and_is_gone_changed_or_renewed_is_said(assistant: Assistant, second_report: Path) -> None:
    report = assistant.library.add(second_report)
    answer = assistant.ask("港口照明改造的预算是多少？")
    old = kept_turn("预算？", answer)
    assert {c.report for c in answer.citations} == {report.id}

    (altered,) = restored(
        [replace(old, citations=(KeptCitation(old.citations[0].link, "八百万元"),))], assistant.library
    )
    assert [(r.kind, r.quote) for r in altered.remarks] == [("changed", "八百万元")]
    assert altered.answer.citations == ()
    assert "pincite://" not in altered.answer.text

    assistant.library.edit(report.id, id="renamed")
    (renamed,) = restored([old], assistant.library)
    assert {c.report for c in renamed.answer.citations} == {"renamed"}
    assert renamed.remarks == ()

    corrected = second_report.with_name("corrected.txt")
    corrected.write_text(second_report.read_text(encoding="utf-8").replace("七百万", "九百万"), encoding="utf-8")
    assistant.library.replace("renamed", corrected)
    (newer,) = restored([old], assistant.library)
    assert [r.kind for r in newer.remarks] == ["newer"]
    assert newer.answer.citations[0].quote == old.citations[0].quote

    assistant.library.remove("renamed")
    (gone,) = restored([old], assistant.library)
    assert [r.kind for r in gone.remarks] == ["removed"]
    assert gone.answer.citations == ()
    assert old.citations[0].quote in gone.answer.text
    assert "pincite://" not in gone.answer.text


def test_a_turn_written_by_hand_with_links_of_any_kind_never_fails(assistant: Assistant) -> None:
    text = "一 [甲](pincite://no/1) [乙](pincite://) [丙](pincite://un-space-meeting-38.zh/12%28c%29)"
    (found,) = restored(
        [KeptTurn("问", "问", text, (KeptCitation("pincite://", "甲"),), short="乙")], assistant.library
    )
    assert found.answer.citations == ()
    assert "pincite://" not in found.answer.text


def test_keeping_waits_for_a_writer_that_is_at_work(kept: Conversations) -> None:
    it = kept.new(turn())
    code = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE')\n"
        "print(flush=True); time.sleep(1); c.execute('COMMIT')"
    )
    holding = subprocess.Popen([sys.executable, "-c", code, str(kept.path)], stdout=subprocess.PIPE)
    assert holding.stdout
    with holding.stdout as said:
        said.readline()
        assert kept.append(it.id, turn()).n_turns == 2
    assert holding.wait(30) == 0
