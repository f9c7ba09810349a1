"""WikiEvents, development part: event triggers, and names and kinds of the mentions it marks."""
import gzip
import json

from labels import EVENT, HEAD

from .docred import demonyms, doubt_capitals, label_name
from .events import FUNCTION, party, plover
from .polnear import plain

KIND = {"PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "WEA": "object",
        "VEH": "object", "COM": "object"}


def load(root, part="dev"):
    adjectives = demonyms(root)
    with gzip.open(f"{root}/wikievents/dev.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            text = "\n".join(s[1] for s in row["sentences"])   # a sentence a line: its own are better than ours
            doc = plain(text)
            doc.id = row["doc_id"]
            offsets, base = [], 0
            for tokens, sentence in row["sentences"]:
                at = tokens[0][1]
                for form, a, b in tokens:
                    offsets.append((base + a - at, base + b - at))
                base += len(sentence) + 1
            start = {}
            for w, (a, b) in enumerate(doc.ranges):
                for c in range(a, b):
                    start[c] = w

            def word(token, end=False):
                a, b = offsets[token]
                return start.get(b - 1 if end else a)

            head = doc.tag("head")
            for m in row["entity_mentions"]:
                x, y = word(m["start"]), word(m["end"] - 1, True)
                if x is None or y is None or m["entity_type"] not in KIND:
                    continue
                kind = KIND[m["entity_type"]]
                if any(w.lower() in adjectives for w in doc.words[x:y + 1]):
                    doc.tag("name")[x:y + 1] = [0] * (y + 1 - x)
                    continue
                inner = doc.words[x:y + 1]
                if kind in ("person", "organisation", "place") and all(v[0].isupper() or v in ("of", "the", "-") or len(v) == 1
                                                                        for v in inner) and inner[0][0].isupper():
                    # Only the head is marked, so a name beside another capital is not known whole.
                    if not any(0 <= v < len(doc.words) and doc.words[v][0].isupper() for v in (x - 1, y + 1)) \
                            and not set(v.lower() for v in inner) & FUNCTION:
                        label_name(doc, x, y + 1, kind, adjectives)
                elif x == y:
                    head[x] = HEAD.index(kind)
            doubt_capitals(doc)
            parties = doc.tags["party"] = [0] * len(doc.words)
            spans = {m["id"]: (word(m["start"]), word(m["end"] - 1, True)) for m in row["entity_mentions"]}
            for e in row["event_mentions"]:
                for a in e["arguments"]:
                    x, y = spans.get(a["entity_id"], (None, None))
                    if x is not None and y is not None and party(a["role"]):
                        parties[x:y + 1] = [party(a["role"])] * (y + 1 - x)
            event = doc.tags["event"] = [0] * len(doc.words)
            for e in row["event_mentions"]:
                t = word(e["trigger"]["start"])
                kind = plover(e["event_type"])
                if t is not None:
                    event[t] = EVENT.index(kind) if kind else -100
            yield doc
