"""The sentences Pincite says itself, in Chinese and English. Everything else in an answer is the report's own words."""

import re
from collections.abc import Mapping

from corpus.label import Language

WORDING: Mapping[str, Mapping[Language, str]] = {
    "no_such_label": {
        "zh": "{report}没有{label}。它的编号是：{range}。",
        "en": "{report} has no {label}. It has {range}.",
    },
    "term_absent": {
        "zh": "报告里没有出现“{terms}”，因此无法据以回答这个问题。",
        "en": "The reports nowhere mention “{terms}”, so they do not answer this question.",
    },
    "not_together": {
        "zh": "报告提到了“{terms}”，但没有任何一段回答这个问题。",
        "en": "The reports mention “{terms}”, but no paragraph answers this question.",
    },
    "nothing_near": {
        "zh": "报告里没有找到能回答这个问题的段落。",
        "en": "No paragraph of the reports answers this question.",
    },
    "nearest": {"zh": "最接近的段落：", "en": "Nearest paragraphs: "},
    "no_reports": {
        "zh": "报告库是空的。请先添加一份报告。",
        "en": "The library holds no report. Add one first.",
    },
    "empty_question": {"zh": "请输入一个问题。", "en": "Please ask a question."},
    "thanks": {"zh": "不客气。还想查报告里的哪一段？", "en": "You are welcome. Which paragraph next?"},
    "hello": {
        "zh": "您好。请就报告提问，我会引用原文并注明段号；也可以直接写段号，如第12(c)段。",
        "en": "Hello. Ask about the report: answers quote it and cite the paragraph. Or name a place, such as para. 12 (c).",
    },
    "separator": {"zh": "、", "en": ", "},
    "ellipsis": {"zh": "……", "en": " … "},
    "not_there": {"zh": "报告没有{labels}。", "en": "The report has no {labels}."},
    "cut": {"zh": "以上为前 {shown} 处，共 {total} 处。", "en": "These are the first {shown} of {total}."},
}

_SMALL_TALK = {
    "thanks": re.compile(
        r"(?:好的?|行|嗯|ok|okay)?[，,。. ]*(?:多谢|谢谢?|感谢|thanks?(?: you)?|thx)"
        r"(?:你|您|啦|了|very much|a lot)?[！!。. ]*",
        re.IGNORECASE,
    ),
    "hello": re.compile(
        r"(?:你好|您好|嗨|早上好|下午好|hi|hello)[啊呀]?[！!。. ]*|[你您](?:能|会|可以)做什么[？?]?|what can you do\??",
        re.IGNORECASE,
    ),
}


def reply_to_small_talk(question: str, language: Language) -> str | None:
    """Return the reply to thanks, a greeting or “what can you do”; None for anything that is a question of a report."""
    for key, pattern in _SMALL_TALK.items():
        if pattern.fullmatch(question.strip()):
            return say(key, language)
    return None


def say(key: str, language: Language, **values: str) -> str:
    """Return the sentence `key` in `language` with `values` filled in."""
    return WORDING[key][language].format(**values)
