"""Counts of people and of what is theirs, told so that no small one is told nor can be computed."""

from collections import Counter, defaultdict
from collections.abc import Mapping

K = 5
"""Nothing is told of fewer."""
Clave = tuple[str, ...]
"""Where something is counted, from the widest to the narrowest: a department, an activity, a size."""


def callar_pocos(cuentas: Mapping[Clave, int], k: int = K) -> dict[Clave, int]:
    """What may be told of these counts, all of one depth: each of them and each of their sums; `()` is all.

    Of what a told sum has, those under `k` are kept quiet with all that is in them. A sum less what is told
    of it is what is not: so they are two at least and `k` together at least, with the smallest of the others
    if need be. A quiet one is in no other sum, so nothing else tells of it.
    """
    sumas: Counter[Clave] = Counter()
    partes: defaultdict[Clave, set[Clave]] = defaultdict(set)
    for clave, cuantos in cuentas.items():
        assert cuantos > 0, clave
        for largo in range(len(clave) + 1):
            sumas[clave[:largo]] += cuantos
        for largo in range(len(clave)):
            partes[clave[:largo]].add(clave[: largo + 1])
    dichas: dict[Clave, int] = {}
    por_decir: list[Clave] = [()] if sumas[()] >= k else []
    while por_decir:
        dicha = por_decir.pop()
        dichas[dicha] = sumas[dicha]
        suyas = sorted(partes[dicha], key=lambda parte: (sumas[parte], parte))
        callan = sum(sumas[parte] < k for parte in suyas)
        while 0 < callan < len(suyas) and (callan == 1 or sum(sumas[p] for p in suyas[:callan]) < k):
            callan += 1
        por_decir += suyas[callan:]
    return dict(sorted(dichas.items()))
