"""The sentences Pincite says itself, in Chinese and English. Everything else in an answer is the report's own words."""

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
    "separator": {"zh": "、", "en": ", "},
    "ellipsis": {"zh": "……", "en": " … "},
    "range": {"zh": "第{first}至第{last}段", "en": "paragraphs {first} to {last}"},
    "single": {"zh": "第{first}段", "en": "paragraph {first}"},
}


def say(key: str, language: Language, **values: str) -> str:
    """Return the sentence `key` in `language` with `values` filled in."""
    return WORDING[key][language].format(**values)
