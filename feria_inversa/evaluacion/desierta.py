"""Which causes of desierta the bids bear out, and which one they say by themselves."""

from feria_inversa.evaluacion.causas import CausaDesierta
from feria_inversa.evaluacion.consultas import GrupoComparado
from feria_inversa.procesos import EstadoItem

_CAIDA = {
    EstadoItem.DESISTIDO: CausaDesierta.DESISTIMIENTO,
    EstadoItem.DESCALIFICADO: CausaDesierta.DESCALIFICACION,
}


def causa_sabida(comparado: GrupoComparado) -> CausaDesierta | None:
    """The one that nobody doubts; None where somebody must say it."""
    if not comparado.propuestas:
        return CausaDesierta.SIN_PROPUESTAS
    if all(p.supera_referencia for p in comparado.propuestas):
        return CausaDesierta.SOBRE_PRESUPUESTO
    if any(p.adjudicable for p in comparado.propuestas):
        return None
    if all(p.causa is not None for p in comparado.propuestas):
        return CausaDesierta.NO_CUMPLEN
    return _de_la_caida(comparado)


def corresponde(causa: CausaDesierta, comparado: GrupoComparado) -> bool:
    """Whether the bids, and what became of who won, let it be said."""
    match causa:
        case CausaDesierta.SIN_PROPUESTAS:
            return not comparado.propuestas
        case CausaDesierta.SOBRE_PRESUPUESTO:
            return bool(comparado.propuestas) and all(p.supera_referencia for p in comparado.propuestas)
        case CausaDesierta.NO_CUMPLEN:
            return bool(comparado.propuestas)
        case CausaDesierta.DESISTIMIENTO | CausaDesierta.DESCALIFICACION:
            return _de_la_caida(comparado) == causa
    return True


def se_explica(causa: CausaDesierta, comparado: GrupoComparado) -> bool:
    """Whether it must be said in words: what the bids, as they were evaluated, do not say by themselves."""
    if causa == CausaDesierta.NO_CUMPLEN:
        return any(p.adjudicable for p in comparado.propuestas)
    return causa == CausaDesierta.OTRA


def _de_la_caida(comparado: GrupoComparado) -> CausaDesierta | None:
    """How the award in force fell, if one did."""
    decision = comparado.adjudicacion
    return None if decision is None else _CAIDA.get(EstadoItem(decision.resultado))
