"""MUC-4, the 1,300 articles with keys: who did a deed of violence, and which people and things suffered it.

A key names its fillers by strings of the article: each of their occurrences is labelled. Articles without an incident in
MUC-4's sense are given without labels, since battles are violence too; the words around the fillers of the others are `none`.
"""
import gzip
import pathlib
import re

from labels import HARM

from .polnear import plain

HEADER = re.compile(r"^(DEV-MUC3-\d{4}) \(.*\)[ \t]*$", re.M)
SLOT = re.compile(r"^(\d+)\. +([A-Z ]+: [A-Z ]+?)  +(.*)$")
LABEL = {"9": "perpetrator", "10": "perpetrator", "12": "thing", "18": "victim", "19": "victim"}


def texts(root):
    """Name and text of every article; the lines of a paragraph joined."""
    for path in sorted(pathlib.Path(root, "muc4/texts").glob("*.gz")):
        parts = HEADER.split(gzip.open(path, "rt", encoding="latin-1").read())
        for name, body in zip(parts[1::2], parts[2::2]):
            yield name, "\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip())


def keys(root):
    """Name of an article -> {filler: label}."""
    out = {}
    for path in sorted(pathlib.Path(root, "muc4/keys").glob("*.gz")):
        name = slot = None
        for line in gzip.open(path, "rt", encoding="latin-1"):
            line = line.split(";")[0].rstrip()
            if m := SLOT.match(line):
                slot = m[1]
                if slot == "0":
                    name = m[3].split()[0]
                    out.setdefault(name, {})
                line = m[3]
            if slot in LABEL:
                for filler in re.findall(r'"([^"]+)"', line):
                    out[name].setdefault(filler, LABEL[slot])
    return out


def load(root):
    known = keys(root)
    for name, text in texts(root):
        doc = plain(text)
        doc.id = name
        fillers = known.get(name)
        if fillers:
            mark(doc, fillers)
        yield doc


def mark(doc, fillers):
    """Labels each occurrence of each filler; of fillers that overlap the longest has the word."""
    harm = doc.tag("harm")
    harm[:] = [0] * len(doc.words)
    lower = [w.lower() for w in doc.words]
    for filler, label in sorted(fillers.items(), key=lambda f: len(f[0])):
        wanted = [w.lower() for w in plain(filler).words]
        for x in range(len(lower) - len(wanted) + 1):
            if wanted and lower[x:x + len(wanted)] == wanted:
                harm[x:x + len(wanted)] = [HARM.index(label)] * len(wanted)
