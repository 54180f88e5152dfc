"""`qhatu verify`: the CUCE of each process, which one it follows, that it is what its last version says."""

import json
from decimal import Decimal

from sqlalchemy import text
from sqlmodel import Session, col, select

from feria_inversa.actos import a_json
from feria_inversa.actos.modelos import Acta
from feria_inversa.entidades import Cuce
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.retrato import retrato
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_AJENOS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE c.cuce IS NOT NULL AND NOT EXISTS ("
    " SELECT FROM feria_ejecutora e WHERE e.unidad_id = c.unidad_id"
    " AND e.codigo = split_part(c.cuce, '-', 2) AND e.ejecutora = split_part(c.cuce, '-', 3))"
    " ORDER BY 1 LIMIT :limite"
)
_DE_MAS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE split_part(c.cuce, '-', 4)::bigint > greatest("
    " (SELECT last_value FROM feria_cuce_serie), (SELECT ultimo FROM feria_serie WHERE ambito = 'cuce'))"
    " ORDER BY 1 LIMIT :limite"
)


_SIGUEN = text(
    "SELECT c.cuce, a.cuce AS viejo, c.unidad_id = a.unidad_id AS suya, EXISTS ("
    " SELECT FROM feria_vuelto_a_llamar v WHERE v.siguiente_id = c.id) AS con_items, EXISTS ("
    " SELECT FROM feria_vuelto_a_llamar v JOIN feria_item i ON i.id = v.item_id"
    " WHERE v.siguiente_id = c.id AND a.estado <> 'cancelado' AND i.estado <> 'desierto') AS decididos"
    " FROM feria_convocatoria c JOIN feria_convocatoria a ON a.id = c.convocatoria_anterior_id"
    " WHERE c.estado <> 'borrador' ORDER BY 1"
)


@comprueba("procesos que siguen a otros")
def verificar_sucesion(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    faltas: list[str] = []
    for fila in sesion.connection().execute(_SIGUEN):
        nuevo = Cuce.leer(fila.cuce)
        if not nuevo.sin_convocatoria and not nuevo.sigue_a(Cuce.leer(fila.viejo)):
            faltas.append(f"{fila.cuce} no es un código que sigue a {fila.viejo}")
        if not fila.suya:
            faltas.append(f"{fila.cuce} sigue a {fila.viejo}, de otra entidad")
        if not fila.con_items:
            faltas.append(f"{fila.cuce} no dice qué vuelve a convocar de {fila.viejo}")
        if fila.decididos:
            faltas.append(f"lo que {fila.cuce} vuelve a convocar no está desierto en {fila.viejo}")
    return faltas[:FALTAS_MAXIMO]


@comprueba("codigos de la feria")
def verificar_codigos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [f"{cuce} no es de una unidad ejecutora suya" for (cuce,) in conexion.execute(_AJENOS, limite)]
    faltas += [f"la serie nacional no llegó a {cuce}" for (cuce,) in conexion.execute(_DE_MAS, limite)]
    return faltas[:FALTAS_MAXIMO]


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
