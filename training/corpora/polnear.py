"""PolNeAR: source, cue and content of attributions, by the first annotator."""
import re
import tarfile

import words as w_

from .document import Doc

SPAN = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t")


def load(root, part):
    with tarfile.open(f"{root}/polnear/{part}.tar.gz") as tar:
        files = tar.getnames()
        texts = {x.rsplit("/", 1)[1][:-4]: x for x in files if x.endswith(".txt")}
        first = {}
        for x in sorted(files):
            if x.endswith(".ann"):
                first.setdefault(x.rsplit("/", 1)[1][:-4].rsplit("_", 1)[0], x)
        for key in sorted(texts):
            ann = first.get(key) or next((v for k, v in first.items() if k.startswith(key)), None)
            if ann:
                text = tar.extractfile(texts[key]).read().decode("utf-8")
                yield document(key, text, tar.extractfile(ann).read().decode("utf-8"))


def attributions(ann):
    """Lists of spans for source, cue and content of each attribution."""
    spans, out = {}, []
    for line in ann.split("\n"):
        if m := SPAN.match(line):
            spans[m[1]] = [tuple(map(int, p.split())) for p in m[3].split(";")]
        elif line.startswith("E") and "\t" in line:
            parts = {"Source": [], "Cue": [], "Content": []}
            for item in line.split("\t")[1].split()[1:]:
                role, _, ref = item.partition(":")
                role = role.rstrip("0123456789")
                if role in parts:
                    parts[role] += spans.get(ref, [])
            out.append(parts)
    return out


def plain(text):
    """A raw text as a document without labels."""
    ranges, dotted = w_.words(text)
    mask = w_.quoted(text)
    doc = Doc("", [text[a:b] for a, b in ranges], [mask[a] for a, _ in ranges], w_.sentences(text, ranges, dotted))
    doc.ranges = ranges
    return doc


def document(id, text, ann):
    doc = plain(text)
    doc.id = id
    n = len(doc.words)
    for head in ("cue", "source", "content"):
        doc.tags[head] = [0] * n
    doc.pointers = [list(range(n)) for _ in range(3)]
    covered = []
    for parts in attributions(ann):
        covered.append({role: [w for w, (a, b) in enumerate(doc.ranges) if any(a < y and x < b for x, y in ss)]
                        for role, ss in parts.items()})
    doc.attributions = covered
    for head, key in (("cue", "Cue"), ("source", "Source"), ("content", "Content")):
        # Wider spans first, so that the innermost has the last word.
        for c in sorted(covered, key=lambda c: -len(c[key])):
            ws = c[key]
            for k, w in enumerate(ws):
                doc.tags[head][w] = 1 if k == 0 else 2
                if head == "content":
                    doc.pointers[0][w] = c["Cue"][0] if c["Cue"] else w
                    doc.pointers[2][w] = c["Source"][0] if c["Source"] else w
                elif head == "source":
                    doc.pointers[1][w] = c["Cue"][0] if c["Cue"] else w
    return doc
