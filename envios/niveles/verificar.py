"""`qhatu verify`: a sample of the service levels, computed again."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.items.modelos import Envio
from envios.niveles.calcular import niveles_de
from envios.niveles.modelos import Nivel
from nucleo.verificar import comprueba

MUESTRA = 400


@comprueba("niveles")
def verificar_niveles(sesion: Session) -> list[str]:
    """Some hundreds of rows, others each time, that were computed for the item as it is now."""
    al_dia = (
        select(Nivel, Envio)
        .join(Envio, col(Envio.id) == col(Nivel.envio_id))
        .where(col(Nivel.version) == col(Envio.version))
        .order_by(func.random())
        .limit(MUESTRA)
    )
    pares = {nivel.envio_id: (nivel, envio) for nivel, envio in sesion.exec(al_dia)}
    calculadas = niveles_de(sesion, [envio for _nivel, envio in pares.values()])
    faltas = [
        f"el nivel del envío {pares[fila['envio_id']][1].numero} dice {campo}"
        f" {getattr(pares[fila['envio_id']][0], campo)} y sus eventos dicen {dice}"
        for fila in calculadas
        for campo, dice in fila.items()
        if getattr(pares[fila["envio_id"]][0], campo) != dice
    ]
    sobran = set(pares) - {fila["envio_id"] for fila in calculadas}
    return [*faltas, *(f"el envío {id} tiene nivel y nadie lo recibió" for id in sorted(sobran))][:50]
