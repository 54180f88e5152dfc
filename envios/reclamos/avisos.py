"""What each side is told of a claim."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import clase
from empresa_digital.registro import notificar_unidad
from envios.items import avisar_a
from envios.reclamos.consultas import autoridades, reclamante_de
from envios.reclamos.modelos import Reclamo
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_RECLAMO = clase(
    "envios.reclamo",
    _l("Reclamos de envíos"),
    _l("%(n)s novedades de un reclamo"),
    por_objeto=True,
    icono="scale",
)


def url_de(reclamo_id: UUID) -> str:
    return f"/envios/reclamos/{reclamo_id}"


def avisar_reclamante(sesion: Session, reclamo: Reclamo, asunto: str, cuerpo: str) -> None:
    """To their mailbox; who has none is told by the counter of the operator."""
    parte = reclamante_de(sesion, reclamo)
    if avisar_a(sesion, parte, asunto, cuerpo, url_de(reclamo.id), clase=AVISO_RECLAMO):
        return
    # Nobody else can reach them: the counter calls, or says it when they come.
    quien = {"nombre": parte.nombre, "telefono": parte.telefono or _("sin teléfono")}
    dicho = _("Avise a quien reclamó en el mostrador: %(nombre)s, %(telefono)s.") % quien
    _a_unidad(sesion, reclamo.operador_unidad_id, reclamo, asunto, f"{cuerpo} {dicho}")


def avisar_operador(sesion: Session, reclamo: Reclamo, asunto: str, cuerpo: str) -> None:
    _a_unidad(sesion, reclamo.operador_unidad_id, reclamo, asunto, cuerpo)


def avisar_autoridades(sesion: Session, reclamo: Reclamo, asunto: str, cuerpo: str) -> None:
    for unidad_id in autoridades(sesion):
        _a_unidad(sesion, unidad_id, reclamo, asunto, cuerpo)


def _a_unidad(sesion: Session, unidad_id: UUID, reclamo: Reclamo, asunto: str, cuerpo: str) -> None:
    notificar_unidad(sesion, unidad_id, asunto, cuerpo, url_de(reclamo.id), clase=AVISO_RECLAMO)
