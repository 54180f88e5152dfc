"""Periodic work: telling a unit that the secret of one of its programs is about to end."""

from datetime import timedelta

from ciudadania import clientes_por_vencer
from empresa_digital.registro.clientes.avisos import AVISO_PROGRAMA
from empresa_digital.registro.mandatos import notificar_unidad
from empresa_digital.registro.unidades import unidades_en_lote
from nucleo.bd import transaccion
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica
from nucleo.textos import gettext as _

ANTES = timedelta(days=14)


@periodica("registro.avisar_secretos_por_vencer", cada=3600)
def avisar_secretos_por_vencer() -> int:
    """Tell each unit once of each secret that ends within two weeks; returns how many."""
    with transaccion() as sesion:
        clientes = clientes_por_vencer(sesion, ahora_bd(sesion) + ANTES)
        unidades = unidades_en_lote(sesion, {c.unidad_id for c in clientes})
        for cliente in clientes:
            asunto = _("El secreto del programa «%(nombre)s» vence el %(dia)s")
            notificar_unidad(
                sesion,
                cliente.unidad_id,
                asunto % {"nombre": cliente.nombre, "dia": filtro_fecha(cliente.secreto_vence_en)},
                _("Pida otro antes: el de ahora sigue valiendo mientras lo cambia."),
                f"/mis-unidades/{unidades[cliente.unidad_id].numero}/programas",
                clase=AVISO_PROGRAMA,
            )
        return len(clientes)
