//! ACLED sub-event types, where one fits: the lexicon's hint, corrected by who does it to whom and by what is told
//! beside it.

use super::Draft;
use super::grammar::Grammar;
use super::sides::{Sides, counted, is, security};
use super::triggers::{Trigger, objects, subjects};
use crate::language::{Kind, Pos, Verb};
use crate::meaning::{EventClass, Status};
use std::collections::BTreeMap;

/// What one event is by itself.
#[derive(Clone, Copy)]
struct Own {
    kind: &'static str,
    /// Its words say only that someone was hurt or something struck, not how: "killed", "attack", "violence".
    harm: bool,
    /// Words that name no event that could be counted, unless something beside them does.
    vague: bool,
    /// It says itself who fought whom.
    sided: bool,
}

/// What a sentence tells of besides an event.
#[derive(Clone, Copy)]
struct Near {
    /// A protest that has something to do with it.
    protest: bool,
    /// Police or security forces.
    state: bool,
    /// Poison as a weapon; tear gas is none.
    poison: bool,
}

impl Near {
    fn of(grammar: &Grammar<'_>, w: usize) -> Near {
        let words = grammar.sentence(w).range();
        Near {
            protest: words.clone().any(|k| is(grammar, "protest", k)),
            state: words.clone().any(|k| is(grammar, "police", k) || security(grammar, k)),
            poison: words.clone().any(|k| match grammar.lower[k].as_str() {
                "chlorine" | "sarin" | "mustard" => true,
                "chemical" | "poison" | "poisonous" | "toxic" | "nerve" => (k + 1..(k + 4).min(words.end)).any(|n| {
                    let weapon = ["gas", "agent", "weapon", "attack", "munitions", "bomb"];
                    weapon.contains(&grammar.lemma(n)) || weapon.contains(&grammar.lower[n].as_str())
                }),
                _ => false,
            }),
        }
    }
}

/// The sub-event types of a report's events, in their order.
///
/// ACLED codes what happens in one place on one day between the same sides once: the killing in an air strike is the
/// air strike, a march that is dispersed is a protest with intervention. So what is told next to something more
/// specific takes its type.
pub(crate) fn sub_events(grammar: &Grammar<'_>, drafts: &[Draft]) -> Vec<Option<&'static str>> {
    let sentence = |i: usize| grammar.text.tokens[drafts[i].trigger.head].sentence;
    let paragraph = |i: usize| grammar.text.sentences.get(sentence(i).at()).map(|s| s.paragraph);
    let window = |i: usize| (i.saturating_sub(8)..(i + 9).min(drafts.len())).filter(move |&k| k != i);
    let within = |i: usize| window(i).filter(|&k| sentence(k) == sentence(i)).collect::<Vec<_>>();
    let aggrieves: Vec<bool> = (0..drafts.len()).map(|i| aggrieves(grammar, drafts, i, &within(i))).collect();
    let mut near = BTreeMap::new();
    let mut own: Vec<Option<Own>> = (0..drafts.len())
        .map(|i| {
            let near = *near.entry(sentence(i)).or_insert_with(|| Near::of(grammar, drafts[i].trigger.head));
            let near = Near { protest: near.protest && !aggrieves[i], ..near };
            sub_event(grammar, &drafts[i], near).filter(|_| drafts[i].class == drafts[i].trigger.class)
        })
        .collect();
    let real = |k: usize| took_place(grammar, &drafts[k]) && !aggrieves[k];
    for i in 0..drafts.len() {
        // Whoever is hurt while a protest is dispersed was met with more than a dispersal.
        let hurt = own[i].is_some_and(|o| o.harm && o.kind == "Attack") && real(i) && is_injury(grammar, &drafts[i]);
        let dispersed = |k: &usize| own[*k].is_some_and(|o| o.kind == "Protest with intervention") && real(*k);
        if hurt && within(i).iter().any(dispersed) {
            let victims = Sides::of(grammar, &drafts[i].parties.targets);
            if !victims.police && !victims.armed {
                own[i] = own[i].map(|o| Own { kind: "Excessive force against protesters", ..o });
            }
        }
    }
    (0..drafts.len())
        .map(|i| {
            let mine = own[i]?;
            window(i)
                .filter(|&k| real(k) && !aggrieves[i] && paragraph(k) == paragraph(i))
                .filter(|&k| {
                    // "The attack" points back further than to the sentence before.
                    let apart = sentence(k).0.abs_diff(sentence(i).0);
                    apart <= 1 || k < i && apart <= 3 && is_pointing(grammar, &drafts[i])
                })
                .filter(|&k| !own[k].is_some_and(|o| is_apart(grammar, &drafts[i], &drafts[k], &o, &mine)))
                .filter_map(|k| own[k].filter(|o| absorbs(grammar, o, &mine, &drafts[i], sentence(k) == sentence(i))))
                .max_by_key(|theirs| weight(theirs.kind))
                .map(|theirs| theirs.kind)
                .or(Some(mine.kind).filter(|_| !mine.vague))
        })
        .collect()
}

/// Whether two events of a sentence are told as cause and effect: who was shot before the riot was not shot by it, and
/// what burns after a clash burns by itself. To take a place, though, is to have fought for it.
fn is_apart(grammar: &Grammar<'_>, mine: &Draft, theirs: &Draft, their_own: &Own, my_own: &Own) -> bool {
    let (me, them) = (mine.trigger.head, theirs.trigger.head);
    let taken = matches!(their_own.kind, "Government regains territory" | "Non-state actor overtakes territory");
    !taken && is_before(grammar, me, &|w| w == them)
        || my_own.kind == "Looting/property destruction" && is_before(grammar, them, &|w| w == me)
}

/// Whether an event told beside another is part of it.
fn absorbs(grammar: &Grammar<'_>, theirs: &Own, mine: &Own, draft: &Draft, together: bool) -> bool {
    if weight(theirs.kind) <= weight(mine.kind) {
        return false;
    }
    let lemma = grammar.lemma(draft.trigger.head);
    let moved = draft.class == EventClass::Mobilize && mine.kind == "Change to group/activity";
    let shot = draft.trigger.mode == Some("firearms");
    let burnt = mine.kind == "Looting/property destruction";
    match theirs.kind {
        "Chemical weapon"
        | "Suicide bomb"
        | "Grenade"
        | "Remote explosive/landmine/IED"
        | "Air/drone strike"
        | "Shelling/artillery/missile attack" => {
            mine.harm && !shot
                || burnt && together
                || is_blast(lemma) && mine.kind == "Remote explosive/landmine/IED"
                || moved && together
        }
        "Sexual violence" => mine.harm && together,
        "Violent demonstration" | "Excessive force against protesters" | "Protest with intervention" => {
            matches!(mine.kind, "Peaceful protest" | "Protest with intervention" | "Excessive force against protesters")
                || together && ((mine.harm || burnt) && theirs.kind != "Protest with intervention" || moved)
        }
        // Who takes a place does so by fighting; a place given up was not fought for.
        "Government regains territory" | "Non-state actor overtakes territory" => {
            together && (mine.harm || moved || mine.kind == "Armed clash")
        }
        "Non-violent transfer of territory" => {
            matches!(mine.kind, "Government regains territory" | "Non-state actor overtakes territory")
        }
        "Armed clash" | "Mob violence" => {
            let fight = theirs.sided || !theirs.harm;
            let quelled = theirs.kind == "Mob violence" && mine.kind == "Protest with intervention";
            together && (fight && mine.harm && mine.kind == "Attack" || moved || burnt)
                || fight && mine.harm && is_pointing(grammar, draft)
                || quelled
        }
        "Attack" => together && burnt,
        "Arrests" | "Disrupted weapons use" | "Abduction/forced disappearance" => {
            together && mine.kind == "Attack" && lemma == "raid"
        }
        _ => false,
    }
}

/// The more specific of two types has the greater weight.
fn weight(kind: &str) -> u8 {
    match kind {
        "Chemical weapon" => 15,
        "Suicide bomb" => 14,
        "Grenade" => 13,
        "Air/drone strike" | "Shelling/artillery/missile attack" => 12,
        "Remote explosive/landmine/IED" => 11,
        "Sexual violence" => 10,
        "Violent demonstration" => 9,
        "Excessive force against protesters" => 8,
        "Non-violent transfer of territory" => 7,
        "Government regains territory" | "Non-state actor overtakes territory" => 6,
        "Armed clash" | "Mob violence" | "Arrests" | "Disrupted weapons use" | "Abduction/forced disappearance" => 5,
        "Protest with intervention" => 4,
        "Attack" => 1,
        _ => 0,
    }
}

fn is_blast(lemma: &str) -> bool {
    matches!(
        lemma,
        "explosion" | "explode" | "blast" | "detonate" | "detonation" | "bombing" | "kill" | "injure" | "wound"
    )
}

/// Whether an event happened; means used to disperse a crowd were used on it.
fn took_place(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    let w = draft.trigger.head;
    // "The killer of the governor": told in passing, of one who is known by it.
    if is(grammar, "agentive", w) {
        return false;
    }
    let done = || grammar.head(w).is_some_and(|h| grammar.word(h).verb == Verb::Past && !grammar.negated(h));
    draft.mood.status == Status::Happened
        || draft.trigger.mode == Some("crowd-control")
            && draft.mood.status == Status::Planned
            && grammar.is(w, &["advcl", "xcomp"])
            && done()
}

/// "The attack", "the fighting": what was just told.
fn is_pointing(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    let w = draft.trigger.head;
    draft.parties.actors.is_empty()
        && grammar.pos(w) == Pos::Noun
        && grammar.kids(w).any(|k| matches!(grammar.lower[k].as_str(), "the" | "this" | "that" | "these" | "those"))
}

fn is_injury(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    matches!(
        grammar.lemma(draft.trigger.head),
        "kill" | "die" | "injure" | "wound" | "maim" | "dead" | "death" | "injury"
    )
}

/// Whether an event is what a protest told beside it is about: "marched against police brutality", "rallies after the
/// shooting of a teenager". It was not done to those who protest.
fn aggrieves(grammar: &Grammar<'_>, drafts: &[Draft], i: usize, within: &[usize]) -> bool {
    let protests: Vec<usize> =
        within.iter().filter(|&&k| drafts[k].class == EventClass::Protest).map(|&k| drafts[k].trigger.head).collect();
    if protests.is_empty() || drafts[i].class == EventClass::Protest {
        return false;
    }
    let tells = |w: usize| protests.contains(&w) || grammar.kids(w).any(|k| protests.contains(&k));
    let mut at = drafts[i].trigger.head;
    for _ in 0..8 {
        let Some(head) = grammar.head(at) else { break };
        let spoken = is(grammar, "stance", head) && grammar.is(at, &["obj", "obl", "ccomp", "xcomp", "nmod", "advcl"]);
        if spoken || is(grammar, "remembrance", head) {
            return true;
        }
        at = head;
    }
    is_before(grammar, drafts[i].trigger.head, &tells)
}

/// Whether an event is told as what came before another and brought it about: "rioted after a man was shot".
fn is_before(grammar: &Grammar<'_>, w: usize, other: &dyn Fn(usize) -> bool) -> bool {
    let (mut at, mut crossed) = (w, false);
    for _ in 0..8 {
        let Some(head) = grammar.head(at) else { return false };
        let marks = grammar.kids(at).filter(|&k| grammar.is(k, &["case", "mark"]));
        crossed |= marks.map(|k| grammar.lower[k].as_str()).any(|mark| {
            matches!(
                mark,
                "against"
                    | "over"
                    | "about"
                    | "following"
                    | "after"
                    | "before"
                    | "since"
                    | "because"
                    | "for"
                    | "despite"
            )
        });
        if crossed && other(head) {
            return true;
        }
        at = head;
    }
    false
}

/// The sub-event type of one event, by itself.
fn sub_event(grammar: &Grammar<'_>, draft: &Draft, near: Near) -> Option<Own> {
    let Draft { trigger, parties, .. } = draft;
    let actors = Sides::of(grammar, &parties.actors);
    let targets = Sides::of(grammar, &parties.targets);
    let unmoded = matches!(trigger.mode, None | Some("targeted" | "firearms" | "beat" | "primitive"));
    let plain = |kind| Some(Own { kind, harm: false, vague: false, sided: false });
    match (trigger.class, trigger.acled) {
        (EventClass::Assault, Some("Air/drone strike" | "Shelling/artillery/missile attack" | "Attack") | None)
            if trigger.mode != Some("crowd-control") && near.poison =>
        {
            plain("Chemical weapon")
        }
        (_, Some(territory @ ("Government regains territory" | "Non-state actor overtakes territory"))) => {
            plain(if unopposed(grammar, draft) {
                "Non-violent transfer of territory"
            } else {
                match (actors.state, actors.rebel) {
                    (true, _) => "Government regains territory",
                    (false, true) => "Non-state actor overtakes territory",
                    _ => territory,
                }
            })
        }
        (EventClass::Assault, hint) if unmoded && hint != Some("Armed clash") || hint == Some("Attack") => {
            if hint.is_some_and(|h| !matches!(h, "Attack")) {
                return hint.and_then(plain);
            }
            if let Some(weapon) = weapon_used(grammar, trigger, &parties.targets, &parties.instruments) {
                return plain(weapon);
            }
            if set_on_fire(grammar, draft) && !actors.crowd {
                return plain("Looting/property destruction");
            }
            let forces = targets.armed || targets.police && !actors.police && !actors.crowd;
            let kind = if targets.protest || (near.protest && (actors.police || (actors.none && near.state))) {
                "Excessive force against protesters"
            } else if (near.protest && actors.crowd || actors.mob) && !actors.armed && !actors.police {
                if near.protest { "Violent demonstration" } else { "Mob violence" }
            } else if (actors.armed || actors.police || actors.none) && forces {
                "Armed clash"
            } else {
                "Attack"
            };
            let vague = grammar.pos(trigger.head) == Pos::Noun && is(grammar, "vague", trigger.head) && targets.none;
            let sided = actors.armed && forces;
            Some(Own { kind, harm: matches!(kind, "Attack" | "Armed clash"), vague, sided })
        }
        (EventClass::Assault, Some("Armed clash")) => {
            let sides = actors.with(targets).with(Sides::of(grammar, &between(grammar, trigger.head)));
            let fought = sides.rebel || sides.armed && !sides.police && !sides.crowd;
            plain(if near.protest && !fought && (sides.crowd || sides.police || sides.none) {
                "Violent demonstration"
            } else if sides.mob && !sides.armed && !sides.state {
                "Mob violence"
            } else {
                "Armed clash"
            })
        }
        (EventClass::Assault, Some("Looting/property destruction"))
            if near.protest && !actors.armed && !actors.state =>
        {
            plain("Violent demonstration")
        }
        (EventClass::Assault | EventClass::Coerce, Some("Protest with intervention"))
            if grammar.kids(trigger.head).chain(trigger.words.iter().copied()).any(|k| is(grammar, "excessive", k)) =>
        {
            plain("Excessive force against protesters")
        }
        (EventClass::Assault, Some("Looting/property destruction")) if actors.mob => plain("Mob violence"),
        // A state holds whom it seizes under arrest; whoever is no state abducts.
        (EventClass::Assault, Some("Abduction/forced disappearance"))
            if actors.state && grammar.lemma(trigger.head) == "capture" =>
        {
            plain("Arrests")
        }
        (EventClass::Coerce, Some("Arrests")) if actors.rebel && !actors.state => {
            plain("Abduction/forced disappearance")
        }
        (EventClass::Coerce, Some("Arrests")) if near.protest && (targets.protest || targets.crowd) => {
            plain("Protest with intervention")
        }
        (EventClass::Protest, Some("Violent demonstration"))
            if !near.protest && actors.crowd && trigger.mode != Some("riot") =>
        {
            plain("Mob violence")
        }
        // Forces that leave a place give it up; forces that leave a country or a front move.
        (EventClass::Retreat, Some("Non-violent transfer of territory")) => plain(if leaves_place(grammar, draft) {
            "Non-violent transfer of territory"
        } else {
            "Change to group/activity"
        }),
        (_, hint) => hint.and_then(plain),
    }
}

/// Who fights whom where the sentence names both sides at once: "clashes between police and protesters".
fn between(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let verb = grammar.head(w).filter(|&h| grammar.pos(h) == Pos::Verb);
    [Some(w), verb]
        .into_iter()
        .flatten()
        .flat_map(|at| grammar.kids(at).collect::<Vec<_>>())
        .filter(|&k| grammar.is(k, &["nmod", "obl"]) && matches!(grammar.case(k), Some("between" | "with" | "among")))
        .flat_map(|k| grammar.conjuncts(k))
        .collect()
}

/// Whether a place changed hands without a fight: it says so, or those who held it had left.
fn unopposed(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    let words: Vec<usize> = grammar.sentence(draft.trigger.head).range().collect();
    let without = words.windows(4).any(|w| {
        grammar.lower[w[0]] == "without"
            && w[1..]
                .iter()
                .any(|&k| matches!(grammar.lemma(k), "fight" | "resistance" | "shot" | "battle" | "bloodshed"))
    });
    let deserted = draft.parties.targets.iter().any(|&t| {
        grammar.kids(t).any(|k| {
            let left =
                |w: usize| matches!(grammar.lower[w].as_str(), "deserted" | "abandoned" | "vacated" | "undefended");
            left(k) || grammar.kids(k).any(left)
        })
    });
    let left = words.windows(2).any(|w| {
        matches!(grammar.lower[w[0]].as_str(), "after" | "following")
            && (w[1]..(w[1] + 6).min(words[words.len() - 1]))
                .any(|k| matches!(grammar.lemma(k), "withdrawal" | "withdraw" | "retreat" | "pullout" | "vacate"))
    });
    without || deserted || left
}

/// Whether what forces leave is a place that someone else can take: "withdrew from the town".
fn leaves_place(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    grammar
        .kids(draft.trigger.head)
        .filter(|&k| grammar.is(k, &["obj", "obl", "nmod", "nsubj:pass"]))
        .flat_map(|k| grammar.conjuncts(k))
        .map(|k| counted(grammar, k))
        .any(|k| is(grammar, "town", k) || is(grammar, "outpost", k) || grammar.kind(k) == Some(Kind::Place))
}

/// The weapon that someone is attacked with, where the sentence names it: "attacked the camp with grenades".
fn weapon_used(
    grammar: &Grammar<'_>,
    trigger: &Trigger,
    targets: &[usize],
    instruments: &[usize],
) -> Option<&'static str> {
    let of = |w: usize| match grammar.lemma(counted(grammar, w)) {
        "grenade" => Some("Grenade"),
        "mortar" | "rocket" | "artillery" | "missile" | "shell" | "howitzer" | "tank" => {
            Some("Shelling/artillery/missile attack")
        }
        _ => None,
    };
    if trigger.mode == Some("firearms") {
        let fired = objects(grammar, trigger.head).into_iter().chain(subjects(grammar, trigger.head));
        return fired.chain(targets.iter().chain(instruments).copied()).find_map(of);
    }
    let by = |k: usize| {
        matches!(grammar.case(k), Some("with" | "using" | "by"))
            || grammar.head(k).is_some_and(|h| grammar.lemma(h) == "use" && grammar.is(k, &["obj"]))
    };
    let heads = [Some(trigger.head), grammar.head(trigger.head)];
    let used = heads.into_iter().flatten().flat_map(|h| {
        grammar.kids(h).flat_map(|k| {
            std::iter::once(k).chain(grammar.kids(k).filter(move |_| grammar.lemma(k) == "use").collect::<Vec<_>>())
        })
    });
    used.filter(|&k| by(k)).flat_map(|k| grammar.conjuncts(k)).chain(instruments.iter().copied()).find_map(of)
}

/// Whether a house or a car burns rather than someone.
fn set_on_fire(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    let burns = draft.trigger.mode == Some("primitive")
        && draft.trigger.words.iter().any(|&w| {
            matches!(grammar.lemma(w), "burn" | "torch" | "torching" | "arson" | "fire" | "ablaze" | "alight" | "gut")
        });
    let someone = |&t: &usize| matches!(grammar.kind(t), Some(Kind::Person | Kind::Group)) || is(grammar, "person", t);
    burns && !draft.parties.targets.iter().any(someone)
}
