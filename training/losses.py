"""One loss a head; each is a mean, so that a batch's mixture does not matter."""
import torch
from torch.nn import functional as F

from labels import EVENT, NAMED, POS, TAGS
from model import BUCKETS, ranges

WEIGHTS = {"pos": 0.5, "number": 0.2, "verb": 0.2, "rel": 0.7, "name": 1.0, "head": 0.5, "predicate": 0.3, "cue": 1.0,
           "source": 1.0, "content": 1.0, "event": 0.6, "arcs": 1.0, "roles": 1.0, "pointers": 0.7, "factuality": 0.5,
           "coref": 0.5, "bags": 0.4, "named": 0.2}
NO = -1e4
RARE = torch.tensor([1.0] + [4.0] * (len(EVENT) - 1))   # triggers are few among the words labelled
VERBAL = [POS.index("VERB"), POS.index("NOUN")]


def losses(outputs, t, model):
    tags, arcs, roles, pointers, coref = outputs
    out, where = {}, ranges()
    for head in TAGS:
        a, b = where[head]
        y = t["tags"][head]
        if head == "name" and (y == NAMED).any():
            out["named"] = -torch.log1p(-F.softmax(tags[..., a:b], -1)[..., 0][y == NAMED].clamp(max=1 - 1e-5)).mean()
            y = y.masked_fill(y == NAMED, -100)
        if (y >= 0).any():
            weight = RARE if head == "event" else None
            out[head] = F.cross_entropy(tags[..., a:b].flatten(0, 1), y.flatten(), weight=weight, ignore_index=-100)
    if (t["heads"] >= 0).any():
        other = t["sent"].unsqueeze(1) != t["sent"].unsqueeze(2)
        s = arcs.masked_fill(other | ~t["real"].unsqueeze(1), NO)
        out["arcs"] = F.cross_entropy(s.flatten(0, 1), t["heads"].flatten(), ignore_index=-100)
    if (t["pointers"] >= 0).any():
        s = pointers.masked_fill(~t["real"][:, None, None, :], NO)
        out["pointers"] = F.cross_entropy(s.flatten(0, 2), t["pointers"].flatten(), ignore_index=-100)
    if t["roles"]:
        y = [y for _, _, y in t["roles"]]
        s = roles                                                                 # [predicates, R, W]
        s = torch.cat([torch.zeros_like(s[:, :1]), s], 1)
        y = torch.stack([torch.from_numpy(v) for v in y])
        out["roles"] = F.cross_entropy(s, y, ignore_index=-100, reduction="sum") / max(1, int((y > 0).sum()))
    if t["factuality"]:
        k, w, y, c = zip(*t["factuality"])
        s = tags[list(k), list(w), where["factuality"][0]]
        c = torch.tensor(c)
        out["factuality"] = (F.smooth_l1_loss(s, torch.tensor(y), reduction="none") * c).sum() / c.sum()
    if t["mentions"]:
        out["coref"] = coreference(coref, t["mentions"], model)
    if t["bags"] or t["denied"]:
        a, b = where["event"]
        chance = F.log_softmax(tags[..., a:b], -1)
        x, y = where["pos"]
        verbal = (F.softmax(tags[..., x:y].detach(), -1)[..., VERBAL] * torch.tensor([1.0, 0.6])).sum(-1)
        parts = []
        for k, ws, kinds in t["bags"]:
            if ws:
                # Only what reads as a verb or noun may be the trigger, by the model's own tags.
                p = chance[k, ws][:, kinds].exp().sum(-1) * verbal[k, ws]
                parts.append(-torch.log1p(-torch.exp(torch.log1p(-p.clamp(max=1 - 1e-5)).sum()).clamp(max=1 - 1e-5)))
        for k, ws, kind in t["denied"]:
            if ws:
                p = chance[k, ws, kind].exp().clamp(max=1 - 1e-5)
                parts.append(-torch.log1p(-p).sum())
        if parts:
            out["bags"] = torch.stack(parts).mean()
    return out


def bucket(distance):
    return torch.bucketize(distance, torch.tensor(BUCKETS), right=True) - 1


def coreference(coref, mentions, model):
    """Each mention chooses among the earlier ones and `new` (score 0)."""
    parts = []
    for k, ws, clusters, sents in mentions:
        v = coref[k, ws]
        half = v.shape[1] // 2
        sent, cluster = torch.tensor(sents), torch.tensor([hash(c) for c in clusters])
        s = model.coref_scale * v[:, :half] @ v[:, half:].T + model.coref_bias[bucket((sent[:, None] - sent[None]).clamp(min=0))]
        earlier = torch.ones_like(s, dtype=torch.bool).tril(-1)
        s = s.masked_fill(~earlier, NO)
        right = (cluster[:, None] == cluster[None]) & earlier
        zero = torch.zeros(len(ws), 1)
        total = torch.logsumexp(torch.cat([zero, s], 1), 1)
        new = torch.where(right.any(1), torch.tensor(NO), torch.tensor(0.0)).unsqueeze(1)
        good = torch.logsumexp(torch.cat([new, s.masked_fill(~right, NO)], 1), 1)
        parts.append(total - good)
    return torch.cat(parts).mean()
