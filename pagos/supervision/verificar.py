"""`qhatu verify cierres`: the last month of closings, recomputed from the ledger."""

from sqlmodel import Session

from nucleo.verificar import comprueba
from pagos.supervision.cierre import verificar_anotados, verificar_cierres

CIERRES_QUE_SE_VERIFICAN = 31


@comprueba("cierres")
def verificar_ultimos_cierres(sesion: Session) -> list[str]:
    return verificar_cierres(sesion, CIERRES_QUE_SE_VERIFICAN) + verificar_anotados(sesion)
