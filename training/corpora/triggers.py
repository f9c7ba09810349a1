"""Finds the trigger in a sentence whose event type is known: beginnings of words that plainly tell of that type. Used only to
place a gold type on a word, never to give a sentence a type."""
from labels import EVENT, UNKNOWN

STEMS = {
    "AGREE": "agree promis pledg vow commit offer plan intend",
    "CONSULT": "meet met talk visit discuss negotiat consult confer call summit mediat host dialog conversation arriv travel",
    "SUPPORT": "support prais endors back recogni sign ratif welcom defend approv hail congratulat vot express",
    "CONCEDE": "apologi eas lift pardon conced yield accept acquit reliev amnest relent admit allow grant postpon",
    "COOPERATE": "cooperat trad exchang exercis joint shar partner extradit collaborat",
    "AID": "aid help assist provid donat supplie supply rescu deliver fund humanitarian asylum relief send sent",
    "RETREAT": "withdr retreat releas resign surrender ceasefire cease-fire truce disarm freed quit step pull",
    "REQUEST": "request demand urg appeal ask call order insist press seek sought",
    "ACCUSE": "accus condemn denounc blam criti charg sue suing lawsuit summon alleg investigat prob indict complain disapprov faulted",
    "REJECT": "reject refus denie deny declin dismiss oppos veto ban block cancel boycott ignor",
    "THREATEN": "threat warn vow ultimat",
    "PROTEST": "protest demonstrat march rall riot strik struck sit-in boycott picket hunger unrest toyi stayaway stoppage blockad",
    "SANCTION": "sanction expel convict sentenc embargo severed cut suspend recall withdr fined dismiss impos",
    "MOBILIZE": "mobili deploy mass amass station alert troops dispatch moved sent reinforc",
    "COERCE": "arrest detain jail seiz confiscat raid curfew deport restrict censor imprison ban crack imposed repress hack shut",
    "ASSAULT": """kill attack bomb shoot shot shell assassinat murder kidnap abduct stab explo blast fir clash fight fought wound
        injur beat torture rape behead strik struck raid ambush destroy massacr storm burn hijack airstrik air-strik invad""",
}
STEMS = {k: tuple(v.split()) for k, v in STEMS.items()}


def find(doc, words, kinds):
    """Labels the words that fit one of the types; says whether any did."""
    event = doc.tag("event")
    hit = False
    for w in words:
        form = doc.words[w].lower()
        fits = [k for k in kinds if form.startswith(STEMS[EVENT[k]])]
        # Fighters and protesters are people, not what they did.
        if form.rstrip("s").endswith(("er", "or")) and not form.startswith("murder"):
            continue
        if len(fits) == 1 and doc.words[w][0].islower():
            event[w] = fits[0]
            hit = True
        elif fits:
            event[w] = UNKNOWN
    return hit
