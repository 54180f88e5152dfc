"""A person's own feed: an address that only they know, made again or taken away in one press.

Who has the address sees subjects; to open anything one signs in, so a feed proves no reading.
"""

import hmac
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from ciudadania.consultas_buzon import listar
from ciudadania.modelos import CanalDeBuzon
from ciudadania.personas import actor_de_persona, obtener_persona
from ciudadania.resumen import en_palabras, prefiere_resumen, resumenes_de
from ciudadania.secretos import huella, nuevo_secreto
from nucleo.actor import Actor, Autorizacion
from nucleo.atom import Entrada
from nucleo.auditoria import auditar
from nucleo.bloqueos import cerrojo
from nucleo.errores import NoEncontrado
from nucleo.paginacion import CursorPedido
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

ENTRADAS = 50


def canal_vigente(sesion: Session, persona_id: UUID) -> CanalDeBuzon | None:
    consulta = select(CanalDeBuzon).where(
        CanalDeBuzon.persona_id == persona_id, col(CanalDeBuzon.revocado_en).is_(None)
    )
    return sesion.exec(consulta).one_or_none()


def abrir_canal(sesion: Session, actor: Actor) -> str:
    """A new address (its secret part), shown this once; the one before stops answering."""
    assert actor.persona_id is not None
    cerrar_canal(sesion, actor)
    secreto = nuevo_secreto()
    fila = CanalDeBuzon(persona_id=actor.persona_id, huella=huella(secreto), creado_en=ahora_bd(sesion))
    sesion.add(fila)
    sesion.flush()
    auditar(sesion, Autorizacion.propia(actor), "buzon.abrir_canal", "ciudadania_canal", fila.id)
    return secreto


def cerrar_canal(sesion: Session, actor: Actor) -> bool:
    """Whether there was one to close."""
    assert actor.persona_id is not None
    cerrojo(sesion, f"canal:{actor.persona_id}")
    fila = canal_vigente(sesion, actor.persona_id)
    if fila is None:
        return False
    fila.revocado_en = ahora_bd(sesion)
    sesion.flush()
    auditar(sesion, Autorizacion.propia(actor), "buzon.cerrar_canal", "ciudadania_canal", fila.id)
    return True


def entradas_del_canal(sesion: Session, secreto: str) -> tuple[CanalDeBuzon, list[Entrada]]:
    """What the address tells: notices one by one, or the summary of each day. Raises `NoEncontrado`."""
    marca = huella(secreto)
    consulta = select(CanalDeBuzon).where(
        CanalDeBuzon.huella == marca, col(CanalDeBuzon.revocado_en).is_(None)
    )
    canal = sesion.exec(consulta).one_or_none()
    if canal is None or not hmac.compare_digest(canal.huella, marca):
        raise NoEncontrado(_("Esa dirección no existe o ya no sirve."))
    if prefiere_resumen(sesion, canal.persona_id):
        return canal, [
            Entrada(
                uuid5(canal.id, str(resumen.dia)),
                _("Su resumen del %(dia)s") % {"dia": filtro_fecha(resumen.dia)},
                "/buzon",
                resumen.creado_en,
                en_palabras(resumen),
            )
            for resumen in resumenes_de(sesion, canal.persona_id, ENTRADAS)
        ]
    actor = actor_de_persona(obtener_persona(sesion, canal.persona_id))
    filas, _resto = listar(sesion, actor, CursorPedido(None, ENTRADAS))
    return canal, [Entrada(fila.id, fila.asunto, f"/buzon/{fila.id}", fila.creado_en) for fila in filas]
