"""One loss a head, each a mean, so that a batch's mixture does not matter; and how far a student is from its teacher."""
import torch
from torch.nn import functional as F

from labels import EVENT, NAMED, POS, TAGS
from model import BUCKETS, ranges

WEIGHTS = {"pos": 0.5, "number": 0.2, "verb": 0.2, "rel": 0.7, "name": 1.0, "head": 0.5, "predicate": 0.3, "cue": 1.0,
           "source": 1.0, "content": 1.0, "event": 0.6, "party": 0.6, "harm": 1.0, "arcs": 1.0, "roles": 1.0,
           "pointers": 0.7, "factuality": 0.5, "coref": 0.5, "bags": 0.4, "named": 0.2}
NO = -1e4
RARE = [1.0] + [4.0] * (len(EVENT) - 1)   # triggers are few among the words labelled
VERBAL = [POS.index("VERB"), POS.index("NOUN")]


def losses(outputs, t, model):
    """Of each head that the batch has labels for."""
    tags, arcs, roles, pointers, coref = outputs
    out, where, device = {}, ranges(), tags.device
    for k, head in enumerate(TAGS):
        a, b = where[head]
        y = t["tags"][:, k]
        if head == "name":
            some = y == NAMED
            surely = -torch.log1p(-F.softmax(tags[..., a:b], -1)[..., 0].clamp(max=1 - 1e-5))
            out["named"] = (surely * some).sum() / some.sum().clamp(min=1)
            y = y.masked_fill(some, -100)
        weight = torch.tensor(RARE, device=device) if head == "event" else None
        out[head] = mean_entropy(tags[..., a:b].flatten(0, 1), y.flatten(), weight)
    out["arcs"] = mean_entropy(within_sentence(arcs, t).flatten(0, 1), t["heads"].flatten())
    s = pointers.masked_fill(~t["real"][:, None, None, :], NO)
    out["pointers"] = mean_entropy(s.flatten(0, 2), t["pointers"].flatten())
    if len(t["role_at"]):
        y = t["role_y"]
        s = with_none(roles[:len(y)])
        out["roles"] = F.cross_entropy(s, y, ignore_index=-100, reduction="sum") / (y > 0).sum().clamp(min=1)
    if len(t["fact_at"]):
        s = tags[t["fact_at"][:, 0], t["fact_at"][:, 1], where["factuality"][0]]
        y, c = t["fact_y"].unbind(1)
        out["factuality"] = (F.smooth_l1_loss(s, y, reduction="none") * c).sum() / c.sum()
    out["coref"] = coreference(coref, t, model)
    if len(t["bag_at"]) or len(t["denied_at"]):
        out["bags"] = bags(tags, t, where)
    return out


def mean_entropy(scores, y, weight=None):
    """0 where nothing is labelled."""
    known = y >= 0
    total = F.cross_entropy(scores, y.where(known, torch.full_like(y, -100)), weight=weight, ignore_index=-100, reduction="sum")
    each = known.sum() if weight is None else weight[y.clamp(min=0)].mul(known).sum()
    return total / each.clamp(min=1)


def within_sentence(arcs, t):
    other = t["sent"].unsqueeze(1) != t["sent"].unsqueeze(2)
    return arcs.masked_fill(other | ~t["real"].unsqueeze(1), NO)


def with_none(roles):
    """Scores of roles with the fixed score of no role before them: predicates, 1 + roles, words."""
    return torch.cat([torch.zeros_like(roles[:, :1]), roles], 1)


def bags(tags, t, where):
    """Sentences of which a type is known but no trigger: one of the words bears it, or none does."""
    a, b = where["event"]
    chance = F.softmax(tags[..., a:b], -1)
    x, y = where["pos"]
    # Only what reads as a verb or noun may be the trigger, by the model's own tags.
    verbal = (F.softmax(tags[..., x:y].detach(), -1)[..., VERBAL] * torch.tensor([1.0, 0.6], device=tags.device)).sum(-1)
    parts = []
    for name in ("bag", "denied"):
        ws = t[name + "_words"]
        if not len(ws):
            continue
        at, real = t[name + "_at"].unsqueeze(1), ws >= 0
        p = (chance[at, ws.clamp(min=0)] * t[name + "_kinds"].unsqueeze(1)).sum(-1)
        if name == "bag":
            p = p * verbal[at, ws.clamp(min=0)]
        none = (torch.log1p(-p.clamp(max=1 - 1e-5)) * real).sum(1)
        parts.append(-torch.log1p(-none.exp().clamp(max=1 - 1e-5)) if name == "bag" else -none)
    return torch.cat(parts).mean()


def links(coref, t, model, mentions):
    """Log-chances of each mention's antecedents, the last column for `new` (score 0): windows, words, words + 1."""
    half = coref.shape[-1] // 2
    gap = (t["sent"].unsqueeze(2) - t["sent"].unsqueeze(1)).clamp(min=0)
    bias = model.coref_bias[torch.bucketize(gap, torch.tensor(BUCKETS, device=coref.device), right=True) - 1]
    s = model.coref_scale * torch.matmul(coref[..., :half], coref[..., half:].transpose(1, 2)) + bias
    earlier = torch.ones_like(s[0], dtype=torch.bool).tril(-1)
    s = s.masked_fill(~(earlier & mentions.unsqueeze(1)), NO)
    return F.log_softmax(torch.cat([s, torch.zeros_like(s[..., :1])], -1), -1)


def coreference(coref, t, model):
    """Each mention chooses among the earlier ones and `new`."""
    c = t["cluster"]
    mentions = c > 0
    p = links(coref, t, model, mentions)
    right = (c.unsqueeze(2) == c.unsqueeze(1)) & mentions.unsqueeze(2)
    right = right & torch.ones_like(right[0]).tril(-1)
    right = torch.cat([right, ~right.any(-1, keepdim=True)], -1)
    good = torch.logsumexp(p.masked_fill(~right, NO), -1)
    return -(good * mentions).sum() / mentions.sum().clamp(min=1)


def sure_predicates(tags, t):
    """Windows and words of what a teacher takes for predicates."""
    a, _ = ranges()["predicate"]
    return ((tags[..., a:a + 3].argmax(-1) > 0) & t["real"]).nonzero()


def distance(student, teacher, t, models):
    """Divergence of a student's outputs from its teacher's, head by head; roles at the predicates given to both."""
    where, real = ranges(), t["real"]
    out = {}
    tags, goal = student[0], teacher[0]
    for head in TAGS:
        a, b = where[head]
        out[head] = divergence(tags[..., a:b], goal[..., a:b], real)
    chance = {h: F.softmax(goal[..., slice(*where[h])], -1) for h in ("predicate", "content", "source", "head")}
    eventful = (chance["predicate"][..., 0] < 0.5) & real
    f = where["factuality"][0]
    out["factuality"] = (F.smooth_l1_loss(tags[..., f], goal[..., f], reduction="none") * eventful).sum() / eventful.sum().clamp(min=1)
    out["arcs"] = divergence(within_sentence(student[1], t), within_sentence(teacher[1], t), real)
    outside = ~real[:, None, None, :]
    said, says = (chance["content"][..., 0] < 0.7) & real, (chance["source"][..., 0] < 0.7) & real
    out["pointers"] = divergence(student[3].masked_fill(outside, NO), teacher[3].masked_fill(outside, NO),
                                 torch.stack([said, says, said], 1))
    if len(student[2]):
        at = t["kept_predicates"]
        same = t["sent"][at[:, 0]] == t["sent"][at[:, 0], at[:, 1]].unsqueeze(1)
        s, g = (with_none(x).transpose(1, 2) for x in (student[2], teacher[2]))
        out["roles"] = divergence(s, g, same, per=len(at))
    mentions = (chance["head"][..., 0] < 0.5) & real
    s, g = (links(x[4], t, m, mentions) for x, m in zip((student, teacher), models))
    out["coref"] = divergence(s, g, mentions)
    return out


def divergence(student, teacher, where, per=None):
    """Mean of Kullback and Leibler's divergence over the rows that `where` marks."""
    each = F.kl_div(F.log_softmax(student, -1), F.log_softmax(teacher, -1), reduction="none", log_target=True).sum(-1)
    return (each * where).sum() / (where.sum().clamp(min=1) if per is None else max(1, per))
