"""`qhatu verify`: a process is what the act of its last version froze."""

import json
from decimal import Decimal

from sqlmodel import Session, col, select

from feria_inversa.actos import a_json
from feria_inversa.actos.modelos import Acta
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.retrato import retrato
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("versiones de la feria")
def verificar_versiones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    consulta = (
        select(Convocatoria, Acta.contenido)
        .outerjoin(
            Acta,
            (col(Acta.convocatoria_id) == Convocatoria.id) & (col(Acta.version) == Convocatoria.versiones),
        )
        .where(col(Convocatoria.versiones) > 1)
        .order_by(col(Convocatoria.cuce))
    )
    faltas: list[str] = []
    for convocatoria, contenido in sesion.exec(consulta):
        dicho = json.loads(contenido, parse_float=Decimal)["proceso"] if contenido else None
        if a_json(dicho) != a_json(retrato(sesion, convocatoria)):
            faltas.append(f"{convocatoria.cuce} no es lo que dice su última versión")
    return faltas[:FALTAS_MAXIMO]
