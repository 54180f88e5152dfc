"""Who fits a published process is told once, in a sweep: by trade, place and size, and never too many."""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from alertas import unidades_avisadas
from empresa_digital.registro import (
    Habilitacion,
    TipoUnidad,
    habilitadas_del_rubro,
    notificar_unidad,
    unidad_por_id,
)
from feria_inversa.invitaciones.avisos import AVISO_INVITACION
from feria_inversa.invitaciones.bloqueos import invitar_de_a_uno
from feria_inversa.invitaciones.consultas import divisiones_de, que_no_quieren
from feria_inversa.invitaciones.modelos import Invitacion, ProcesoInvitado
from feria_inversa.procesos import compartir, esta_abierta, items_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.dinero import bs, formato_bs
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _

ALERTAS_DE_CONVOCATORIAS = "feria.convocatorias"
POR_PROCESO = 100
"""How many units are told of a process at most, the nearest."""
CANDIDATAS = 4 * POR_PROCESO
GRANDE = bs(1_000_000)
"""From here on a process is not for one person alone; the amount is that of a public tender, by no norm of
this."""


def invitar(sesion: Session, convocatoria_id: UUID) -> bool:
    """Tell who fits a process that takes bids; False where it was done, or takes none now."""
    invitar_de_a_uno(sesion)
    convocatoria = compartir(sesion, convocatoria_id)  # bids go in meanwhile
    hecho = sesion.get(ProcesoInvitado, convocatoria_id) is not None
    if hecho or not esta_abierta(sesion, convocatoria):
        return False
    sesion.add(ProcesoInvitado(convocatoria_id=convocatoria_id))
    sesion.flush()
    for unidad_id in _quienes(sesion, convocatoria):
        sesion.add(Invitacion(convocatoria_id=convocatoria_id, unidad_id=unidad_id))
        _avisar(sesion, convocatoria, unidad_id)
    sesion.flush()
    return True


def _quienes(sesion: Session, convocatoria: Convocatoria) -> list[UUID]:
    """The units that fit, the nearest first, but who asked not to be told or knows it by an alert."""
    codigos = [item.unspsc for item in items_de(sesion, convocatoria.id) if item.unspsc]
    divisiones = divisiones_de(sesion, codigos) if codigos else set()
    if not divisiones:
        return []
    candidatas = habilitadas_del_rubro(
        sesion,
        Habilitacion.PROVEEDOR_DEL_ESTADO,
        sorted(divisiones),
        convocatoria.municipio_ine,
        excepto=_no_caben(convocatoria.monto_referencial),
        turno=str(convocatoria.id),
        limite=CANDIDATAS,
    )
    fuera = {convocatoria.unidad_id, *que_no_quieren(sesion, candidatas)}
    fuera |= unidades_avisadas(sesion, ALERTAS_DE_CONVOCATORIAS, convocatoria.id, candidatas)
    return [unidad_id for unidad_id in candidatas if unidad_id not in fuera][:POR_PROCESO]


def _no_caben(total: Money) -> list[TipoUnidad]:
    """The kinds of unit for which a process is too large."""
    return [TipoUnidad.PERSONA_NATURAL] if total >= GRANDE else []


def _avisar(sesion: Session, convocatoria: Convocatoria, unidad_id: UUID) -> None:
    cuerpo = _("{entidad} recibe ofertas hasta el {cuando}. Precio referencial: {total}.").format(
        entidad=unidad_por_id(sesion, convocatoria.unidad_id).nombre,
        cuando=filtro_fecha_hora(convocatoria.vence_en),
        total=formato_bs(convocatoria.monto_referencial),
    )
    por_que = _("Le avisamos por el rubro de su unidad; en «Mis ofertas» puede dejar de recibirlas.")
    notificar_unidad(
        sesion,
        unidad_id,
        _("El Estado necesita: {}").format(convocatoria.titulo),
        f"{cuerpo} {por_que}",
        f"/feria/{convocatoria.id}",
        clase=AVISO_INVITACION,
    )
