"""When a process is over: all that it awarded was ordered, and no order of it lives. Read from its orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feria_inversa.contratos.estados import ORDENES_CAIDAS, VIDA_ORDEN
from feria_inversa.contratos.historial import dias_para_pagar
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`dias`: in how many each of its orders was paid, from its reception, the fewest first."""

    concluido_en: datetime
    dias: tuple[int, ...]


def conclusion(convocatoria: Convocatoria, ordenes: Sequence[OrdenDeCompra]) -> Conclusion | None:
    """None of what still waits for something, or was never ordered."""
    rigieron = [orden for orden in ordenes if orden.estado not in ORDENES_CAIDAS]
    por_ordenar = convocatoria.items_adjudicados > convocatoria.items_ordenados
    if convocatoria.estado != Estado.RESUELTO or por_ordenar or not rigieron:
        return None
    if any(orden.estado not in VIDA_ORDEN.fines for orden in rigieron):
        return None
    fines = [orden.concluida_en or orden.cortada_en for orden in rigieron]
    cuando = max(fin for fin in fines if fin is not None)
    dias = [dias_para_pagar(orden, cuando) for orden in rigieron]
    return Conclusion(cuando, tuple(sorted(n for n in dias if n is not None)))
