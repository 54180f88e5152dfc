"""`qhatu verify`: no row of the calendar is missing, and none holds earlier than one before it."""

from itertools import pairwise

from sqlmodel import Session, col, select

from nucleo.plazos.modelos import FilaFeriado
from nucleo.verificar import comprueba


@comprueba("calendario")
def comprobar(sesion: Session) -> list[str]:
    """Reads the rows themselves, not what the process knows of them."""
    filas = sesion.exec(select(FilaFeriado).order_by(col(FilaFeriado.numero))).all()
    faltas = []
    if [f.numero for f in filas] != list(range(1, len(filas) + 1)):
        faltas.append("los números de los feriados no son seguidos")
    if any(uno.rige_desde > otro.rige_desde for uno, otro in pairwise(filas)):
        faltas.append("un feriado rige desde antes que uno anterior")
    return faltas
