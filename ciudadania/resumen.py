"""The summary of a day: for who prefers it, what came to their mailboxes is told once, the next morning.

It is shown in the panel and in the person's feed; the notices themselves lie in the mailbox from the first
moment, because what is notified there has effect.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlmodel import Session, col, select

from ciudadania.clases import clase_de
from ciudadania.consultas_buzon import Filtro, condiciones
from ciudadania.modelos import Notificacion, PreferenciaDeBuzon, Resumen
from ciudadania.personas import actor_de_persona, obtener_persona
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.tareas import cada_uno
from nucleo.textos import gettext as _

LOTE = 200


def prefiere_resumen(sesion: Session, persona_id: UUID) -> bool:
    fila = sesion.get(PreferenciaDeBuzon, persona_id)
    return fila is not None and fila.resumen_diario


def preferir_resumen(sesion: Session, actor: Actor, resumen_diario: bool) -> None:
    """Have a summary a day, or not."""
    assert actor.persona_id is not None
    valores = {"persona_id": actor.persona_id, "resumen_diario": resumen_diario}
    sesion.execute(
        insert(PreferenciaDeBuzon)
        .values(**valores)
        .on_conflict_do_update(index_elements=["persona_id"], set_={"resumen_diario": resumen_diario})
    )


def resumir_dia() -> int:
    """Write yesterday's summaries that are missing, one transaction a person; returns how many."""
    with transaccion() as sesion:
        dia = fecha_bolivia(ahora_bd(sesion)) - timedelta(days=1)

    def resumir(sesion: Session, persona_id: UUID) -> bool:
        _resumir(sesion, persona_id, dia)
        return True

    return cada_uno(_todos_sin_resumen(dia), resumir)


def _todos_sin_resumen(dia: date) -> Iterator[UUID]:
    """A batch after another, past those whose summary failed."""
    tras = UUID(int=0)
    while faltan := _sin_resumen(dia, tras):
        yield from faltan
        tras = faltan[-1]


def _sin_resumen(dia: date, tras: UUID) -> Sequence[UUID]:
    hecho = select(Resumen.persona_id).where(
        Resumen.persona_id == PreferenciaDeBuzon.persona_id, Resumen.dia == dia
    )
    consulta = (
        select(PreferenciaDeBuzon.persona_id)
        .where(
            col(PreferenciaDeBuzon.resumen_diario),
            ~hecho.exists(),
            col(PreferenciaDeBuzon.persona_id) > tras,
        )
        .order_by(col(PreferenciaDeBuzon.persona_id))
        .limit(LOTE)
    )
    with transaccion() as sesion:
        return sesion.exec(consulta).all()


def _resumir(sesion: Session, persona_id: UUID, dia: date) -> None:
    """A person and a day have one summary, whoever comes first; an empty one says that there was nothing."""
    actor = actor_de_persona(obtener_persona(sesion, persona_id))
    ultimo = func.array_agg(aggregate_order_by(col(Notificacion.asunto), col(Notificacion.creado_en).desc()))
    consulta = (
        sql_select(col(Notificacion.clase), func.count(), ultimo)
        .where(*condiciones(sesion, actor, Notificacion, Filtro(dia=dia)))
        .group_by(col(Notificacion.clase), col(Notificacion.legal))
        .order_by(col(Notificacion.legal).desc(), func.count().desc(), col(Notificacion.clase))
    )
    lineas: list[dict[str, Any]] = [
        {"clase": clase, "cuantas": cuantas, "asunto": asuntos[0]}
        for clase, cuantas, asuntos in sesion.execute(consulta)
    ]
    instante = ahora_bd(sesion)
    sesion.execute(
        insert(Resumen)
        .values(persona_id=persona_id, dia=dia, lineas=lineas, creado_en=instante)
        .on_conflict_do_nothing()
    )


def resumenes_de(sesion: Session, persona_id: UUID, cuantos: int) -> list[Resumen]:
    """The newest summaries that say something."""
    consulta = (
        select(Resumen)
        .where(Resumen.persona_id == persona_id, col(Resumen.lineas) != [])
        .order_by(col(Resumen.dia).desc())
        .limit(cuantos)
    )
    return list(sesion.exec(consulta))


def resumen_de_ayer(sesion: Session, actor: Actor) -> Resumen | None:
    """What the panel shows today; None when there was nothing or it is not wanted."""
    if actor.persona_id is None:
        return None
    ayer = fecha_bolivia(ahora_bd(sesion)) - timedelta(days=1)
    fila = sesion.get(Resumen, (actor.persona_id, ayer))
    return fila if fila is not None and fila.lineas else None


def en_palabras(resumen: Resumen) -> str:
    """«Recibió 12 pagos; Habilitación otorgada: vendedor»."""
    partes = []
    for linea in resumen.lineas:
        clase = clase_de(linea["clase"])
        if linea["cuantas"] == 1:
            partes.append(linea["asunto"])
        elif clase.legal:
            partes.append(_("%(clase)s: %(n)s") % {"clase": clase.nombre, "n": linea["cuantas"]})
        else:
            partes.append(clase.varios % {"n": linea["cuantas"]})
    return "; ".join(partes)
