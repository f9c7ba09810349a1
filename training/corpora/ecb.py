"""ECB+ training topics: names of persons, organisations and places in the sentences that were annotated in full."""
import csv
import io
import tarfile
import xml.etree.ElementTree as ET

from .docred import demonyms, doubt_capitals, label_name
from .document import from_tokens
from .events import FUNCTION

TRAIN = {1, 3, 4, *range(6, 12), 13, 14, 16, 19, 20, 22, *range(24, 34)}
KIND = {"HUMAN_PART_PER": "person", "HUMAN_PART_ORG": "organisation", "LOC_GEO": "place"}


def load(root):
    adjectives = demonyms(root)
    with tarfile.open(f"{root}/ecbplus/ecbplus_topics_1-35.tar.gz") as tar:
        table = next(m for m in tar.getnames() if m.endswith("sentences.csv"))
        full = {}
        for row in list(csv.reader(io.TextIOWrapper(tar.extractfile(table), "utf-8")))[1:]:
            full.setdefault((row[0], row[1]), set()).add(int(row[2]))
        for member in sorted(tar.getnames()):
            if not member.endswith(".xml"):
                continue
            topic, file = member.split("/")[-2:]
            chosen = full.get((topic, file.split("_", 1)[1][:-4]))
            if int(topic) in TRAIN and chosen:
                yield document(member, ET.parse(tar.extractfile(member)).getroot(), chosen, adjectives)


def document(id, tree, chosen, adjectives):
    sents, place = {}, {}
    for t in tree.iter("token"):
        s = int(t.get("sentence"))
        if s in chosen and (t.text or "").strip():
            place[t.get("t_id")] = (s, len(sents.setdefault(s, [])))
            sents[s].append((t.text.strip(), True))
    order = sorted(sents)
    doc = from_tokens(id, [sents[s] for s in order])
    start = {s: a for s, (a, _) in zip(order, doc.sents)}
    for m in tree.find("Markables"):
        kind = KIND.get(m.tag)
        spots = [place[x.get("t_id")] for x in m.findall("token_anchor") if x.get("t_id") in place]
        if not kind or not spots:
            continue
        ws = sorted(start[s] + i for s, i in spots)
        x, y = ws[0], ws[-1] + 1
        while x < y and (not doc.words[x][0].isupper() or doc.words[x].lower() in FUNCTION):
            x += 1
        while x < y and not doc.words[y - 1][0].isupper():
            y -= 1
        if y == x + 1 and any(x == a for a, _ in doc.sents):
            continue   # any word may stand there with a capital
        elif x < y and all(w[0].isupper() or w in ("of", "the", "-", "and", "'s") for w in doc.words[x:y]):
            label_name(doc, x, y, kind, adjectives)
    doubt_capitals(doc)
    return doc
