"""The bytes of a text to its characters: which of the encodings that reports come in makes words of them.

Knows no format. A byte order mark decides, then strict UTF-8; older encodings are told apart by how many of the decoded
characters are among the commonest of their script: the wrong one of GB18030 and Big5 makes rare characters of common ones.
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import ParseError

MAX_BYTES = 50_000_000
_SCORED_BYTES = 200_000
_ENOUGH = 0.3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党"
    "程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被"
    "干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更"
    "单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研"
    "界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消"
    "构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁"
    "款项案审判附境权护缔届召席秘联决国责任缴贸税"
    "這為個時來們會產種麼後過說經發動對學國無當與實體機點從業還開應關間樣進條問題數質氣論將組見計別運農幾區強決戰術極聯認權證轉單"
    "場車務萬達積議聲報鬥類離華確張節話況傳許廣記須際驗連斷難維約歷號準劃選標寫親層狀專識適屬滿縣參細聽該鐵項審護締屆責繳貿稅員規"
    "動門長東馬風頭電書總結統領導濟階據處隊給設變線義兩現產黨團構幹復辦備億鄉區討協紀錄"
)
_CJK_SIGNS = frozenset("，。、；：？！“”‘’（）《》「」『』〈〉【】—…·　％０１２３４５６７８９")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё")
_RUSSIAN_SIGNS = frozenset("«»—–№“”„’‘…§°\xa0")
_LATIN_SIGNS = frozenset("¿¡«»“”‘’„–—…•°§€£·©®\xa0\xad")
_OLDER: Mapping[str, tuple[str, ...]] = {
    "gb18030": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "windows-1251": ("cp1251",),
    "windows-1252": ("cp1252", "latin-1"),
}
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb-2312": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252"}
_DECLARED |= {"latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "big5": "cp950", "big5-hkscs": "big5hkscs"}
NAMES = "UTF-8, UTF-16, GB18030, Big5, windows-1251 or windows-1252"


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Return the characters of a text file.

    Raises:
        ParseError: the file is empty, larger than `max_bytes`, binary, or in none of the encodings.
    """
    return decoded(read_bytes(path, max_bytes), path)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the content of a file of text.

    Raises:
        ParseError: the file is empty or larger than `max_bytes`.
    """
    size = path.stat().st_size
    if size == 0:
        raise ParseError(path, "expected the text of a report, found an empty file")
    if size > max_bytes:
        raise ParseError(
            path, f"expected at most {max_bytes // 1_000_000} MB of text, found {size / 1e6:.0f} MB; split it"
        )
    return path.read_bytes()


def decoded(data: bytes, path: Path, declared: str = "") -> str:
    """Return the characters that `data` are.

    Args:
        data: the bytes of the whole text.
        path: names the source in errors.
        declared: the encoding that the text says of itself, believed where the bytes allow it and are not UTF-8.

    Raises:
        ParseError: the bytes are in none of the encodings, or have control characters.
    """
    text = _by_mark(data, path)
    if text is None and declared and _strict(data, "utf-8") is None:
        text = _strict(data, _DECLARED.get(declared.lower(), declared))
    if text is None:
        text = _detected(data, path)
    control = _CONTROL.search(text)
    if control:
        reason = f"expected text, found the control character U+{ord(control[0]):04X}: this is a binary file"
        raise ParseError(path, reason, text.count("\n", 0, control.start()) + 1)
    return text


def detect(data: bytes) -> str | None:
    """Return the encoding of `data` without a byte order mark, as Python names it; None where none makes words of them."""
    utf16 = _utf16_by_zeros(data)
    if utf16:
        return utf16
    if _strict(data, "utf-8") is not None:
        return "utf-8"
    found: list[tuple[float, str, str]] = []
    for name, codec, score in (
        *((n, c, _han_score) for n in ("gb18030", "big5") for c in _OLDER[n]),
        *(("windows-1251", c, _cyrillic_score) for c in _OLDER["windows-1251"]),
        *(("windows-1252", c, _latin_score) for c in _OLDER["windows-1252"]),
        *((c, c, _han_score) for c in ("utf-16-le", "utf-16-be")),
    ):
        if _strict(data, codec) is None or any(name == n for _, n, _ in found):
            continue
        found.append((score(_strict(data[:_SCORED_BYTES], codec, final=False) or ""), name, codec))
    best = max(found, default=(0.0, "", ""))
    return best[2] if best[0] >= _ENOUGH else None


def _by_mark(data: bytes, path: Path) -> str | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text = _strict(data, codec)
            if text is None:
                raise ParseError(
                    path,
                    f"expected {codec.upper()} after its byte order mark, found bytes that are not; save it as UTF-8",
                )
            return text
    return None


def _detected(data: bytes, path: Path) -> str:
    codec = detect(data)
    if codec is not None:
        text = _strict(data, codec)
        assert text is not None
        return text
    at = _first_bad_byte(data)
    reason = f"expected text in {NAMES}, found byte 0x{data[at]:02x} at offset {at:,}, which is none of them; save it as UTF-8"
    raise ParseError(path, reason, data.count(b"\n", 0, at) + 1)


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _strict(data: bytes, codec: str, final: bool = True) -> str | None:
    """Return `data` decoded, or None where it is not of this encoding or there is none of this name."""
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(data, final)
    except (UnicodeError, LookupError):
        return None


def _utf16_by_zeros(data: bytes) -> str | None:
    """Return the byte order of UTF-16 text whose ASCII characters leave zeros at every other place."""
    if len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < 2 or min(even, odd) > 0.02 * max(even, odd):
        return None
    codec = "utf-16-be" if even > odd else "utf-16-le"
    text = _strict(data, codec)
    return codec if text is not None and _plausible(text) else None


def _plausible(text: str) -> bool:
    """Whether almost all characters of `text` are letters, figures, signs and spaces of the scripts that reports use."""
    usual = sum(c in "\r\n\t\f" or (c.isprintable() and unicodedata.category(c) not in ("Co", "Cn")) for c in text)
    return not _CONTROL.search(text) and usual > 0.95 * len(text)


def _han_score(text: str) -> float:
    """Return the share of common Han characters and Chinese signs among the characters beyond ASCII."""
    beyond = [c for c in text if not c.isascii()]
    return sum(c in _COMMON_HAN or c in _CJK_SIGNS for c in beyond) / len(beyond) if beyond else 0.0


def _cyrillic_score(text: str) -> float:
    """Return the share of Russian letters and signs, where words are not of mixed case, beyond ASCII."""
    beyond = [c for c in text if not c.isascii()]
    if not beyond:
        return 0.0
    good = sum(c.lower() in _COMMON_CYRILLIC or c in _RUSSIAN_SIGNS for c in beyond)
    mixed = len(re.findall(r"[а-яё][А-ЯЁ]", text))
    frequent = sum(c in "оеаинтсрвл" for c in beyond) / len(beyond)
    return (good - 3 * mixed) / len(beyond) * min(1.0, 2 * frequent)


def _latin_score(text: str) -> float:
    """Return the share of the accented letters and signs of French and Spanish that stand as they do there, beyond ASCII."""
    beyond = [c for c in text if not c.isascii()]
    if not beyond or len(beyond) > 0.3 * len(text):
        return 0.0
    letters = len(re.findall(r"(?<![^\x00-\x7f])[àâäáçéèêëíîïñóôöœùûüúß](?![^\x00-\x7f«»’”])", text))
    first = len(re.findall(r"(?<!\w)[ÀÁÂÇÉÈÊËÍÎÏÑÓÔÖŒÙÛÜÚ]|[A-Z][ÀÁÂÇÉÈÊËÍÎÏÑÓÔÖŒÙÛÜÚ]|(?<=\w)[ªº]", text))
    signs = sum(c in _LATIN_SIGNS for c in beyond)
    return min(1.0, (letters + first + signs) / len(beyond))
