"""Greetings, thanks, farewells and questions about Pincite itself, in Chinese and English; a question of a report is none of them.

Words are taken for small talk only where nothing but small talk stands there: “你好，第30段说了什么” is a question.
"""

import re

from assistant.wording import say
from corpus.label import Language

_ADDRESS = r"(?:你们?|您|大家|各位|pincite|小助手|助手|there|everyone|all)"
_PARTICLE = r"[啊呀哈啦了呢吗吧哦喔哟嘛~～]*"
_HELLO = (
    rf"(?:{_ADDRESS}好|哈[喽啰罗]|嗨|喂|在吗|在不在|(?:早上|上午|中午|下午|晚上|早)好?|早安|晚安"
    rf"|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day|night)){_PARTICLE}(?: {_ADDRESS})?"
)
_THANKS = (
    rf"(?:非常|太|十分|多|真是)?(?:感谢|谢谢?){_ADDRESS}?{_PARTICLE}|(?:多谢|辛苦|麻烦){_ADDRESS}?了?|3q|thx|ty|cheers"
    r"|(?:many )?thanks?(?: you)?(?: (?:so |very )?much| a lot| again)*(?: for (?:your|the) (?:help|answer|information))?"
)
_OK = (
    r"好的?|行|可以|嗯+|哦|明白了?|知道了|清楚了|懂了|原来如此|没(?:有)?(?:别的|其他)?(?:事|问题)了"
    r"|ok(?:ay)?|i see|got it|understood|great|perfect|all right"
)
_PRAISE = (
    r"(?:很|真|非常|太)(?:好|棒|不错|有用|有帮助)了?"
    r"|well done|good job|very (?:good|helpful|useful)|(?:that is|that's|that was) (?:very )?(?:good|great|helpful|useful)"
)
_BYE = (
    r"(?:再见|拜拜?|再会|回头见|下次见|先这样|就这样)[啦了吧]?"
    r"|good ?bye|bye(?: bye)?|see you(?: later| soon)?|that is all|that's all"
)
_ABLE = (
    r"(?:请问)?(?:你|您|pincite)(?:都|还)?(?:能|会|可以)(?:帮我|为我|帮忙)?(?:做|干|回答)(?:些|点)?(?:什么|啥|哪些事?)(?:事情?|问题)?"
    r"|(?:你|您)有(?:什么|哪些)(?:功能|用处|本事)|(?:你|您)?(?:怎么|如何)(?:用|使用)(?:你|您|pincite)?|使用(?:说明|帮助)|帮助"
    r"|what (?:can|do) you do|what can i ask(?: you)?|how (?:do|can) (?:i|you) use (?:this|you|it|pincite)"
    r"|how does (?:this|it) work|help(?: me)?|can you help(?: me)?"
)
_WHO = (
    r"(?:请问)?(?:你|您)(?:到底)?是(?:谁|什么|哪位|机器人|人吗|真人|ai|人工智能)(?:吗|还是.{1,6})?"
    r"|(?:你|您)叫什么(?:名字)?|(?:请)?(?:介绍|说说)(?:一下)?(?:你|您)(?:自己)?|自我介绍"
    r"|who are you|what are you|what is your name|what's your name|are you (?:a )?(?:human|robot|bot|an? ai|real|chatgpt)"
    r"|tell me about yourself|introduce yourself"
)
_KINDS = {"who": _WHO, "able": _ABLE, "bye": _BYE, "thanks": _THANKS, "hello": _HELLO, "praise": _PRAISE, "well": _OK}
"""Each kind and its forms; where several stand together, the first of this order is answered."""
_BETWEEN = re.compile(r"[\s，,。.！!？?、；;~～…:：]+")
_FORMS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _KINDS.items()}
_MAX_PARTS = 4
_MAX_CHARS = 80


def reply_to_small_talk(question: str, language: Language) -> str | None:
    """Return the reply to small talk, as a person would give it; None for anything that asks something of a report."""
    kinds = _kinds_of(question)
    if not kinds:
        return None
    return say(next(kind for kind in _KINDS if kind in kinds), language)


def _kinds_of(question: str) -> set[str]:
    """Return what kinds of small talk a question is made of; none where any of it is something else."""
    whole = _BETWEEN.sub(" ", question).strip()
    if not whole or len(whole) > _MAX_CHARS:
        return set()
    if kind := _kind(whole):
        return {kind}
    parts = [part for part in _BETWEEN.split(question) if part]
    if len(parts) > _MAX_PARTS and not whole.isascii():
        return set()
    pieces = [piece.strip() for piece in re.split(r"[，,。.！!？?、；;~～…:：\n]+", question) if piece.strip()]
    found = [_kind(piece) for piece in pieces] if len(pieces) > 1 else [_kind(part) for part in parts]
    return {kind for kind in found if kind} if found and all(found) else set()


def _kind(words: str) -> str | None:
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(words.strip())), None)
