"""Text to words, features and word pieces: sections 1 to 6 of CONTRACT.md, which the program does likewise."""
import unicodedata

import regex

ABBREVIATIONS = set("""Mr Mrs Ms Dr Prof Rev Hon Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Adm Brig Gov Sen Rep Reps Sens
Pres Amb Atty Supt Insp Messrs St Ste Mt Ft Jr Sr Esq Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Co Corp Inc Ltd Bros
vs etc al approx dept Dept Univ Ave Blvd Rd No Nos Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich
Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo""".split())
ABBREVIATIONS |= {a.upper() for a in ABBREVIATIONS}
UNITS = {"am", "pm", "km", "kg", "cm", "mm", "m", "bn", "mn", "k"}
AFTER_DOTTED = set("The A An In On At He She It They We But And Mr Mrs Ms".split())
L = r"[\p{L}\p{M}]"
LN = r"[\p{L}\p{M}\p{Nd}_]"
URL = regex.compile(r"(?i)(https?://|www\.)[^\s<>\"“”]+")
MAIL = regex.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)+")
HANDLE = regex.compile(rf"[@#][\p{{L}}\p{{M}}_]{LN}*")
CLITIC = regex.compile(rf"(?i)['’](s|re|ve|ll|d|m)(?![\p{{L}}\p{{M}}\p{{Nd}}])")
NUMBER = regex.compile(r"\p{Nd}+(?:[.,:/]\p{Nd}+)*")
DOTTED = regex.compile(rf"(?:{L}\.){{2,}}(?:{L}(?![\p{{L}}\p{{M}}\p{{Nd}}.]))?|{L}\.{L}(?![\p{{L}}\p{{M}}\p{{Nd}}.])")
RUN_OF_LETTERS = regex.compile(rf"{L}+")
INITIAL = regex.compile(r"(?=[\p{Lu}])[^I]\.")
AMPERSAND = regex.compile(r"[A-Z]+&[A-Z]+")
WORD = regex.compile(rf"{LN}+(?:['’]{L}{LN}*)*")
TAIL = regex.compile(r"(?i)['’](s|re|ve|ll|d|m)$")
NOT = regex.compile(rf"(?i){L}n['’]t$")
RUN = regex.compile(r"([.\-!?*=_~])\1+|''|``")


def paragraphs(text):
    """Half-open ranges of the text's lines."""
    start = 0
    for i, c in enumerate(text):
        if c in "\n\r":
            yield start, i
            start = i + 1
    yield start, len(text)


def quoted(text):
    """For each character: does it stand between quotation marks?"""
    mask = [False] * len(text)
    for a, b in paragraphs(text):
        double = single = None
        skip = False
        for i in range(a, b):
            if skip:
                skip = False
                continue
            c = text[i]
            before = text[i - 1] if i > a else " "
            after = text[i + 1] if i + 1 < b else " "
            if c == "'" and after == "'":
                c, skip = '"', True
            elif c == "`" and after == "`":
                c, skip = "“", True
            if c in "“„‟«":
                double = i if double is None else double
            elif c in "”»" or c in "\"＂":
                if double is not None:
                    mask[double + 1:i] = [True] * (i - double - 1)
                    double = None
                elif c in "\"＂":
                    double = i
            elif double is None and c in "'‘’":
                if single is None and c != "’" and not before.isalnum() and (after.isalnum() or after == "["):
                    single = i
                elif single is not None and c != "‘" and not before.isspace() and not after.isalnum():
                    mask[single + 1:i] = [True] * (i - single - 1)
                    single = None
        if double is not None:
            mask[double + 1:b] = [True] * (b - double - 1)
    return mask


def next_word_starts(text, i, b, test):
    """Is there white space at i and then, in the same paragraph, a character that passes the test?"""
    j = i
    while j < b and text[j].isspace():
        j += 1
    return i < j < b and test(text[j])


def is_letter_or_digit(c):
    return regex.match(r"[\p{L}\p{M}\p{Nd}]", c) is not None


def words(text):
    """Half-open character ranges of the words, and the set of those whose final dot belongs to an abbreviation."""
    out, dotted = [], set()

    def add(a, b, abbreviation=False):
        if abbreviation:
            dotted.add(len(out))
        out.append((a, b))

    for pa, pb in paragraphs(text):
        i = pa
        while i < pb:
            if text[i].isspace():
                i += 1
                continue
            end = i
            while end < pb and not text[end].isspace():
                end += 1
            i0 = i
            while i < end:
                behind = i > i0 and is_letter_or_digit(text[i - 1])
                if m := URL.match(text, i, end):
                    j = m.end()
                    while text[j - 1] in ".,;:!?)]'’\"”":
                        j -= 1
                    add(i, j)
                    i = j
                elif m := MAIL.match(text, i, end):
                    add(i, m.end())
                    i = m.end()
                elif not behind and (m := HANDLE.match(text, i, end)):
                    add(i, m.end())
                    i = m.end()
                elif i > i0 and (m := CLITIC.match(text, i, end)):
                    add(i, m.end())
                    i = m.end()
                elif m := NUMBER.match(text, i, end):
                    j = m.end()
                    t = RUN_OF_LETTERS.match(text, j, end)
                    if t and t.group().lower() not in UNITS:
                        while j < end and is_letter_or_digit(text[j]):
                            j += 1
                    add(i, j)
                    i = j
                elif not behind and (m := DOTTED.match(text, i, end)):
                    add(i, m.end(), m.group().endswith("."))
                    i = m.end()
                elif (m := RUN_OF_LETTERS.match(text, i, end)) and text[m.end():m.end() + 1] == "." and m.end() < end and (
                        (m.group() in ABBREVIATIONS and (m.group().upper() not in ("NO", "NOS")
                         or next_word_starts(text, m.end() + 1, pb, str.isdecimal)))
                        or (m.group() == "Ph" and text[i:i + 5] == "Ph.D.")):
                    j = i + 5 if m.group() == "Ph" else m.end() + 1
                    add(i, j, True)
                    i = j
                elif not behind and (m := INITIAL.match(text, i, end)) and next_word_starts(text, m.end(), pb, str.isupper):
                    add(i, m.end(), True)
                    i = m.end()
                elif m := AMPERSAND.match(text, i, end):
                    add(i, m.end())
                    i = m.end()
                elif m := WORD.match(text, i, end):
                    w, j = m.group(), m.end()
                    if NOT.search(w) and len(w) > 3:
                        add(i, j - 3)
                        add(j - 3, j)
                    elif t := TAIL.search(w):
                        add(i, i + t.start())
                        j = i + t.start()
                    elif w.lower() == "cannot":
                        add(i, i + 3)
                        add(i + 3, j)
                    else:
                        add(i, j)
                    i = j
                elif m := RUN.match(text, i, end):
                    add(i, m.end())
                    i = m.end()
                else:
                    add(i, i + 1)
                    i += 1
    return out, dotted


def sentences(text, ranges, dotted):
    """Half-open word ranges of the sentences, by the simple rule of section 4."""
    out, start = [], 0
    ends = [b for _, b in paragraphs(text)]
    p = 0
    for k, (a, b) in enumerate(ranges):
        while a >= ends[p] and p + 1 < len(ends):
            p += 1
        last = k + 1 == len(ranges) or ranges[k + 1][0] >= ends[p]
        stop = last
        if not last:
            j = k
            while j > start and text[ranges[j][0]:ranges[j][1]] in ('"', "'", "”", "’", ")", "]", "''") \
                    and ranges[j - 1][1] == ranges[j][0]:
                j -= 1
            w = text[ranges[j][0]:ranges[j][1]]
            following = text[ranges[k + 1][0]:ranges[k + 1][1]]
            opens = following[0].isupper() or following[0].isdecimal() or following[0] in "\"“'‘([" or following == "``"
            if b < ranges[k + 1][0] and opens:
                if set(w) <= set(".!?…") and w:
                    stop = True
                elif j in dotted and DOTTED.fullmatch(w) and w.endswith(".") and following in AFTER_DOTTED:
                    stop = True
        if stop:
            out.append((start, k + 1))
            start = k + 1
    return out


def case_of(word):
    upper = sum(c.isupper() for c in word)
    lower = sum(c.islower() for c in word)
    if upper == 0:
        return 0
    if upper == 1 and next(c for c in word if c.isupper() or c.islower()).isupper():
        return 1
    return 2 if lower == 0 else 3


def is_punctuation(c):
    return "!" <= c <= "/" or ":" <= c <= "@" or "[" <= c <= "`" or "{" <= c <= "~" or unicodedata.category(c)[0] == "P"


class Pieces:
    """BERT's uncased word pieces of single words."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.names = [line.rstrip("\n") for line in f]
        self.ids = {p: i for i, p in enumerate(self.names)}
        self.pad, self.unk, self.cls, self.sep = (self.ids[x] for x in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"))
        self.seen = {}

    def __call__(self, word):
        got = self.seen.get(word)
        if got is None:
            got = self.seen[word] = self.split(word)
        return got

    def split(self, word):
        word = "".join(c for c in word if unicodedata.category(c) not in ("Cc", "Cf") and c != "\ufffd")
        word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        parts, run = [], ""
        for c in word:
            if is_punctuation(c) or c.isspace():
                parts += [run] if run else []
                parts += [] if c.isspace() else [c]
                run = ""
            else:
                run += c
        parts += [run] if run else []
        out = []
        for part in parts:
            out += self.greedy(part)
        return out[:12] or [self.unk]

    def greedy(self, part):
        if len(part) > 100:
            return [self.unk]
        out, i = [], 0
        while i < len(part):
            for j in range(len(part), i, -1):
                k = self.ids.get(("##" if i else "") + part[i:j])
                if k is not None:
                    out.append(k)
                    i = j
                    break
            else:
                return [self.unk]
        return out


def cut_vocabulary(source, target):
    """Drops unused pieces and those of other scripts; returns the kept pieces, in the new order."""
    names = []
    with open(source, encoding="utf-8") as f:
        for line in f:
            p = line.rstrip("\n")
            if p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"):
                names.append(p)
                continue
            if p.startswith("[") and p.endswith("]") and len(p) > 2:
                continue
            body = p[2:] if p.startswith("##") else p
            if all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in body):
                names.append(p)
    with open(target, "w", encoding="utf-8") as f:
        f.write("".join(n + "\n" for n in names))
    return names


if __name__ == "__main__":
    t = "“We can't cross,” Gen. A. Dé-Brí of the U.S. said on Jan. 5 at 5pm. The AT&T crew's U.S. base lost $1,200.50... No. 7 isn’t 'theirs' — O'Neill's."
    r, d = words(t)
    print([t[a:b] for a, b in r])
    print([[t[r[k][0]:r[k][1]] for k in range(a, b)] for a, b in sentences(t, r, d)])
