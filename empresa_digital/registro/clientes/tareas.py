"""Periodic work: telling a unit that the secret of one of its programs is about to end."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from ciudadania import anotar_aviso_de_vencimiento, clientes_por_vencer
from empresa_digital.registro.clientes.avisos import AVISO_PROGRAMA
from empresa_digital.registro.mandatos import notificar_unidad
from empresa_digital.registro.unidades import unidad_por_id
from nucleo.plantillas import filtro_fecha
from nucleo.tareas import cada_uno, periodica
from nucleo.textos import gettext as _

ANTES = timedelta(days=14)


@periodica("registro.avisar_secretos_por_vencer", cada=3600)
def avisar_secretos_por_vencer() -> int:
    """Tell each unit once of each secret that ends within two weeks; returns how many."""
    return cada_uno(clientes_por_vencer(ANTES), _avisar)


def _avisar(sesion: Session, cliente_id: UUID) -> bool:
    cliente = anotar_aviso_de_vencimiento(sesion, cliente_id)
    if cliente is None:
        return False
    asunto = _("El secreto del programa «%(nombre)s» vence el %(dia)s")
    notificar_unidad(
        sesion,
        cliente.unidad_id,
        asunto % {"nombre": cliente.nombre, "dia": filtro_fecha(cliente.secreto_vence_en)},
        _("Pida otro antes: el de ahora sigue valiendo mientras lo cambia."),
        f"/mis-unidades/{unidad_por_id(sesion, cliente.unidad_id).numero}/programas",
        clase=AVISO_PROGRAMA,
    )
    return True
