"""The registry in the panel: for whom a person acts, what waits for the authority, what is unfinished."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.habilitaciones import Habilitacion, con_habilitacion
from empresa_digital.registro.mandatos import (
    Facultad,
    clientes_atendidos,
    contar_ofrecidos,
    facultades_de,
    unidades_de,
)
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    contar_por_estado,
    nombre_de_tipo,
    unidades_en_lote,
)
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_persona, de_unidades, representa
from nucleo.textos import gettext as _

HABILITACIONES = (Habilitacion.VENDEDOR, Habilitacion.RECEPTOR_DE_PAGOS, Habilitacion.ENTIDAD_CONTRATANTE)
NO_PRODUCEN = (TipoUnidad.ENTIDAD_PUBLICA, TipoUnidad.OPERADOR_POSTAL)
POR_TERMINAR = (EstadoUnidad.BORRADOR, EstadoUnidad.OBSERVADA)
EN_REVISION = (EstadoUnidad.PRESENTADA, EstadoUnidad.SUBSANADA)


@representa
def representadas(sesion: Session, actor: Actor) -> list[Representada]:
    """The active units that the person acts for, alone or with others, and what the panel asks of each, in a
    few queries; `facultades`, what they may do alone.
    """
    facultades = facultades_de(sesion, actor)
    suyas = facultades_de(sesion, actor, con_otros=True)
    activas = [u for u in unidades_en_lote(sesion, suyas).values() if u.esta_activa]
    unidades = sorted(activas, key=lambda u: (u.denominacion, u.id))
    ids = [u.id for u in unidades]
    calidades = {h: con_habilitacion(sesion, ids, h) for h in HABILITACIONES} if ids else {}
    return [
        Representada(
            id=u.id,
            numero=u.numero or "",
            nombre=u.nombre,
            detalle=f"{nombre_de_tipo(u.tipo)} · {u.numero}",
            tipo=u.tipo,
            produce=u.tipo not in NO_PRODUCEN,
            facultades=facultades.get(u.id, frozenset()),
            habilitaciones=frozenset(h for h, quienes in calidades.items() if u.id in quienes),
        )
        for u in unidades
    ]


@de_unidades("registro.revisar")
def revisar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    autoridades = [u.id for u in unidades if Facultad.REGULAR in u.facultades]
    if not autoridades:
        return {}
    estados = contar_por_estado(sesion)
    esperan = sum(estados.get(e, 0) for e in EN_REVISION)
    texto = _("Solicitudes presentadas que esperan su decisión.")
    if not esperan:
        texto = _("No hay solicitudes en espera.")
    linea = Accion(
        "/regulador/unidades", _("Revisar registros"), texto, "stamp", esperan or None, esperan > 0
    )
    return {unidad_id: [linea] for unidad_id in autoridades}


@de_persona("registro.ofrecidos")
def ofrecidos(sesion: Session, actor: Actor) -> list[Accion]:
    cuantos = contar_ofrecidos(sesion, actor)
    if not cuantos:
        return []
    texto = _("Vale solo si usted lo acepta.")
    return [Accion("/mandatos-ofrecidos", _("Le ofrecen un mandato"), texto, "user-check", cuantos, True)]


@de_persona("registro.clientes")
def mis_clientes(sesion: Session, actor: Actor) -> list[Accion]:
    atendidos = sum(len(a.clientes) for a in clientes_atendidos(sesion, actor))
    if not atendidos:
        return []
    texto = _("Las unidades que usted atiende por medio de una oficina.")
    return [Accion("/mis-clientes", _("Mis clientes"), texto, "list", atendidos)]


@de_persona("registro.por_terminar")
def por_terminar(sesion: Session, actor: Actor) -> list[Accion]:
    return [
        Accion(
            f"/mis-unidades/{u.numero}" if u.numero else "/mis-unidades",
            u.nombre,
            _("Corrija lo observado y vuelva a presentar.")
            if u.estado == EstadoUnidad.OBSERVADA
            else _("Termine los datos y presente la solicitud."),
            "file-pen",
        )
        for u in unidades_de(sesion, actor, Facultad.TRAMITAR, estados=POR_TERMINAR)
    ]
