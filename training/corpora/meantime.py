"""MEANTIME, English: names of persons, organisations and places in the first six sentences of Wikinews reports."""
import tarfile
import xml.etree.ElementTree as xml

from .gum import TITLES

KIND = {"PER": "person", "ORG": "organisation", "LOC": "place", "PRO": "other", "FIN": "other"}
CLOSE = {",", ".", ";", ":", "!", "?", ")", "'s", "’s", "'", "%", "n't"}


def load(root):
    """Yields (id, text, names as (first code point, end, kind), spans of which nothing is known)."""
    with tarfile.open(f"{root}/meantime/meantime_en_dev.tar.gz") as tar:
        for member in sorted(n for n in tar.getnames() if n.endswith(".xml")):
            yield (member, *report(xml.fromstring(tar.extractfile(member).read())))


def report(tree):
    text, spans, sentence = "", {}, None
    for t in tree.iter("token"):
        if int(t.get("sentence")) > 6:
            break
        if sentence is not None and t.get("sentence") != sentence:
            text += "\n"
        elif text and t.text not in CLOSE and not text.endswith("("):
            text += " "
        sentence = t.get("sentence")
        spans[t.get("t_id")] = (len(text), len(text) + len(t.text), t.text)
        text += t.text
    kinds = {e.get("m_id"): KIND.get(e.get("ent_type")) for e in tree.iter("ENTITY")}
    kind_of = {}
    for link in tree.iter("REFERS_TO"):
        for s in link.findall("source"):
            kind_of[s.get("m_id")] = kinds.get(link.find("target").get("m_id"))
    names, left = [], []
    for m in tree.iter("ENTITY_MENTION"):
        words = [spans[a.get("t_id")] for a in m.findall("token_anchor") if a.get("t_id") in spans]
        kind = kind_of.get(m.get("m_id"))
        if m.get("syntactic_type") in ("NAM", "PRE.NAM") and kind:
            while words and (words[0][2].lower() == "the" or kind == "person" and words[0][2].lower() in TITLES):
                words = words[1:]
            while words and words[-1][2] in CLOSE:
                words = words[:-1]
            if words:
                names.append((words[0][0], words[-1][1], kind))
        elif words and m.get("syntactic_type") not in ("NOM", "PRO"):
            left.append((words[0][0], words[-1][1]))
    return text, names, left
