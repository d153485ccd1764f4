"""Singular forms of English nouns, as far as the names of tables need them."""

from __future__ import annotations

_SAME = """
access address alias analysis analytics atlas aws axis basis bias bonus bus business calculus campus
canvas census chaos class consensus corpus data dns focus gas genus gps https kudos lens mathematics
meta metadata news os physics process progress series sms species status tls virus
"""
_IRREGULAR = """
aliases:alias analyses:analysis axes:axis bases:basis biases:bias bonuses:bonus buses:bus
caches:cache calories:calorie children:child cookies:cookie crises:crisis criteria:criterion
echoes:echo feet:foot gases:gas geese:goose halves:half heroes:hero indexes:index indices:index
knives:knife leaves:leaf lenses:lens lives:life matrices:matrix men:man mice:mouse movies:movie
people:person potatoes:potato quizzes:quiz shelves:shelf statuses:status teeth:tooth theses:thesis
tomatoes:tomato vertices:vertex viruses:virus wives:wife wolves:wolf women:woman
"""
_ENDINGS = {"ies": "y", "sses": "ss", "shes": "sh", "ches": "ch", "xes": "x", "zzes": "zz"}

SAME = frozenset(_SAME.split())
IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR.split())


def singular(name: str) -> str:
    """The singular of the last word of a table's name: `chat_debug_runs` is `chat_debug_run`.

    Words of other languages that end in `s` may need a rename or an entry in `plural_models`.
    """
    head, separator, word = name.rpartition("_")
    return head + separator + _singular_word(word)


def _singular_word(word: str) -> str:
    lower = word.lower()
    if lower in SAME or len(lower) < 3:
        return word
    if lower in IRREGULAR:
        return word[:1] + IRREGULAR[lower][1:]
    for ending, replacement in _ENDINGS.items():
        if lower.endswith(ending) and len(lower) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
