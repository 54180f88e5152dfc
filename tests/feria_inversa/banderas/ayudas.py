"""A process of here that shows a flag: its lowest bid was left out, and who bid more won all of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from feria_inversa.apertura.apertura import abrir_convocatoria
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.evaluacion.test_calificacion import ITEMS, NO_CUMPLE, decide, evalua


def con_bandera(feria: Feria, reloj: Any, cada_paso: Callable[[], object] = lambda: None) -> UUID:
    id_ = feria.publicada(items=ITEMS).id
    ana = feria.ofertar(feria.ana, id_, ["100.00"])
    beto = feria.ofertar(feria.beto, id_, ["90.00"])
    cada_paso()
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    evalua(feria, id_, {ana: {}, beto: NO_CUMPLE})
    cada_paso()
    decide(feria, id_, ana)
    return id_
