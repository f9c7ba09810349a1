"""GUM, the genres with an open licence: syntax, mentions, kinds, coreference, and bare names worked out from them."""
import re
import tarfile

from labels import HEAD, POS, TAGS

from . import conll
from .document import from_tokens

KIND = {"person": "person", "organization": "organisation", "place": "place", "object": "object", "plant": "object",
        "animal": "object", "substance": "object", "event": "event", "time": "time", "abstract": "other"}
TITLES = set("""president mr mr. mrs mrs. ms ms. dr dr. prof prof. professor sir dame lord lady king queen prince princess
minister prime secretary senator sen sen. representative rep rep. gov gov. governor mayor general gen gen. colonel col col.
major maj captain capt capt. lieutenant lt lt. sergeant sgt sgt. admiral commander chief judge justice chancellor chairman
chairwoman director deputy vice ambassador pope bishop archbishop cardinal father sister brother saint emperor empress duke
duchess count countess sheikh shaikh imam ayatollah miss madam spokesman spokeswoman congressman congresswoman attorney
premier marshal inspector officer constable reverend rev rev. hon hon. foreign first lady""".split())
ITEM = re.compile(r"\(([^()]+?)\)|\(([^()]+)|([^()]+)\)")


def load(root, part, archives=("open",)):
    for archive in archives:
        with tarfile.open(f"{root}/gum/{archive}.tar.gz") as tar:
            for member in sorted(tar.getnames()):
                if member.startswith(f"{part}/dep/") and member.endswith(".conllu"):
                    lines = tar.extractfile(member).read().decode("utf-8").split("\n")
                    for sents in conll.read(lines):
                        yield document(member, sents)


def document(id, sents):
    rows = [[(r[1], int(r[0]) not in glued) for r in rs] for _, rs, glued in sents]
    breaks = {k for k, (meta, _, _) in enumerate(sents) if "newpar" in meta}
    doc = from_tokens(id, rows, breaks)
    conll.fill(doc, sents)
    flat = [r for _, rs, _ in sents for r in rs]
    found = mentions(flat)
    head_tag = doc.tag("head")
    head_tag[:] = [0] * len(flat)
    doc.all_mentions = True
    for a, b, group, kind, _ in sorted(found, key=lambda m: m[1] - m[0]):   # the widest mention of a head wins
        h = head_of(doc, a, b)
        head_tag[h] = HEAD.index(KIND.get(kind, "other"))
        doc.clusters[h] = group
    bare_names(doc, found, flat)
    event = doc.tag("event")
    for w, p in enumerate(doc.tags["pos"]):
        if POS[p] not in ("VERB", "NOUN", "ADJ", "PROPN"):
            event[w] = 0
    return doc


def mentions(flat):
    """(first word, end, group, kind, has an identity) of every mention, by the brackets of `Entity=`."""
    out, stack = [], []
    for w, r in enumerate(flat):
        cell = next((x[7:] for x in r[9].split("|") if x.startswith("Entity=")), "")
        for whole, opened, closed in ITEM.findall(cell):
            if whole or opened:
                f = (whole or opened).split("-")
                m = [w, None, f[0], f[1] if len(f) > 1 else "abstract", len(f) > 7]
                if whole:
                    m[1] = w + 1
                    out.append(tuple(m))
                else:
                    stack.append(m)
            else:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][2] == closed:
                        m = stack.pop(k)
                        m[1] = w + 1
                        out.append(tuple(m))
                        break
    return out


def head_of(doc, a, b):
    for w in range(a, b):
        if not a <= doc.heads[w] < b or doc.heads[w] == w:
            return w
    return b - 1


def bare_names(doc, found, flat):
    """The run of proper nouns around a mention's head, without titles and articles."""
    name = doc.tag("name")
    proper = [r[3] == "PROPN" or r[4] in ("NNP", "NNPS") for r in flat]
    name[:] = [-100 if p else 0 for p in proper]
    taken = set()
    for a, b, _, kind, _ in sorted(found, key=lambda m: m[0] - m[1]):
        h = head_of(doc, a, b)
        if not proper[h] or h in taken:
            continue
        x, y = h, h + 1
        while x > a and (proper[x - 1] or flat[x - 1][1] in ("-", "&") and x - 1 > a and proper[x - 2]):
            x -= 1
        while y < b:
            form = flat[y][1].lower()
            if proper[y] or (form in ("-", "&") and y + 1 < b and proper[y + 1]):
                y += 1
            elif kind != "person" and form in ("of", "for", "and") and y + 1 < b and proper[y + 1] and y - x >= 1 \
                    and (form != "and" or kind == "organization"):
                y += 1
            elif kind != "person" and form == "of" and y + 2 < b and flat[y + 1][1].lower() == "the" and proper[y + 2]:
                y += 2
            else:
                break
        while x < y and (flat[x][1].lower() in TITLES and kind == "person" or flat[x][1].lower() == "the"):
            name[x] = 0
            x += 1
        if x >= y or any(w in taken for w in range(x, y)):
            continue
        folded = KIND.get(kind, "other")
        if kind == "time":
            continue
        if folded not in ("person", "organisation", "place") or kind == "person" and flat[h][4] == "NNPS":
            folded = "other"
        taken |= set(range(x, y))
        label = TAGS["name"].index("B-" + folded)
        name[x:y] = [label] + [label + 1] * (y - x - 1)
        if folded != "other":
            doc.names.append((x, y, folded))
    for a, b, _, kind, _ in found:
        if kind == "time":
            for w in range(a, b):
                if w not in taken:
                    name[w] = 0
